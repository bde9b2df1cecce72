package org.bpttbench.core.cell;

import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.tape.Tape;

/**
 * The part of a cell that sees the input: bias + x·U for a stretch at once, and its gradient. Symbols are gathered as
 * rows of U, which gives the same bits as their one-hot product.
 */
final class InputProjection {
    private final Kernels kernels;
    private final int inputs;
    private final int width;
    private final boolean biased;
    private final PackedMatrix packed;
    private final double[] bias;
    private final double[] weights;

    /**
     * @param inputs rows of U
     * @param width columns of U: all gates
     */
    InputProjection(Kernels kernels, int inputs, int width, boolean biased) {
        this.kernels = kernels;
        this.inputs = inputs;
        this.width = width;
        this.biased = biased;
        this.packed = kernels.matrix(inputs, width);
        this.bias = new double[width];
        this.weights = new double[inputs * width];
    }

    /** Parameters: U, then the bias. */
    int size() {
        return inputs * width + (biased ? width : 0);
    }

    void load(double[] theta, int offset) {
        packed.load(theta, offset, width);
        // Gathers read the rows of U itself: a private copy, since the caller may change θ before the next load.
        System.arraycopy(theta, offset, weights, 0, weights.length);
        if (biased) {
            System.arraycopy(theta, offset + inputs * width, bias, 0, width);
        }
    }

    /**
     * Overwrites rows of {@code out} with bias + x·U for all lanes of slots {@code [from, to)}.
     *
     * @param outOffset where the row of slot {@code from}, lane 0 starts
     * @param outStride distance between rows
     */
    void project(Tape tape, int from, int to, double[] out, int outOffset, int outStride) {
        int rows = (to - from) * tape.lanes();
        int first = from * tape.lanes();
        boolean gather = tape.shape().tokens();
        int[] tokens = tape.tokens();
        for (int row = 0; row < rows; row++) {
            int at = outOffset + row * outStride;
            System.arraycopy(bias, 0, out, at, width);
            if (gather && tokens[first + row] >= 0) {
                int source = tokens[first + row] * width;
                for (int i = 0; i < width; i++) {
                    out[at + i] += weights[source + i];
                }
            }
        }
        if (!gather) {
            kernels.addProduct(rows, tape.inputs(), first * inputs, inputs, packed, out, outOffset, outStride);
        }
    }

    /**
     * Adds the gradient of U and of the bias.
     *
     * @param deltas {@code [(to−from)×rows×stride]}, the first {@code width} columns are the adjoints of the projection
     */
    void pull(
            Tape tape,
            int from,
            int to,
            double[] deltas,
            int rows,
            int firstRow,
            int stride,
            double[] gradient,
            int offset) {
        int lanes = tape.lanes();
        int deltaOffset = firstRow * stride;
        int stepStride = rows * stride;
        if (tape.shape().tokens()) {
            scatter(tape, from, to, deltas, deltaOffset, stride, stepStride, gradient, offset);
        } else {
            kernels.addOuterProducts(
                    to - from,
                    lanes,
                    tape.inputs(),
                    from * lanes * inputs,
                    inputs,
                    lanes * inputs,
                    inputs,
                    deltas,
                    deltaOffset,
                    stride,
                    stepStride,
                    width,
                    gradient,
                    offset,
                    width);
        }
        if (biased) {
            addRows(
                    to - from,
                    lanes,
                    deltas,
                    deltaOffset,
                    stride,
                    stepStride,
                    width,
                    gradient,
                    offset + inputs * width);
        }
    }

    private void scatter(
            Tape tape,
            int from,
            int to,
            double[] deltas,
            int deltaOffset,
            int stride,
            int stepStride,
            double[] gradient,
            int offset) {
        int lanes = tape.lanes();
        for (int step = to - from - 1; step >= 0; step--) {
            for (int lane = 0; lane < lanes; lane++) {
                int token = tape.tokens()[(from + step) * lanes + lane];
                if (token >= 0) {
                    int at = deltaOffset + step * stepStride + lane * stride;
                    int row = offset + token * width;
                    for (int i = 0; i < width; i++) {
                        gradient[row + i] += deltas[at + i];
                    }
                }
            }
        }
    }

    /** Sums rows in the contract's order: descending step, ascending lane. */
    static void addRows(
            int steps,
            int lanes,
            double[] rows,
            int offset,
            int stride,
            int stepStride,
            int width,
            double[] sum,
            int sumOffset) {
        for (int step = steps - 1; step >= 0; step--) {
            for (int lane = 0; lane < lanes; lane++) {
                int at = offset + step * stepStride + lane * stride;
                for (int i = 0; i < width; i++) {
                    sum[sumOffset + i] += rows[at + i];
                }
            }
        }
    }
}
