package org.bpttbench.core.cell;

import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.tape.Tape;

/** {@link SimpleCell} at work. Its activation tells the slope from the state, so that no trace is needed. */
final class SimpleTransition implements Layer {
    private final Kernels kernels;
    private final LayerPlace place;
    private final Activation activation;
    private final int n;
    private final int stride;
    private final InputProjection input;
    private final PackedMatrix forward;
    private final PackedMatrix back;

    SimpleTransition(Kernels kernels, SimpleCell cell, LayerPlace place, Activation activation) {
        this.kernels = kernels;
        this.place = place;
        this.activation = activation;
        this.n = cell.units();
        this.stride = place.stateStride();
        this.input = new InputProjection(kernels, cell.inputSize(), n, cell.biased(), place);
        this.forward = kernels.matrix(n, n);
        this.back = kernels.matrix(n, n);
    }

    @Override
    public void load(double[] theta, int offset) {
        forward.load(theta, offset, n);
        back.loadTransposed(theta, offset, n);
        input.load(theta, offset + n * n);
    }

    @Override
    public void prepare(Tape tape, int from, int to) {
        // The pre-activation of slot k is built where its state will be.
        input.project(tape, from, to, tape.states(), place.stateAt(tape, from + 1), stride);
    }

    @Override
    public void step(Tape tape, int k) {
        double[] states = tape.states();
        int after = place.stateAt(tape, k + 1);
        kernels.addProduct(tape.lanes(), states, place.stateAt(tape, k), stride, forward, states, after, stride);
        int together = rowsTogether(tape);
        for (int lane = 0; lane < tape.lanes(); lane += together) {
            activation.apply(states, after + lane * stride, together * n);
        }
    }

    /** Lanes whose states lie side by side without a gap: all of them, or one if other layers lie between. */
    private int rowsTogether(Tape tape) {
        return stride == n && place.deltaStride() == n ? tape.lanes() : 1;
    }

    @Override
    public void pullState(
            Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before) {
        int at = deltaOffset + place.delta();
        int width = place.deltaStride();
        timesSlope(tape, k, rows, adjoint, deltas, at, width);
        InputProjection.zeroRows(rows, n, before, place.state(), stride);
        kernels.addProduct(rows, deltas, at, width, back, before, place.state(), stride);
    }

    /** out = in ⊙ f', in {@code [rows×n]} at this layer's place. */
    private void timesSlope(Tape tape, int k, int rows, double[] in, double[] out, int outOffset, int outStride) {
        int after = place.stateAt(tape, k + 1);
        int together = rowsTogether(tape);
        for (int row = 0; row < rows; row += together) {
            activation.timesSlope(
                    tape.states(),
                    after + row % tape.lanes() * stride,
                    in,
                    place.state() + row * stride,
                    out,
                    outOffset + row * outStride,
                    together * n);
        }
    }

    @Override
    public void pullInput(int rows, double[] deltas, int deltaOffset, double[] adjoint) {
        input.pullInput(rows, deltas, deltaOffset, adjoint);
    }

    @Override
    public void pullParams(
            Tape tape, int from, int to, double[] deltas, int rows, int firstRow, double[] gradient, int offset) {
        int lanes = tape.lanes();
        int width = place.deltaStride();
        kernels.addOuterProducts(
                to - from,
                lanes,
                tape.states(),
                place.stateAt(tape, from),
                stride,
                lanes * stride,
                n,
                deltas,
                firstRow * width + place.delta(),
                width,
                rows * width,
                n,
                gradient,
                offset,
                n);
        input.pull(tape, from, to, deltas, rows, firstRow, gradient, offset + n * n);
    }

    @Override
    public void pushState(Tape tape, int k, int rows, double[] tangent, double[] after) {
        InputProjection.zeroRows(rows, n, after, place.state(), stride);
        kernels.addProduct(rows, tangent, place.state(), stride, forward, after, place.state(), stride);
        input.push(rows, after, after, place.state(), stride);
        timesSlope(tape, k, rows, after, after, place.state(), stride);
    }
}
