package org.bpttbench.experiments.measure;

import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.tape.Tape;

/**
 * A recorded sequence run forward with θ frozen, losses included: what every figure that is computed, not sampled, walks
 * back over. Belongs to one thread; whoever walks over it leaves it as it was.
 */
final class FrozenRun {
    private final Network network;
    private final Recording recording;
    private final Tape tape;

    FrozenRun(Network network, Recording recording) {
        this.network = network;
        this.recording = recording;
        this.tape = new Tape(network.model().tape(recording.lanes(), recording.tokens()), recording.steps());
        recording.begin();
        tape.restart(recording.startState());
        tape.append(recording.steps());
        recording.fill(tape, 0, recording.steps());
        network.forward(tape, 0, recording.steps());
        network.losses(tape, 0, recording.steps());
    }

    /**
     * The same run, with losses whose derivatives are as large as what they are the difference of: what rounding errors of
     * gradients are relative to.
     */
    FrozenRun magnitudes() {
        FrozenRun run = new FrozenRun(network, recording);
        network.model().head().loss().magnitudes(run.tape, 0, run.steps());
        network.readout().adjoints(run.tape, 0, run.steps());
        return run;
    }

    /** Number of parameters of the cell, which come first in θ: those that an adjoint through time reaches. */
    int cellParameters() {
        return network.headOffset();
    }

    /** One of the lanes run alone: its gradient is not divided by the number of lanes. */
    FrozenRun lane(int lane) {
        return new FrozenRun(network, recording.lane(lane));
    }

    Network network() {
        return network;
    }

    /** What was run. */
    Recording recording() {
        return recording;
    }

    /** Slot t is step t. */
    Tape tape() {
        return tape;
    }

    int steps() {
        return recording.steps();
    }

    int lanes() {
        return recording.lanes();
    }
}
