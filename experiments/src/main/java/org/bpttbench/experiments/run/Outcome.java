package org.bpttbench.experiments.run;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
    DONE,
    /** Training left the finite: a result. */
    DIVERGED,
    /** Something broke; is tried again by the next {@code run}. */
    FAILED,
    /** Took longer than it was allowed to; is tried again by the next {@code run}. */
    TIMED_OUT;

    /** As written in journals and CSV files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is none of that key */
    static Outcome of(String key) {
        for (Outcome outcome : values()) {
            if (outcome.key().equals(key)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("its outcome is '" + key + "'");
    }

    /** Whether the run need not be made again. */
    public boolean isResult() {
        return this == DONE || this == DIVERGED;
    }
}
