package org.bpttbench.experiments.task;

import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.tape.Tape;

/** The steps of one lane, one after another, without end. */
@FunctionalInterface
interface LaneStream extends Checkpointed {
    /**
     * Writes the next step.
     *
     * @param row of the tape, slot·B + lane: its input, its target and its mask, which is false before
     */
    void next(Tape tape, int row);
}
