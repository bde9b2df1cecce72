package org.bpttbench.core.cell;

import java.util.Arrays;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;
import org.bpttbench.core.tape.Tape;

/**
 * The simple recurrent network: h_t = tanh(x_t·U + h_{t−1}·W + b).
 *
 * <p>Parameters in this order: W [n×n], U [inputs×n], b [n].
 *
 * <p><i>Reference:</i> Elman 1990, "Finding structure in time".
 *
 * @param inputSize width of x_t
 * @param units n
 * @param biased whether b is a parameter; absent otherwise
 */
public record TanhCell(int inputSize, int units, boolean biased) implements Cell {
    /** {@code cell: tanh}. */
    public static final Entry<CellMaker> ENTRY = new Entry<>(
            "tanh",
            "simple recurrent network, h = tanh(Ux + Wh + b)",
            "Elman 1990",
            CellMaker.PARAMETERS,
            a -> inputs -> new TanhCell(inputs, a.integer("units"), a.flag("bias")));

    @Override
    public int stateSize() {
        return units;
    }

    @Override
    public int outputSize() {
        return units;
    }

    @Override
    public int traceSize() {
        return 0;
    }

    @Override
    public int deltaSize() {
        return units;
    }

    @Override
    public ParamLayout layout() {
        ParamLayout weights = ParamLayout.EMPTY
                .and("recurrent", Role.RECURRENT, units, units)
                .and("input", Role.INPUT, inputSize, units);
        return biased ? weights.and("bias", Role.BIAS, 1, units) : weights;
    }

    @Override
    public Transition open(Kernels kernels) {
        return new Work(kernels, this);
    }

    private static final class Work implements Transition {
        private final Kernels kernels;
        private final int n;
        private final InputProjection input;
        private final PackedMatrix forward;
        private final PackedMatrix back;

        Work(Kernels kernels, TanhCell cell) {
            this.kernels = kernels;
            this.n = cell.units;
            this.input = new InputProjection(kernels, cell.inputSize, n, cell.biased);
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
            // The pre-activation of slot k is built where its state will be: no trace is needed.
            input.project(tape, from, to, tape.states(), (from + 1) * tape.lanes() * n, n);
        }

        @Override
        public void step(Tape tape, int k) {
            double[] states = tape.states();
            int width = tape.lanes() * n;
            int after = (k + 1) * width;
            kernels.addProduct(tape.lanes(), states, k * width, n, forward, states, after, n);
            kernels.tanh(states, after, states, after, width);
        }

        @Override
        public void pullState(
                Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before) {
            times1MinusSquare(tape, k, rows, adjoint, deltas, deltaOffset);
            Arrays.fill(before, 0, rows * n, 0.0);
            kernels.addProduct(rows, deltas, deltaOffset, n, back, before, 0, n);
        }

        /** out = in ⊙ (1 − h²), h the state after slot k. */
        private void times1MinusSquare(Tape tape, int k, int rows, double[] in, double[] out, int outOffset) {
            int width = tape.lanes() * n;
            double[] states = tape.states();
            int after = (k + 1) * width;
            for (int first = 0; first < rows * n; first += width) {
                for (int i = 0; i < width; i++) {
                    double h = states[after + i];
                    out[outOffset + first + i] = in[first + i] * (1.0 - h * h);
                }
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
                    from * lanes * n,
                    n,
                    lanes * n,
                    n,
                    deltas,
                    firstRow * n,
                    n,
                    rows * n,
                    n,
                    gradient,
                    offset,
                    n);
            input.pull(tape, from, to, deltas, rows, firstRow, n, gradient, offset + n * n);
        }

        @Override
        public void pushState(Tape tape, int k, int rows, double[] tangent, double[] after) {
            Arrays.fill(after, 0, rows * n, 0.0);
            kernels.addProduct(rows, tangent, 0, n, forward, after, 0, n);
            times1MinusSquare(tape, k, rows, after, after, 0);
        }
    }
}
