package org.bpttbench.core.head;

import java.util.Arrays;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;
import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;

/**
 * y_t = h_t·V + b, then a loss. Parameters in this order: V [inputs×outputs], b [outputs].
 *
 * @param biased whether b is a parameter; absent otherwise
 */
public record AffineHead(int inputSize, int outputSize, boolean biased, Loss loss) implements Head {
    @Override
    public ParamLayout layout() {
        ParamLayout weights = ParamLayout.EMPTY.and("readout", Role.READOUT, inputSize, outputSize);
        return biased ? weights.and("readout_bias", Role.READOUT_BIAS, 1, outputSize) : weights;
    }

    @Override
    public Readout open(Kernels kernels) {
        return new Work(kernels, this);
    }

    private static final class Work implements Readout {
        private final Kernels kernels;
        private final int inputs;
        private final int outputs;
        private final boolean biased;
        private final Loss loss;
        private final PackedMatrix forward;
        private final PackedMatrix back;
        private final double[] bias;
        private double[] chosen = {};

        Work(Kernels kernels, AffineHead head) {
            this.kernels = kernels;
            this.inputs = head.inputSize;
            this.outputs = head.outputSize;
            this.biased = head.biased;
            this.loss = head.loss;
            this.forward = kernels.matrix(inputs, outputs);
            this.back = kernels.matrix(outputs, inputs);
            this.bias = new double[outputs];
        }

        @Override
        public void load(double[] theta, int offset) {
            forward.load(theta, offset, outputs);
            back.loadTransposed(theta, offset, outputs);
            if (biased) {
                System.arraycopy(theta, offset + inputs * outputs, bias, 0, outputs);
            }
        }

        @Override
        public void losses(Tape tape, int from, int to) {
            int lanes = tape.lanes();
            int stride = tape.shape().states();
            double[] y = tape.outputDeltas();
            for (int row = from * lanes; row < to * lanes; row++) {
                System.arraycopy(bias, 0, y, row * outputs, outputs);
            }
            kernels.addProduct(
                    (to - from) * lanes,
                    tape.states(),
                    (from + 1) * lanes * stride,
                    stride,
                    forward,
                    y,
                    from * lanes * outputs,
                    outputs);
            LossRows.apply(loss, tape, from, to, outputs);
        }

        @Override
        public void adjoints(Tape tape, int from, int to) {
            int first = from * tape.lanes();
            int rows = (to - from) * tape.lanes();
            Arrays.fill(tape.lossAdjoints(), first * inputs, (first + rows) * inputs, 0.0);
            kernels.addProduct(
                    rows,
                    tape.outputDeltas(),
                    first * outputs,
                    outputs,
                    back,
                    tape.lossAdjoints(),
                    first * inputs,
                    inputs);
        }

        @Override
        public void pullParams(
                Tape tape,
                int from,
                int to,
                boolean @Nullable [] injected,
                int injectedOffset,
                int rows,
                double[] gradient,
                int offset) {
            int lanes = tape.lanes();
            if (injected == null) {
                addGradient(tape, from, to, tape.outputDeltas(), from * lanes * outputs, gradient, offset);
                return;
            }
            if (chosen.length < lanes * outputs) {
                chosen = new double[lanes * outputs];
            }
            for (int k = to - 1; k >= from; k--) {
                for (int lane = 0; lane < lanes; lane++) {
                    int at = lane * outputs;
                    if (injected[injectedOffset + (k - from) * rows + lane]) {
                        System.arraycopy(tape.outputDeltas(), (k * lanes + lane) * outputs, chosen, at, outputs);
                    } else {
                        Arrays.fill(chosen, at, at + outputs, 0.0);
                    }
                }
                addGradient(tape, k, k + 1, chosen, 0, gradient, offset);
            }
        }

        private void addGradient(
                Tape tape, int from, int to, double[] deltas, int deltaOffset, double[] gradient, int offset) {
            int lanes = tape.lanes();
            int stride = tape.shape().states();
            kernels.addOuterProducts(
                    to - from,
                    lanes,
                    tape.states(),
                    (from + 1) * lanes * stride,
                    stride,
                    lanes * stride,
                    inputs,
                    deltas,
                    deltaOffset,
                    outputs,
                    lanes * outputs,
                    outputs,
                    gradient,
                    offset,
                    outputs);
            if (biased) {
                kernels.addRows(
                        to - from,
                        lanes,
                        deltas,
                        deltaOffset,
                        outputs,
                        lanes * outputs,
                        outputs,
                        gradient,
                        offset + inputs * outputs);
            }
        }
    }
}
