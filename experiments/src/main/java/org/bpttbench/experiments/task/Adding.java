package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Two numbers of a long sequence are marked; at its end their sum is wanted.
 *
 * <p>{@code arjovsky}: exactly T pairs, values uniform on [0, 1), one mark in each half, target X1 + X2. Without the
 * inputs 1 is the best guess; its mean squared error is 1/6.
 *
 * <p>{@code hochreiter}: the sequences of {@link MarkedPairs}, values uniform on [−1, 1), target ½ + (X1 + X2)/4, where a
 * mark on the first pair counts as 0. The best guess, ½, has a mean squared error of a little less than 1/24.
 *
 * <p><b>Reference.</b> Hochreiter &amp; Schmidhuber 1997, experiment 4; Arjovsky, Shah &amp; Bengio 2016, section 4.2.
 *
 * @param length T
 */
public record Adding(int length, Variant variant) implements PairTask {
    /** Whose adding task. */
    public enum Variant {
        ARJOVSKY,
        HOCHREITER
    }

    /** {@code type: adding}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "adding",
            "the sum of two marked numbers of a sequence, told at its end",
            "Hochreiter & Schmidhuber 1997, experiment 4; Arjovsky, Shah & Bengio 2016",
            List.of(
                    Parameter.integer(
                                    "length",
                                    "T: number of pairs; hochreiter has T to 1.1·T of them and wants at least 6")
                            .atLeast(2)
                            .atMost(1 << 20)
                            .orElse(100L),
                    Parameter.word("variant", "whose definition", "arjovsky", "hochreiter")
                            .orElse("arjovsky")),
            Adding::of);

    public Adding {
        if (variant == Variant.HOCHREITER) {
            new MarkedPairs(length);
        }
    }

    private static Adding of(Arguments arguments) {
        String variant = arguments.text("variant").toUpperCase(Locale.ROOT);
        return new Adding(arguments.integer("length"), Variant.valueOf(variant));
    }

    @Override
    public int steps() {
        return variant == Variant.HOCHREITER ? new MarkedPairs(length).steps() : length;
    }

    @Override
    public void write(Episode episode, UniformRandomProvider random) {
        if (variant == Variant.HOCHREITER) {
            new MarkedPairs(length).write(episode, random, -1.0, 0.0, (x1, x2) -> 0.5 + (x1 + x2) / 4.0);
            return;
        }
        for (int step = 0; step < length; step++) {
            episode.input(step, MarkedPairs.VALUE, random.nextDouble());
        }
        int half = length / 2;
        int first = random.nextInt(half);
        int second = half + random.nextInt(length - half);
        episode.input(first, MarkedPairs.MARK, 1.0);
        episode.input(second, MarkedPairs.MARK, 1.0);
        double sum = episode.input(first, MarkedPairs.VALUE) + episode.input(second, MarkedPairs.VALUE);
        episode.target(length - 1, sum);
    }

    @Override
    public String data() {
        return "adding " + variant.name().toLowerCase(Locale.ROOT) + ' ' + length;
    }

    /** Test sets of the size of the paper's, 2,560. */
    @Override
    public int episodes(Split split) {
        return split == Split.TEST ? 2_560 : 1_000;
    }

    /** Variance of the target: 2/12, or 2/3/16 less what a mark on the first pair takes away. */
    @Override
    public Map<String, Double> chance() {
        return Map.of(
                MSE,
                variant == Variant.ARJOVSKY ? 1.0 / 6.0 : (2.0 - new MarkedPairs(length).chanceOfLosingOne()) / 48.0);
    }

    /** The paper stops training there; of the sum of 2016 no paper says when it is solved. */
    @Override
    public Optional<Success> success() {
        return variant == Variant.ARJOVSKY
                ? Optional.empty()
                : Optional.of(new Success(
                        ERROR_RATE, 1.0 / 2_000, "2,000 sequences in a row answered to within 0.04 of the target"));
    }
}
