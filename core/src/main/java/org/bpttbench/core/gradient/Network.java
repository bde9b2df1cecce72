package org.bpttbench.core.gradient;

import org.bpttbench.core.cell.Transition;
import org.bpttbench.core.head.Readout;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.tape.Tape;

/** A model at work: weights packed, ready to run stretches of a tape. Belongs to one thread. */
public final class Network {
    private final Model model;
    private final Transition transition;
    private final Readout readout;
    private final int parameters;
    private final int headOffset;

    public Network(Model model, Kernels kernels) {
        this.model = model;
        this.transition = model.cell().open(kernels);
        this.readout = model.head().open(kernels);
        this.headOffset = model.cell().layout().size();
        this.parameters = model.layout().size();
    }

    public Model model() {
        return model;
    }

    /** Number of parameters P. */
    public int parameters() {
        return parameters;
    }

    /** Where the head's parameters start in θ. */
    public int headOffset() {
        return headOffset;
    }

    public Transition transition() {
        return transition;
    }

    public Readout readout() {
        return readout;
    }

    /**
     * Packs new weights; call after every change of θ.
     *
     * @param theta {@code [P]}, not modified
     */
    public void load(double[] theta) {
        if (theta.length != parameters) {
            throw new IllegalArgumentException("theta has " + theta.length + " entries, not " + parameters);
        }
        transition.load(theta, 0);
        readout.load(theta, headOffset);
    }

    /** Runs the recurrence over slots {@code [from, to)}. */
    public void forward(Tape tape, int from, int to) {
        transition.prepare(tape, from, to);
        for (int k = from; k < to; k++) {
            transition.step(tape, k);
        }
    }

    /** Losses of slots {@code [from, to)} and what the backward pass injects for them. Forward before. */
    public void losses(Tape tape, int from, int to) {
        readout.losses(tape, from, to);
        readout.adjoints(tape, from, to);
    }
}
