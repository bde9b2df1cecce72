package org.bpttbench.experiments.task;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Prediction of the next character of lines aⁿ and bⁿ: n uniform from {@code shortest} to {@code longest}, then n times
 * {@code a}, an end of line, n times {@code b}, an end of line. Only n is uncertain, so the entropy is
 *
 * <pre>log₂(longest − shortest + 1) / (shortest + longest + 2)      bits per character: 5/35 = 0.1429 for 1 to 32</pre>
 *
 * <p><b>Reference.</b> Tallec &amp; Ollivier 2018, "Unbiased online recurrent optimization", whose published generator has
 * n from 1 to 32.
 *
 * @param shortest least n
 * @param longest greatest n
 */
record AnBn(int shortest, int longest) implements LineTask {
    static final Entry<Task> ENTRY = new Entry<>(
            "anbn",
            "prediction of the next character of aⁿ, end of line, bⁿ, end of line",
            "Tallec & Ollivier 2018 (UORO)",
            List.of(
                    Parameter.integer("shortest", "least n")
                            .atLeast(1)
                            .atMost(1 << 20)
                            .orElse(1L),
                    Parameter.integer("longest", "greatest n, at least shortest")
                            .atLeast(1)
                            .atMost(1 << 20)
                            .orElse(32L)),
            a -> new AnBn(a.integer("shortest"), a.integer("longest")));

    private static final int A = 0;
    private static final int B = 1;
    private static final int END = 2;

    AnBn {
        Lengths.check(shortest, longest);
    }

    @Override
    public int symbols() {
        return 3;
    }

    @Override
    public Supplier<int[]> lines(UniformRandomProvider random) {
        return () -> line(random.nextInt(shortest, longest + 1));
    }

    private static int[] line(int n) {
        int[] line = new int[2 * n + 2];
        Arrays.fill(line, 0, n, A);
        line[n] = END;
        Arrays.fill(line, n + 1, 2 * n + 1, B);
        line[2 * n + 1] = END;
        return line;
    }

    @Override
    public double lineEntropy() {
        return Entropy.choice(longest - shortest + 1.0);
    }

    @Override
    public double lineLength() {
        return shortest + longest + 2.0;
    }

    @Override
    public double symbolEntropy() {
        double letters = (shortest + longest) / 2.0;
        return Entropy.of(letters, letters, 2.0);
    }

    /**
     * Where n varies, the last b but one of the longest line must still know the first a, 2n − 1 steps back: without it
     * the line might be one shorter. Where n is fixed it is enough to count from the last end of line.
     */
    @Override
    public OptionalLong memoryLag() {
        return OptionalLong.of(shortest < longest ? 2L * longest - 1 : Math.max(1, longest - 1));
    }
}
