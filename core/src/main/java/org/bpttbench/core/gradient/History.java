package org.bpttbench.core.gradient;

import org.bpttbench.core.state.Checkpointed;
import org.jspecify.annotations.Nullable;

/**
 * What a stream keeps of the steps it has run forward until they have been walked back; it can be saved after every
 * {@link #forward}. Belongs to one thread.
 */
interface History extends Checkpointed {
    /**
     * Starts a sequence.
     *
     * @param steps its length
     * @param start the state that it starts from, as {@link Source#startState} gives it; null where the state goes on
     */
    void begin(long steps, double @Nullable [] start);

    /** Takes steps from the source and runs them forward, losses included. */
    void forward(int steps, Tally tally);

    /** Whether a window that ends with the last step injects any loss at all. */
    boolean hasLoss(Window window);

    /**
     * Walks a window back that ends with the last step.
     *
     * @param adjoint {@code [rows×stateSize]}: as {@link BackwardPass#run} takes it
     * @param gradient {@code [R×P]}: added to
     */
    void pull(Window window, double[] adjoint, double[] gradient, Tally tally);

    /** Forgets all but the last steps, and the state after them. */
    void release(int lookback);
}
