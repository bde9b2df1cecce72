package org.bpttbench.core.gradient;

import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.tape.Tape;

/** Where the steps come from: inputs, targets and masks for all lanes. Belongs to one stream. */
public interface Source extends Checkpointed {
    /** What {@link #begin} returns for a stream without end. */
    long ENDLESS = Long.MAX_VALUE;

    /** Whether inputs are symbols rather than vectors. */
    boolean tokens();

    /**
     * The state that a stream and every episode starts from: of one lane, {@code [states]}, or lane by lane,
     * {@code [B×states]}; not to be modified.
     */
    double[] startState();

    /**
     * Starts a new sequence.
     *
     * @return its number of steps, the same for all lanes, or {@link #ENDLESS} if the stream goes on where it was: state is
     *     then carried over
     */
    long begin();

    /** Writes inputs, targets and masks of the next {@code to − from} steps into the slots; masks are false before. */
    void fill(Tape tape, int from, int to);
}
