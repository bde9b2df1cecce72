package org.bpttbench.harness.calibration;

import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.tape.Tape;

/** An endless stream that starts from zero and repeats given inputs and places of losses. */
final class DrawnInputs implements Source {
    private final double[] inputs;
    private final int width;
    private final int lanes;
    private final boolean[] losses;
    private int next;

    /**
     * @param inputs {@code [T×B×width]}, not modified
     * @param losses {@code [T×B]}, not modified
     */
    DrawnInputs(double[] inputs, int width, int lanes, boolean[] losses) {
        this.inputs = inputs;
        this.width = width;
        this.lanes = lanes;
        this.losses = losses;
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
        int row = lanes * width;
        int steps = losses.length / lanes;
        for (int slot = from; slot < to; slot++) {
            System.arraycopy(inputs, next * row, tape.inputs(), slot * row, row);
            System.arraycopy(losses, next * lanes, tape.masks(), slot * lanes, lanes);
            next = (next + 1) % steps;
        }
    }
}
