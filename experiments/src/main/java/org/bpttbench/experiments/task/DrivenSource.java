package org.bpttbench.experiments.task;

import java.util.Arrays;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/** Steps of a system that runs by itself: no input, a loss at every step, one target for ever. */
final class DrivenSource implements Source {
    /** Steps that {@link #meanLoss} runs, as in the published figures of influence balancing. */
    static final int MEASURED_STEPS = 500;

    /** What {@link #meanLoss} is, for a metric. */
    static final String ABOUT_LOSS = "mean loss of the first " + MEASURED_STEPS + " steps from the start state";

    private final double[] start;
    private final double target;

    /**
     * @param start state of one lane, not modified
     * @param target of every step; not used by a loss that has no targets
     */
    DrivenSource(double[] start, double target) {
        this.start = start;
        this.target = target;
    }

    @Override
    public boolean tokens() {
        return false;
    }

    @Override
    public double[] startState() {
        return start;
    }

    @Override
    public long begin() {
        return ENDLESS;
    }

    @Override
    public void fill(Tape tape, int from, int to) {
        int first = from * tape.lanes();
        int end = to * tape.lanes();
        int width = tape.shape().targets();
        Arrays.fill(tape.targets(), first * width, end * width, target);
        Arrays.fill(tape.masks(), first, end, true);
    }

    @Override
    public void save(StateWriter out) {
        // Every step is like every other.
    }

    @Override
    public void load(StateReader in) {
        // As above.
    }

    /** The mean of the losses of the first {@link #MEASURED_STEPS} steps from the start state, θ as loaded. */
    double meanLoss(Network network) {
        Tape tape = new Tape(network.model().tape(1, false), MEASURED_STEPS);
        tape.restart(start);
        int from = tape.append(MEASURED_STEPS);
        fill(tape, from, tape.end());
        network.forward(tape, from, tape.end());
        network.readout().losses(tape, from, tape.end());
        return Arrays.stream(tape.losses(), from, tape.end()).sum() / MEASURED_STEPS;
    }
}
