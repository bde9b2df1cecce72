package org.bpttbench.harness.stats;

import java.util.Locale;

/** What can be said of an estimator's bias. */
public enum Verdict {
    BIASED,
    /** To the exact gradient, within the margin. */
    EQUIVALENT,
    UNDECIDED;

    /** As written in CSV files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
