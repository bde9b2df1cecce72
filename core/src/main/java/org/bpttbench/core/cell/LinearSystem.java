package org.bpttbench.core.cell;

import java.util.Arrays;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;
import org.bpttbench.core.tape.Tape;

/**
 * A fixed linear system driven by one scalar parameter: s_t = A·s_{t−1} + θ·b. No input. Its gradients have closed forms,
 * which makes it the oracle for everything else.
 *
 * <p><i>Reference:</i> the form of influence balancing, Tallec &amp; Ollivier 2017, section 6.1.
 */
public final class LinearSystem implements Cell {
    private final int n;
    private final double[] transposed;
    private final double[] drive;

    /**
     * @param system A, {@code [n][n]}, not modified
     * @param drive b, {@code [n]}, not modified
     */
    public LinearSystem(double[][] system, double[] drive) {
        this.n = drive.length;
        this.drive = drive.clone();
        this.transposed = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                transposed[j * n + i] = system[i][j];
            }
        }
    }

    @Override
    public int inputSize() {
        return 0;
    }

    @Override
    public int stateSize() {
        return n;
    }

    @Override
    public int outputSize() {
        return n;
    }

    @Override
    public int traceSize() {
        return 0;
    }

    @Override
    public int deltaSize() {
        return 1;
    }

    @Override
    public ParamLayout layout() {
        return ParamLayout.EMPTY.and("theta", Role.RECURRENT, 1, 1);
    }

    @Override
    public Transition open(Kernels kernels) {
        return new Work(kernels);
    }

    private final class Work implements Transition {
        private final Kernels kernels;
        private final PackedMatrix forward;
        private final PackedMatrix back;
        private final double[] driven = new double[n];

        Work(Kernels kernels) {
            this.kernels = kernels;
            this.forward = kernels.matrix(n, n);
            this.back = kernels.matrix(n, n);
            forward.load(transposed, 0, n);
            back.loadTransposed(transposed, 0, n);
        }

        @Override
        public void load(double[] theta, int offset) {
            for (int i = 0; i < n; i++) {
                driven[i] = theta[offset] * drive[i];
            }
        }

        @Override
        public void prepare(Tape tape, int from, int to) {
            int lanes = tape.lanes();
            for (int row = (from + 1) * lanes; row < (to + 1) * lanes; row++) {
                System.arraycopy(driven, 0, tape.states(), row * n, n);
            }
        }

        @Override
        public void step(Tape tape, int k) {
            int width = tape.lanes() * n;
            kernels.addProduct(tape.lanes(), tape.states(), k * width, n, forward, tape.states(), (k + 1) * width, n);
        }

        @Override
        public void pullState(
                Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before) {
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum = Math.fma(drive[i], adjoint[row * n + i], sum);
                }
                deltas[deltaOffset + row] = sum;
            }
            Arrays.fill(before, 0, rows * n, 0.0);
            kernels.addProduct(rows, adjoint, 0, n, back, before, 0, n);
        }

        @Override
        public void pullParams(
                Tape tape, int from, int to, double[] deltas, int rows, int firstRow, double[] gradient, int offset) {
            kernels.addRows(to - from, tape.lanes(), deltas, firstRow, 1, rows, 1, gradient, offset);
        }

        @Override
        public void pushState(Tape tape, int k, int rows, double[] tangent, double[] after) {
            Arrays.fill(after, 0, rows * n, 0.0);
            kernels.addProduct(rows, tangent, 0, n, forward, after, 0, n);
        }
    }
}
