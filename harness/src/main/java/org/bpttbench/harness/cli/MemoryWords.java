package org.bpttbench.harness.cli;

import org.bpttbench.experiments.run.RunMemory.Fit;

/** What is said of runs that are together in memory. */
final class MemoryWords {
    private MemoryWords() {}

    /** Half a sentence about runs that do not fit together. */
    static String tooMuch(Fit fit) {
        return "the " + fit.wanted() + " largest runs take up to " + Bytes.words(fit.bytes())
                + " together, the Java heap has " + Bytes.words((double) fit.heap());
    }
}
