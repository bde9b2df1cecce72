package org.bpttbench.experiments.task;

import java.util.List;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Ten symbols of eight kinds, T − 1 blanks, a delimiter and ten more blanks: T + 20 steps. Wanted are T + 10 blanks and
 * then the ten symbols. Blanks are scored too, as in the paper, so that a network without memory can get down to
 * 10·ln 8/(T + 20) nats a step.
 *
 * <p><b>Reference.</b> Arjovsky, Shah &amp; Bengio 2016, section 4.1.
 *
 * @param length T
 */
public record Copy(int length) implements RecallTask {
    private static final int SYMBOLS = 10;
    private static final int KINDS = 8;

    /** {@code type: copy}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "copy",
            "ten symbols, to be repeated after T blanks",
            "Arjovsky, Shah & Bengio 2016; after Hochreiter & Schmidhuber 1997",
            List.of(Parameter.integer("length", "T: steps between symbols and recall; a sequence has T + 20")
                    .atLeast(1)
                    .atMost(1 << 20)
                    .orElse(100L)),
            arguments -> new Copy(arguments.integer("length")));

    @Override
    public int shown() {
        return SYMBOLS;
    }

    @Override
    public int kinds() {
        return KINDS;
    }

    @Override
    public int steps() {
        return length + 2 * SYMBOLS;
    }

    @Override
    public int cue() {
        return SYMBOLS + length - 1;
    }

    @Override
    public String data() {
        return "copy " + length;
    }
}
