package org.bpttbench.core.cell;

import java.util.Arrays;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.tape.Tape;

/** {@link LstmCell} at work. A lane's trace is [i, f, o, g, tanh(c)], each of n. */
final class LstmTransition implements Transition {
    private final Kernels kernels;
    private final int n;
    private final InputProjection input;
    private final PackedMatrix forward;
    private final PackedMatrix back;
    private double[] pushed = {};

    LstmTransition(Kernels kernels, LstmCell cell) {
        this.kernels = kernels;
        this.n = cell.units();
        this.input = new InputProjection(kernels, cell.inputSize(), 4 * n, cell.biased());
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
        input.project(tape, from, to, tape.traces(), from * tape.lanes() * 5 * n, 5 * n);
    }

    @Override
    public void step(Tape tape, int k) {
        int lanes = tape.lanes();
        double[] states = tape.states();
        double[] traces = tape.traces();
        int before = k * lanes * 2 * n;
        int trace = k * lanes * 5 * n;
        kernels.addProduct(lanes, states, before, 2 * n, forward, traces, trace, 5 * n);
        for (int lane = 0; lane < lanes; lane++) {
            int gates = trace + lane * 5 * n;
            kernels.sigmoid(traces, gates, traces, gates, 3 * n);
            kernels.tanh(traces, gates + 3 * n, traces, gates + 3 * n, n);
            int old = before + lane * 2 * n;
            int now = old + lanes * 2 * n;
            remember(traces, gates, states, old + n, now + n);
            kernels.tanh(states, now + n, traces, gates + 4 * n, n);
            for (int i = 0; i < n; i++) {
                states[now + i] = traces[gates + 2 * n + i] * traces[gates + 4 * n + i];
            }
        }
    }

    /** c_t = f ⊙ c_{t−1} + i ⊙ g. */
    private void remember(double[] traces, int gates, double[] states, int old, int now) {
        for (int i = 0; i < n; i++) {
            double written = traces[gates + i] * traces[gates + 3 * n + i];
            states[now + i] = Math.fma(traces[gates + n + i], states[old + i], written);
        }
    }

    @Override
    public void pullState(
            Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before) {
        int lanes = tape.lanes();
        for (int row = 0; row < rows; row++) {
            int lane = k * lanes + row % lanes;
            pullGates(tape, lane, adjoint, row * 2 * n, deltas, deltaOffset + row * 4 * n, before);
        }
        kernels.addProduct(rows, deltas, deltaOffset, 4 * n, back, before, 0, 2 * n);
    }

    private void pullGates(Tape tape, int lane, double[] adjoint, int at, double[] deltas, int delta, double[] before) {
        double[] traces = tape.traces();
        double[] states = tape.states();
        int gates = lane * 5 * n;
        int oldCell = lane * 2 * n + n;
        for (int i = 0; i < n; i++) {
            double in = traces[gates + i];
            double forget = traces[gates + n + i];
            double out = traces[gates + 2 * n + i];
            double candidate = traces[gates + 3 * n + i];
            double squashed = traces[gates + 4 * n + i];
            double dh = adjoint[at + i];
            double dc = Math.fma(dh * out, 1.0 - squashed * squashed, adjoint[at + n + i]);
            deltas[delta + i] = dc * candidate * (in * (1.0 - in));
            deltas[delta + n + i] = dc * states[oldCell + i] * (forget * (1.0 - forget));
            deltas[delta + 2 * n + i] = dh * squashed * (out * (1.0 - out));
            deltas[delta + 3 * n + i] = dc * in * (1.0 - candidate * candidate);
            before[at + i] = 0.0;
            before[at + n + i] = dc * forget;
        }
    }

    @Override
    public void pullParams(
            Tape tape, int from, int to, double[] deltas, int rows, int firstRow, double[] gradient, int offset) {
        int lanes = tape.lanes();
        kernels.addOuterProducts(
                to - from,
                lanes,
                tape.states(),
                from * lanes * 2 * n,
                2 * n,
                lanes * 2 * n,
                n,
                deltas,
                firstRow * 4 * n,
                4 * n,
                rows * 4 * n,
                4 * n,
                gradient,
                offset,
                4 * n);
        input.pull(tape, from, to, deltas, rows, firstRow, 4 * n, gradient, offset + 4 * n * n);
    }

    @Override
    public void pushState(Tape tape, int k, int rows, double[] tangent, double[] after) {
        int lanes = tape.lanes();
        if (pushed.length < rows * 4 * n) {
            pushed = new double[rows * 4 * n];
        }
        Arrays.fill(pushed, 0, rows * 4 * n, 0.0);
        kernels.addProduct(rows, tangent, 0, 2 * n, forward, pushed, 0, 4 * n);
        for (int row = 0; row < rows; row++) {
            pushGates(tape, k * lanes + row % lanes, row, tangent, after);
        }
    }

    private void pushGates(Tape tape, int lane, int row, double[] tangent, double[] after) {
        double[] traces = tape.traces();
        double[] states = tape.states();
        int gates = lane * 5 * n;
        int at = row * 2 * n;
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
            double dc = forget * tangent[at + n + i]
                    + states[lane * 2 * n + n + i] * dForget
                    + candidate * dIn
                    + in * dCandidate;
            after[at + i] = dOut * squashed + out * (1.0 - squashed * squashed) * dc;
            after[at + n + i] = dc;
        }
    }
}
