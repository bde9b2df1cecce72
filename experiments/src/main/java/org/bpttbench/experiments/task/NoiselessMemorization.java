package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Optional;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * {@code shown} symbols of {@code kinds} kinds, T steps of blanks, the last of them the cue, and the time to recall: T + 2k
 * steps, the cue k + 1 steps before the end. {@code shown: 5, kinds: 2} is known as the 5-bit memory task,
 * {@code shown: 10, kinds: 5} as the 20-bit one.
 *
 * <p><b>Reference.</b> Martens &amp; Sutskever 2011, section 6; a run has succeeded if fewer than 1 % of the sequences are
 * recalled wrongly.
 *
 * @param length T
 * @param shown how many symbols are shown
 * @param kinds of how many kinds
 */
public record NoiselessMemorization(int length, int shown, int kinds) implements RecallTask {
    /** {@code type: noiseless-memorization}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "noiseless-memorization",
            "a few symbols, to be repeated after T steps",
            "Martens & Sutskever 2011",
            List.of(
                    Parameter.integer("length", "T: steps between symbols and recall, the cue among them")
                            .atLeast(1)
                            .atMost(1 << 20),
                    Parameter.integer("shown", "number of symbols to be kept")
                            .atLeast(1)
                            .atMost(1 << 10)
                            .orElse(5L),
                    Parameter.integer("kinds", "number of kinds of symbols")
                            .atLeast(2)
                            .atMost(1 << 10)
                            .orElse(2L)),
            arguments -> new NoiselessMemorization(
                    arguments.integer("length"), arguments.integer("shown"), arguments.integer("kinds")));

    @Override
    public int steps() {
        return length + 2 * shown;
    }

    @Override
    public int cue() {
        return shown + length - 1;
    }

    @Override
    public String data() {
        return "noiseless-memorization " + length + ' ' + shown + ' ' + kinds;
    }

    @Override
    public Optional<Success> success() {
        return Optional.of(
                new Success(ERROR_RATE, 0.01, "fewer than 1 % of 10,000 sequences with a symbol recalled wrongly"));
    }
}
