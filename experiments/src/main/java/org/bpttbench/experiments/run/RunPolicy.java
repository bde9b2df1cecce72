package org.bpttbench.experiments.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link Runner} goes about what is there already.
 *
 * @param checkpoints how often a long run saves where it is; empty for never
 * @param accepts fingerprints of other code whose runs are used as if they were this code's, for the record
 * @param fresh whether no record from before counts any more: runs are made from their start
 * @param stop when to leave runs that are not finished
 * @param limits what makes it stop short by itself
 */
public record RunPolicy(
        Optional<Duration> checkpoints, List<String> accepts, boolean fresh, StopSignal stop, RunLimits limits) {
    public static final Duration USUAL_PERIOD = Duration.ofSeconds(60);

    public RunPolicy {
        accepts = List.copyOf(accepts);
        if (checkpoints.isPresent() && checkpoints.get().compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "checkpoints every " + checkpoints.get() + ": must be a millisecond or more");
        }
    }

    /** Without limits. */
    public RunPolicy(Optional<Duration> checkpoints, List<String> accepts, boolean fresh, StopSignal stop) {
        this(checkpoints, accepts, fresh, stop, RunLimits.NONE);
    }

    /** Checkpoints every minute, nothing accepted or made anew. */
    public static RunPolicy usual() {
        return new RunPolicy(Optional.of(USUAL_PERIOD), List.of(), false, new StopSignal());
    }
}
