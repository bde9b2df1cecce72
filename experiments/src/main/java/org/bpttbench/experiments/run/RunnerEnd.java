package org.bpttbench.experiments.run;

import java.time.Duration;

/**
 * How a {@link Runner} came to its end.
 *
 * @param why the first reason not to begin another run
 * @param failures runs that it saw fail or time out
 * @param replicate if {@link Why#NEXT_TOO_LONG}, the one that was not begun, counted from 0; else 0
 * @param expected what that one was expected to take; else zero
 * @param left of the budget when that was asked; else zero
 */
public record RunnerEnd(Why why, int failures, int replicate, Duration expected, Duration left) {
    /** Reasons. */
    public enum Why {
        /** All runs were made. */
        ALL_MADE,
        /** It was asked to stop. */
        ASKED,
        /** The budget was over. */
        TIME_OVER,
        /** Another replicate of all settings would not have ended within the budget. */
        NEXT_TOO_LONG,
        /** As many runs as may have failed or timed out. */
        FAILURES
    }

    static RunnerEnd of(Why why, int failures) {
        return new RunnerEnd(why, failures, 0, Duration.ZERO, Duration.ZERO);
    }
}
