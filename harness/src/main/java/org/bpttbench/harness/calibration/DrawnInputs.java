package org.bpttbench.harness.calibration;

import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.tape.Tape;

/** An endless stream of one lane that starts from zero and repeats given inputs; every step has a loss. */
final class DrawnInputs implements Source {
    private final double[] inputs;
    private final int width;
    private int next;

    /** @param inputs {@code [T×width]}, not modified */
    DrawnInputs(double[] inputs, int width) {
        this.inputs = inputs;
        this.width = width;
    }

    @Override
    public boolean tokens() {
        return false;
    }

    @Override
    public double[] startState() {
        return new double[1];
    }

    @Override
    public long begin() {
        return ENDLESS;
    }

    @Override
    public void fill(Tape tape, int from, int to) {
        int steps = inputs.length / width;
        for (int slot = from; slot < to; slot++) {
            System.arraycopy(inputs, next * width, tape.inputs(), slot * width, width);
            tape.masks()[slot] = true;
            next = (next + 1) % steps;
        }
    }
}
