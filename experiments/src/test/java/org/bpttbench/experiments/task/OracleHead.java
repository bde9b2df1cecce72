package org.bpttbench.experiments.task;

import org.bpttbench.core.head.Head;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.head.Readout;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;

/**
 * A head that looks at the answer: its predictions are made by hand, its losses from their definition. For class numbers a
 * prediction is a distribution.
 *
 * @param answers what is predicted at a row of the tape
 */
record OracleHead(int outputSize, Loss loss, Answers answers) implements Head {
    /** What is predicted. */
    @FunctionalInterface
    interface Answers {
        /** The prediction for the lane and step of a row. */
        double[] at(Tape tape, int row);
    }

    /** All probability on the label, or the target itself. */
    static Answers perfect(int outputs, Loss loss) {
        return (tape, row) -> {
            double[] answer = new double[outputs];
            if (loss.labels()) {
                answer[tape.labels()[row]] = 1.0;
            } else {
                System.arraycopy(tape.targets(), row * outputs, answer, 0, outputs);
            }
            return answer;
        };
    }

    @Override
    public int inputSize() {
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
            for (int row = from * tape.lanes(); row < to * tape.lanes(); row++) {
                boolean scored = tape.masks()[row];
                double[] answer = answers.at(tape, row);
                tape.losses()[row] = 0.0;
                for (int i = 0; i < outputSize; i++) {
                    double delta = loss.labels()
                            ? answer[i] - (tape.labels()[row] == i ? 1.0 : 0.0)
                            : answer[i] - tape.targets()[row * outputSize + i];
                    tape.outputDeltas()[row * outputSize + i] = scored ? delta / tape.lanes() : 0.0;
                    tape.losses()[row] += scored && !loss.labels() ? 0.5 * delta * delta : 0.0;
                }
                if (scored && loss.labels()) {
                    tape.losses()[row] = -StrictMath.log(answer[tape.labels()[row]]);
                }
            }
        }

        @Override
        public void adjoints(Tape tape, int from, int to) {
            throw new UnsupportedOperationException("nothing is learnt here");
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
            throw new UnsupportedOperationException("nothing is learnt here");
        }
    }
}
