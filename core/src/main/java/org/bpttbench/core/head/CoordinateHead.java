package org.bpttbench.core.head;

import java.util.Arrays;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;

/**
 * y_t is one entry of what the cell puts out, then a loss. No parameters.
 *
 * @param coordinate which entry, from 0
 */
public record CoordinateHead(int inputSize, int coordinate, Loss loss) implements Head {
    public CoordinateHead {
        if (coordinate < 0 || coordinate >= inputSize) {
            throw new IllegalArgumentException("coordinate " + coordinate + " is not one of " + inputSize);
        }
    }

    @Override
    public int outputSize() {
        return 1;
    }

    @Override
    public ParamLayout layout() {
        return ParamLayout.EMPTY;
    }

    @Override
    public Readout open(Kernels kernels) {
        return new Work();
    }

    private final class Work implements Readout {
        @Override
        public void load(double[] theta, int offset) {
            // Nothing to load.
        }

        @Override
        public void losses(Tape tape, int from, int to) {
            int lanes = tape.lanes();
            int stride = tape.shape().states();
            for (int row = from * lanes; row < to * lanes; row++) {
                tape.outputDeltas()[row] = tape.states()[(row + lanes) * stride + coordinate];
            }
            LossRows.apply(loss, tape, from, to, 1);
        }

        @Override
        public void adjoints(Tape tape, int from, int to) {
            int lanes = tape.lanes();
            Arrays.fill(tape.lossAdjoints(), from * lanes * inputSize, to * lanes * inputSize, 0.0);
            for (int row = from * lanes; row < to * lanes; row++) {
                tape.lossAdjoints()[row * inputSize + coordinate] = tape.outputDeltas()[row];
            }
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
            // No parameters.
        }
    }
}
