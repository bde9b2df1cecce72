package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.head.Loss;

/**
 * The next symbol of a random sequence is to be predicted at each of n steps. The first symbol is one of two, the others
 * are any of 98 more and cannot be predicted, but after the last comes the first again.
 *
 * <p>Every step has a loss; only the last prediction is judged right or wrong.
 *
 * <p><b>Reference.</b> Hochreiter &amp; Schmidhuber 1997, experiment 2b, in the form of Martens &amp; Sutskever 2011; a run
 * has succeeded if fewer than 1 % of the last predictions are wrong.
 *
 * @param length n
 */
public record RandomPermutation(int length) implements EpisodeTask {
    private static final int KEYS = 2;
    private static final int OTHERS = 98;

    /** {@code type: random-permutation}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "random-permutation",
            "a random sequence whose first symbol comes again at its end",
            "Martens & Sutskever 2011; after Hochreiter & Schmidhuber 1997, experiment 2b",
            List.of(Parameter.integer("length", "n: steps of a sequence")
                    .atLeast(2)
                    .atMost(1 << 20)),
            arguments -> new RandomPermutation(arguments.integer("length")));

    @Override
    public int steps() {
        return length;
    }

    @Override
    public void write(Episode episode, UniformRandomProvider random) {
        int key = random.nextInt(KEYS);
        episode.token(0, key);
        for (int step = 1; step < length; step++) {
            int symbol = KEYS + random.nextInt(OTHERS);
            episode.token(step, symbol);
            episode.label(step - 1, symbol);
        }
        episode.label(length - 1, key);
    }

    @Override
    public int inputs() {
        return KEYS + OTHERS;
    }

    @Override
    public boolean tokens() {
        return true;
    }

    @Override
    public int outputs() {
        return KEYS + OTHERS;
    }

    @Override
    public Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public int judgedFrom() {
        return length - 1;
    }

    @Override
    public String data() {
        return "random-permutation " + length;
    }

    @Override
    public OptionalLong memoryLag() {
        return OptionalLong.of(length - 1L);
    }

    @Override
    public Map<String, Double> chance() {
        double nats = (length - 1) * StrictMath.log(OTHERS) + StrictMath.log(KEYS);
        return Map.of(CROSS_ENTROPY, nats / length, ERROR_RATE, 1.0 - 1.0 / KEYS);
    }

    @Override
    public Optional<Success> success() {
        return Optional.of(new Success(ERROR_RATE, 0.01, "fewer than 1 % of the last symbols predicted wrongly"));
    }
}
