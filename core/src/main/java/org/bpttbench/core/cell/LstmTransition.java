package org.bpttbench.core.cell;

import java.util.Arrays;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.LstmGates;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.tape.Tape;

/** {@link LstmCell} at work. A lane's trace is [i, f, o, g, tanh(c)], each of n. */
final class LstmTransition implements Layer {
    private final Kernels kernels;
    private final LstmGates gates;
    private final LayerPlace place;
    private final int n;
    private final int stride;
    private final InputProjection input;
    private final PackedMatrix forward;
    private final PackedMatrix back;
    private double[] pushed = {};

    LstmTransition(Kernels kernels, LstmCell cell, LayerPlace place) {
        this.kernels = kernels;
        this.gates = kernels.lstmGates();
        this.place = place;
        this.n = cell.units();
        this.stride = place.stateStride();
        this.input = new InputProjection(kernels, cell.inputSize(), 4 * n, cell.biased(), place);
        this.forward = kernels.matrix(n, 4 * n);
        this.back = kernels.matrix(4 * n, n);
    }

    @Override
    public void load(double[] theta, int offset) {
        forward.load(theta, offset, 4 * n);
        back.loadTransposed(theta, offset, 4 * n);
        input.load(theta, offset + 4 * n * n);
    }

    @Override
    public void prepare(Tape tape, int from, int to) {
        input.project(tape, from, to, tape.traces(), place.traceAt(tape, from), place.traceStride());
    }

    @Override
    public void step(Tape tape, int k) {
        int lanes = tape.lanes();
        double[] states = tape.states();
        double[] traces = tape.traces();
        int before = place.stateAt(tape, k);
        int trace = place.traceAt(tape, k);
        kernels.addProduct(lanes, states, before, stride, forward, traces, trace, place.traceStride());
        for (int lane = 0; lane < lanes; lane++) {
            int old = before + lane * stride;
            gates.step(n, traces, trace + lane * place.traceStride(), states, old, old + lanes * stride);
        }
    }

    @Override
    public void pullState(
            Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before) {
        int at = deltaOffset + place.delta();
        int width = place.deltaStride();
        int trace = place.traceAt(tape, k);
        int old = place.stateAt(tape, k);
        for (int row = 0; row < rows; row++) {
            int lane = row % tape.lanes();
            gates.pull(
                    n,
                    tape.traces(),
                    trace + lane * place.traceStride(),
                    tape.states(),
                    old + lane * stride,
                    adjoint,
                    place.state() + row * stride,
                    deltas,
                    at + row * width,
                    before);
        }
        kernels.addProduct(rows, deltas, at, width, back, before, place.state(), stride);
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
                4 * n,
                gradient,
                offset,
                4 * n);
        input.pull(tape, from, to, deltas, rows, firstRow, gradient, offset + 4 * n * n);
    }

    @Override
    public void pushState(Tape tape, int k, int rows, double[] tangent, double[] after) {
        if (pushed.length < rows * 4 * n) {
            pushed = new double[rows * 4 * n];
        }
        Arrays.fill(pushed, 0, rows * 4 * n, 0.0);
        kernels.addProduct(rows, tangent, place.state(), stride, forward, pushed, 0, 4 * n);
        input.push(rows, after, pushed, 0, 4 * n);
        for (int row = 0; row < rows; row++) {
            pushGates(tape, k, row, tangent, after);
        }
    }

    private void pushGates(Tape tape, int k, int row, double[] tangent, double[] after) {
        double[] traces = tape.traces();
        double[] states = tape.states();
        int lane = row % tape.lanes();
        int gates = place.traceAt(tape, k) + lane * place.traceStride();
        int oldCell = place.stateAt(tape, k) + lane * stride + n;
        int at = place.state() + row * stride;
        for (int i = 0; i < n; i++) {
            double in = traces[gates + i];
            double forget = traces[gates + n + i];
            double out = traces[gates + 2 * n + i];
            double candidate = traces[gates + 3 * n + i];
            double squashed = traces[gates + 4 * n + i];
            double dIn = pushed[row * 4 * n + i] * in * (1.0 - in);
            double dForget = pushed[row * 4 * n + n + i] * forget * (1.0 - forget);
            double dOut = pushed[row * 4 * n + 2 * n + i] * out * (1.0 - out);
            double dCandidate = pushed[row * 4 * n + 3 * n + i] * (1.0 - candidate * candidate);
            double dc =
                    forget * tangent[at + n + i] + states[oldCell + i] * dForget + candidate * dIn + in * dCandidate;
            after[at + i] = dOut * squashed + out * (1.0 - squashed * squashed) * dc;
            after[at + n + i] = dc;
        }
    }
}
