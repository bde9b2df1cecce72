package org.bpttbench.harness.calibration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.variants.truncation.Artbp;

/**
 * A {@link DrivenLine}.
 *
 * @param tail of the draws
 * @param losses where they stand
 * @param lanes of a draw
 * @param parameters P
 */
record LineSubject(Tail tail, Losses losses, Lanes lanes, int parameters) implements Subject {

    /** A loss at every step of one lane. */
    LineSubject(Tail tail, int parameters) {
        this(tail, Losses.EVERY, Lanes.ONE, parameters);
    }

    Artbp estimator() {
        return tail.estimator(lanes);
    }

    @Override
    public Map<String, Object> identity() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("tail", tail.name());
        tree.put("a", tail.a());
        tree.put("law", tail.lawName());
        tree.put("mean", tail.mean());
        tree.put("steps", (long) DrivenLine.STEPS);
        tree.put("losses", losses.words());
        tree.put("lanes", lanes.words());
        tree.put("parameters", (long) parameters);
        return tree;
    }

    @Override
    public Seeds below(Seeds root) {
        return root.at(tail.name()).at(losses.words()).at(lanes.words()).at(parameters);
    }

    @Override
    public Map<String, String> columns() {
        return Map.of(
                "kind", "line",
                "tail", tail.name(),
                "a", Json.write(tail.a()),
                "law", tail.lawName(),
                "mean", Json.write(tail.mean()),
                "losses", losses.words(),
                "lanes", lanes.words(),
                "parameters", Integer.toString(parameters));
    }

    @Override
    public String words() {
        return tail.name() + ", loss at " + losses.words() + ", lanes " + lanes.words() + ", " + parameters
                + (parameters == 1 ? " parameter" : " parameters");
    }

    @Override
    public Prepared prepare(Seeds seeds) {
        DrivenLine line = DrivenLine.of(this, below(seeds));
        return new Prepared() {
            @Override
            public RowSource open(int draws) {
                return new SyntheticDraws(line, draws);
            }

            @Override
            public Optional<Double> ownBias() {
                return Optional.empty();
            }
        };
    }
}
