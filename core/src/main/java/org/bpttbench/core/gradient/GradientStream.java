package org.bpttbench.core.gradient;

import org.bpttbench.core.state.Checkpointed;

/**
 * One estimator at work on a sequence of steps. The same stream trains and is measured; only the sink differs.
 *
 * <p>It can be saved, together with its source and its coins, where no advance goes on and while
 * {@link GradientSink#betweenWindows} is being told, which is where its state is small. The weights are the sink's.
 */
public interface GradientStream extends Checkpointed {
    /**
     * Runs forward by a number of steps per lane and hands every gradient that falls due to the sink. May stop anywhere,
     * inside a window too: any division of the steps into calls gives the same gradients, bit for bit.
     */
    void advance(long steps, GradientSink sink);

    /** Whether a sequence has just ended (or none has begun). */
    boolean betweenSequences();

    /** What has been counted so far; live, not to be modified. */
    Tally tally();
}
