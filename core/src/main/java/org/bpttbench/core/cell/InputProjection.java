package org.bpttbench.core.cell;

import java.util.Arrays;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;

/**
 * The part of a layer that sees its input: bias + x·U for a stretch at once, and its gradient. x is the input of the tape
 * or the state of the layer below. Symbols are gathered as rows of U, which gives the same bits as their one-hot product.
 */
final class InputProjection {
    private final Kernels kernels;
    private final int inputs;
    private final int width;
    private final boolean biased;
    private final LayerPlace place;
    private final PackedMatrix packed;
    /** Uᵀ, for layers that have another below. */
    private final @Nullable PackedMatrix back;

    private final double[] bias;
    private final double[] weights;

    /**
     * @param inputs rows of U
     * @param width columns of U: all gates; as many columns of the layer's deltas, its first, are their adjoints
     * @param place of the layer
     */
    InputProjection(Kernels kernels, int inputs, int width, boolean biased, LayerPlace place) {
        this.kernels = kernels;
        this.inputs = inputs;
        this.width = width;
        this.biased = biased;
        this.place = place;
        this.packed = kernels.matrix(inputs, width);
        this.back = place.isLowest() ? null : kernels.matrix(width, inputs);
        this.bias = new double[width];
        this.weights = new double[inputs * width];
    }

    /** Parameters: U, then the bias. */
    int size() {
        return inputs * width + (biased ? width : 0);
    }

    void load(double[] theta, int offset) {
        packed.load(theta, offset, width);
        if (back != null) {
            back.loadTransposed(theta, offset, width);
        }
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
        boolean gather = gathers(tape);
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
            double[] source = source(tape);
            kernels.addProduct(rows, source, at(tape, from), sourceStride(), packed, out, outOffset, outStride);
        }
    }

    private boolean gathers(Tape tape) {
        return place.isLowest() && tape.shape().tokens();
    }

    private double[] source(Tape tape) {
        return place.isLowest() ? tape.inputs() : tape.states();
    }

    private int sourceStride() {
        return place.isLowest() ? inputs : place.stateStride();
    }

    /** Where the input of a slot's lane 0 starts: of the layer below, the state after the slot. */
    private int at(Tape tape, int slot) {
        int lanes = tape.lanes();
        return place.isLowest() ? slot * lanes * inputs : (slot + 1) * lanes * place.stateStride() + place.below();
    }

    /** Adds to {@code adjoint} what the deltas mean for the layer below; nothing for the lowest layer. */
    void pullInput(int rows, double[] deltas, int deltaOffset, double[] adjoint) {
        if (back != null) {
            int at = deltaOffset + place.delta();
            kernels.addProduct(
                    rows, deltas, at, place.deltaStride(), back, adjoint, place.below(), place.stateStride());
        }
    }

    /** Adds to rows of {@code out} what the tangent of the layer below means; nothing for the lowest layer. */
    void push(int rows, double[] tangent, double[] out, int outOffset, int outStride) {
        if (!place.isLowest()) {
            kernels.addProduct(rows, tangent, place.below(), place.stateStride(), packed, out, outOffset, outStride);
        }
    }

    /**
     * Adds the gradient of U and of the bias.
     *
     * @param deltas {@code [(to−from)×rows×deltaStride]}
     */
    void pull(Tape tape, int from, int to, double[] deltas, int rows, int firstRow, double[] gradient, int offset) {
        int lanes = tape.lanes();
        int stride = place.deltaStride();
        int deltaOffset = firstRow * stride + place.delta();
        int stepStride = rows * stride;
        if (gathers(tape)) {
            scatter(tape, from, to, deltas, deltaOffset, stride, stepStride, gradient, offset);
        } else {
            kernels.addOuterProducts(
                    to - from,
                    lanes,
                    source(tape),
                    at(tape, from),
                    sourceStride(),
                    lanes * sourceStride(),
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
            int biasAt = offset + inputs * width;
            kernels.addRows(to - from, lanes, deltas, deltaOffset, stride, stepStride, width, gradient, biasAt);
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

    /** Sets the first {@code width} entries of rows to zero. */
    static void zeroRows(int count, int width, double[] rows, int offset, int stride) {
        if (stride == width) {
            Arrays.fill(rows, offset, offset + count * width, 0.0);
            return;
        }
        for (int row = 0; row < count; row++) {
            Arrays.fill(rows, offset + row * stride, offset + row * stride + width, 0.0);
        }
    }
}
