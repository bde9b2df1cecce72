package org.bpttbench.experiments.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;

/** Prediction of the next symbol of a text of made-up lines, none of which says anything of the next. */
interface LineTask extends EndlessTask {
    /** The metric, in bits per character. */
    String BPC = "bpc";

    /** Number of symbols. */
    int symbols();

    /** Lines, each drawn anew. */
    Supplier<int[]> lines(UniformRandomProvider random);

    /** What one line tells, in nats: the entropy of its law. */
    double lineEntropy();

    /** Mean length of a line, its end included. */
    double lineLength();

    /** The entropy, in nats, of one symbol of the text, whatever came before. */
    double symbolEntropy();

    @Override
    default int inputs() {
        return symbols();
    }

    @Override
    default boolean tokens() {
        return true;
    }

    @Override
    default int outputs() {
        return symbols();
    }

    @Override
    default Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    default LaneStream lane(Seeds seeds) {
        UniformRandomProvider random = seeds.generator();
        return new LineStream(lines(random), random);
    }

    /**
     * About 2000 steps that are, on average, whole lines: a line cut short would move the floor. Lanes start at a line's
     * start and know all there is to know from their first step, so there is nothing to warm up.
     */
    @Override
    default Examination examination() {
        double lines = Math.ceil(2000 / lineLength());
        return new Examination(32, 0, Math.toIntExact(Math.round(lines * lineLength())));
    }

    @Override
    default List<Metric> metrics() {
        return List.of(
                new Metric(BPC, "bits per character", true, "mean of −log₂ p(next character) on a fixed stream"));
    }

    @Override
    default Map<String, Double> figures(double loss, Split split) {
        return Map.of(BPC, loss / Entropy.LN2);
    }

    /** {@code chance} knows how often each symbol comes; {@code floor}, the entropy of the text, knows everything. */
    @Override
    default Map<String, Map<String, Double>> baselines(Split split) {
        Map<String, Double> methods = new LinkedHashMap<>();
        methods.put("chance", symbolEntropy() / Entropy.LN2);
        methods.put("floor", lineEntropy() / lineLength() / Entropy.LN2);
        return Map.of(BPC, methods);
    }
}
