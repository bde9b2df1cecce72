package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Two numbers of a long sequence are marked; at its end their product is wanted: the sequences of {@link MarkedPairs} with
 * values uniform on [0, 1). Adding may be solved by an integrator, which this task cannot.
 *
 * <p>A mark on the first pair counts as 1, so that it leaves the product alone as 0 does the sum.
 *
 * <p><b>Reference.</b> Hochreiter &amp; Schmidhuber 1997, experiment 5.
 *
 * @param length T
 */
public record Multiplication(int length) implements PairTask {
    /** {@code type: multiplication}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "multiplication",
            "the product of two marked numbers of a sequence, told at its end",
            "Hochreiter & Schmidhuber 1997, experiment 5",
            List.of(Parameter.integer("length", "T: sequences have T to 1.1·T pairs")
                    .atLeast(6)
                    .atMost(1 << 20)
                    .orElse(100L)),
            arguments -> new Multiplication(arguments.integer("length")));

    public Multiplication {
        new MarkedPairs(length);
    }

    @Override
    public int steps() {
        return new MarkedPairs(length).steps();
    }

    @Override
    public void write(Episode episode, UniformRandomProvider random) {
        new MarkedPairs(length).write(episode, random, 0.0, 1.0, (x1, x2) -> x1 * x2);
    }

    @Override
    public String data() {
        return "multiplication " + length;
    }

    /** Test sets of the size of the paper's, 2,560. */
    @Override
    public int episodes(Split split) {
        return split == Split.TEST ? 2_560 : 1_000;
    }

    /** Variance of the target: a product of two uniform values, or one of them alone. */
    @Override
    public Map<String, Double> chance() {
        double alone = new MarkedPairs(length).chanceOfLosingOne();
        double mean = (1.0 - alone) / 4.0 + alone / 2.0;
        double square = (1.0 - alone) / 9.0 + alone / 3.0;
        return Map.of(MSE, square - mean * mean);
    }

    @Override
    public Optional<Success> success() {
        return Optional.of(new Success(
                ERROR_RATE, 13.0 / 2_000, "fewer than 13 of 2,000 sequences answered worse than to within 0.04"));
    }
}
