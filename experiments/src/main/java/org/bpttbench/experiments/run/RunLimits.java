package org.bpttbench.experiments.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What makes a {@link Runner} stop short of the runs that it was given. None of it has any influence on what a run comes to.
 *
 * @param budget for all runs together
 * @param perRun the most that one run may take in this process; it then ends as timed out, with its checkpoint kept
 * @param failures how many runs may fail or time out before no more are begun and the others are left, at least 1
 */
public record RunLimits(Optional<Budget> budget, Optional<Duration> perRun, OptionalInt failures) {
    public static final RunLimits NONE = new RunLimits(Optional.empty(), Optional.empty(), OptionalInt.empty());

    /**
     * Time for all runs, which are then begun replicate by replicate: the first of the replicates in any case, a further one
     * if it is expected to end in time in all settings. When the time is over, runs on their way are left.
     *
     * @param costs what is expected of runs; learns from those that end
     */
    public record Budget(Duration time, RunCosts costs) {}

    public RunLimits {
        if (failures.isPresent() && failures.getAsInt() < 1) {
            throw new IllegalArgumentException("failures is " + failures.getAsInt() + ": must be at least 1");
        }
    }
}
