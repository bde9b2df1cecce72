package org.bpttbench.experiments.task;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Prediction of the next character of lines with a bracket that returns: {@code [}, s random symbols, {@code ]}, then r
 * random symbols, then {@code [}, the same s symbols, {@code ]} and an end of line; r uniform from {@code shortest} to
 * {@code longest}, symbols uniform among {@code alphabet}. With r̄ its mean the entropy is
 *
 * <pre>((s + r̄)·log₂ alphabet + log₂(longest − shortest + 1)) / (2s + 5 + r̄)      bits per character</pre>
 *
 * <p>The published sets are, as (shortest, longest, save, alphabet), (5, 5, 1, 10) with 1.6610, (2, 7, 3, 10) with 1.7742
 * and (0, 0, 10, 8) with 1.2000 bits.
 *
 * <p><b>Reference.</b> Tallec &amp; Ollivier 2018, "Unbiased online recurrent optimization", and its published generator.
 *
 * @param shortest least r
 * @param longest greatest r
 * @param save s
 * @param alphabet number of symbols besides brackets and end of line
 */
record Brackets(int shortest, int longest, int save, int alphabet) implements LineTask {
    static final Entry<Task> ENTRY = new Entry<>(
            "brackets",
            "prediction of the next character where a bracket returns after a distance",
            "Tallec & Ollivier 2018 (UORO)",
            List.of(
                    Parameter.integer("shortest", "least distance between the two brackets")
                            .atLeast(0)
                            .atMost(1 << 20)
                            .orElse(5L),
                    Parameter.integer("longest", "greatest distance, at least shortest")
                            .atLeast(0)
                            .atMost(1 << 20)
                            .orElse(5L),
                    Parameter.integer("save", "symbols in a bracket")
                            .atLeast(1)
                            .atMost(1 << 20)
                            .orElse(1L),
                    Parameter.integer("alphabet", "number of symbols to draw from")
                            .atLeast(1)
                            .atMost(1 << 12)
                            .orElse(10L)),
            a -> new Brackets(a.integer("shortest"), a.integer("longest"), a.integer("save"), a.integer("alphabet")));

    Brackets {
        Lengths.check(shortest, longest);
    }

    private int opening() {
        return alphabet;
    }

    private int closing() {
        return alphabet + 1;
    }

    private int end() {
        return alphabet + 2;
    }

    @Override
    public int symbols() {
        return alphabet + 3;
    }

    @Override
    public Supplier<int[]> lines(UniformRandomProvider random) {
        return () -> line(random, random.nextInt(shortest, longest + 1));
    }

    private int[] line(UniformRandomProvider random, int distance) {
        int second = save + 2 + distance;
        int[] line = new int[second + save + 3];
        Arrays.setAll(line, i -> i < second ? random.nextInt(alphabet) : end());
        bracket(line, 0);
        System.arraycopy(line, 1, line, second + 1, save);
        bracket(line, second);
        return line;
    }

    private void bracket(int[] line, int at) {
        line[at] = opening();
        line[at + save + 1] = closing();
    }

    @Override
    public double lineEntropy() {
        return (save + distance()) * Entropy.choice(alphabet) + Entropy.choice(longest - shortest + 1.0);
    }

    @Override
    public double lineLength() {
        return 2.0 * save + 5 + distance();
    }

    private double distance() {
        return (shortest + longest) / 2.0;
    }

    @Override
    public double symbolEntropy() {
        double[] weights = new double[symbols()];
        Arrays.fill(weights, 0, alphabet, (2 * save + distance()) / alphabet);
        weights[opening()] = 2;
        weights[closing()] = 2;
        weights[end()] = 1;
        return Entropy.of(weights);
    }

    /** A symbol is the input s + 1 + r steps before that on which its return is predicted. */
    @Override
    public OptionalLong memoryLag() {
        return OptionalLong.of(save + 1L + longest);
    }
}
