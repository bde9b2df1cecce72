package org.bpttbench.core.head;

import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;

/**
 * A head at work, with its weights packed. Works on whole stretches of slots {@code [from, to)}; steps and lanes whose
 * mask is false have loss 0 and adjoint 0.
 */
public interface Readout {
    /**
     * Packs new weights.
     *
     * @param theta not modified
     * @param offset where this head's parameters start
     */
    void load(double[] theta, int offset);

    /**
     * Predictions, losses and their derivatives for all lanes of a stretch: overwrites {@link Tape#losses} and
     * {@link Tape#outputDeltas}, the latter divided by B.
     */
    void losses(Tape tape, int from, int to);

    /** Overwrites {@link Tape#lossAdjoints} from the output deltas. */
    void adjoints(Tape tape, int from, int to);

    /**
     * Adds the gradient of this head's parameters: steps in descending time, lanes ascending, one chain for each
     * parameter.
     *
     * @param injected {@code [(to−from)×rows]} from {@code injectedOffset}: which losses count, or null for all
     * @param injectedOffset the entry of slot {@code from} and of the first of the B rows
     * @param rows distance in {@code injected} from one step to the next
     * @param gradient added to, from {@code offset}
     */
    void pullParams(
            Tape tape,
            int from,
            int to,
            boolean @Nullable [] injected,
            int injectedOffset,
            int rows,
            double[] gradient,
            int offset);
}
