package org.bpttbench.core.cell;

import java.util.Arrays;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.tape.Tape;

/** {@link GruCell} at work. A lane's trace is [c, r, z, h_{t−1}·W_c + d], each of n; its deltas are the adjoints of these. */
final class GruTransition implements Layer {
    private final Kernels kernels;
    private final LayerPlace place;
    private final int n;
    private final int stride;
    private final boolean biased;
    private final InputProjection input;
    private final PackedMatrix forward;
    private final PackedMatrix back;
    private final double[] recurrentBias;
    private double[] pushed = {};

    GruTransition(Kernels kernels, GruCell cell, LayerPlace place) {
        this.kernels = kernels;
        this.place = place;
        this.n = cell.units();
        this.stride = place.stateStride();
        this.biased = cell.biased();
        this.input = new InputProjection(kernels, cell.inputSize(), 3 * n, biased, place);
        this.forward = kernels.matrix(n, 3 * n);
        this.back = kernels.matrix(3 * n, n);
        this.recurrentBias = new double[n];
    }

    @Override
    public void load(double[] theta, int offset) {
        forward.load(theta, offset, 3 * n);
        back.loadTransposed(theta, offset, 3 * n);
        input.load(theta, offset + 3 * n * n);
        if (biased) {
            System.arraycopy(theta, offset + 3 * n * n + input.size(), recurrentBias, 0, n);
        }
    }

    @Override
    public void prepare(Tape tape, int from, int to) {
        double[] traces = tape.traces();
        int first = place.traceAt(tape, from);
        input.project(tape, from, to, traces, first, place.traceStride());
        for (int row = 0; row < (to - from) * tape.lanes(); row++) {
            System.arraycopy(recurrentBias, 0, traces, first + row * place.traceStride() + 3 * n, n);
        }
    }

    @Override
    public void step(Tape tape, int k) {
        int lanes = tape.lanes();
        double[] states = tape.states();
        double[] traces = tape.traces();
        int before = place.stateAt(tape, k);
        int trace = place.traceAt(tape, k);
        kernels.addProduct(lanes, states, before, stride, forward, traces, trace + n, place.traceStride());
        for (int lane = 0; lane < lanes; lane++) {
            int gates = trace + lane * place.traceStride();
            kernels.sigmoid(traces, gates + n, traces, gates + n, 2 * n);
            for (int i = 0; i < n; i++) {
                traces[gates + i] = Math.fma(traces[gates + n + i], traces[gates + 3 * n + i], traces[gates + i]);
            }
            kernels.tanh(traces, gates, traces, gates, n);
            int old = before + lane * stride;
            mix(traces, gates, states, old, old + lanes * stride);
        }
    }

    /** h_t = (1−z) ⊙ c + z ⊙ h_{t−1}. */
    private void mix(double[] traces, int gates, double[] states, int old, int now) {
        for (int i = 0; i < n; i++) {
            double update = traces[gates + 2 * n + i];
            states[now + i] = Math.fma(update, states[old + i], (1.0 - update) * traces[gates + i]);
        }
    }

    @Override
    public void pullState(
            Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before) {
        int at = deltaOffset + place.delta();
        int width = place.deltaStride();
        for (int row = 0; row < rows; row++) {
            pullGates(tape, k, row, adjoint, deltas, at + row * width, before);
        }
        kernels.addProduct(rows, deltas, at + n, width, back, before, place.state(), stride);
    }

    private void pullGates(Tape tape, int k, int row, double[] adjoint, double[] deltas, int delta, double[] before) {
        double[] traces = tape.traces();
        double[] states = tape.states();
        int lane = row % tape.lanes();
        int gates = place.traceAt(tape, k) + lane * place.traceStride();
        int old = place.stateAt(tape, k) + lane * stride;
        int at = place.state() + row * stride;
        for (int i = 0; i < n; i++) {
            double candidate = traces[gates + i];
            double reset = traces[gates + n + i];
            double update = traces[gates + 2 * n + i];
            double dh = adjoint[at + i];
            double dc = dh * (1.0 - update) * (1.0 - candidate * candidate);
            deltas[delta + i] = dc;
            deltas[delta + n + i] = dc * traces[gates + 3 * n + i] * (reset * (1.0 - reset));
            deltas[delta + 2 * n + i] = dh * (states[old + i] - candidate) * (update * (1.0 - update));
            deltas[delta + 3 * n + i] = dc * reset;
            before[at + i] = dh * update;
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
        int first = firstRow * width + place.delta();
        kernels.addOuterProducts(
                to - from,
                lanes,
                tape.states(),
                place.stateAt(tape, from),
                stride,
                lanes * stride,
                n,
                deltas,
                first + n,
                width,
                rows * width,
                3 * n,
                gradient,
                offset,
                3 * n);
        input.pull(tape, from, to, deltas, rows, firstRow, gradient, offset + 3 * n * n);
        if (biased) {
            int biasAt = offset + 3 * n * n + input.size();
            kernels.addRows(to - from, lanes, deltas, first + 3 * n, width, rows * width, n, gradient, biasAt);
        }
    }

    @Override
    public void pushState(Tape tape, int k, int rows, double[] tangent, double[] after) {
        if (pushed.length < rows * 4 * n) {
            pushed = new double[rows * 4 * n];
        }
        Arrays.fill(pushed, 0, rows * 4 * n, 0.0);
        kernels.addProduct(rows, tangent, place.state(), stride, forward, pushed, n, 4 * n);
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
        int old = place.stateAt(tape, k) + lane * stride;
        int at = place.state() + row * stride;
        int push = row * 4 * n;
        for (int i = 0; i < n; i++) {
            double candidate = traces[gates + i];
            double reset = traces[gates + n + i];
            double update = traces[gates + 2 * n + i];
            double dReset = pushed[push + n + i] * reset * (1.0 - reset);
            double dUpdate = pushed[push + 2 * n + i] * update * (1.0 - update);
            double dSeen = dReset * traces[gates + 3 * n + i] + reset * pushed[push + 3 * n + i];
            double dCandidate = (pushed[push + i] + dSeen) * (1.0 - candidate * candidate);
            after[at + i] =
                    (1.0 - update) * dCandidate + (states[old + i] - candidate) * dUpdate + update * tangent[at + i];
        }
    }
}
