package org.bpttbench.core.head;

import org.bpttbench.core.tape.Tape;

/** The loss of one lane at one step, from its prediction. */
public enum Loss {
    /** ℓ = ½‖y − target‖². */
    SQUARED_ERROR(false) {
        @Override
        double apply(Tape tape, int row, double[] y, int at, int width) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                y[at + i] -= tape.targets()[row * width + i];
                sum = Math.fma(y[at + i], y[at + i], sum);
            }
            return 0.5 * sum;
        }
    },

    /** ℓ = −log softmax(y)[label], in nats. */
    SOFTMAX_CROSS_ENTROPY(true) {
        @Override
        double apply(Tape tape, int row, double[] y, int at, int width) {
            int label = tape.labels()[row];
            double highest = y[at];
            for (int i = 1; i < width; i++) {
                highest = Math.max(highest, y[at + i]);
            }
            double chosen = y[at + label] - highest;
            double total = 0;
            for (int i = 0; i < width; i++) {
                y[at + i] = StrictMath.exp(y[at + i] - highest);
                total += y[at + i];
            }
            for (int i = 0; i < width; i++) {
                y[at + i] /= total;
            }
            y[at + label] -= 1.0;
            return StrictMath.log(total) - chosen;
        }
    },

    /** ℓ = −Σ target·log softmax(y), in nats: the targets are probabilities. */
    CROSS_ENTROPY(false) {
        @Override
        double apply(Tape tape, int row, double[] y, int at, int width) {
            double highest = y[at];
            for (int i = 1; i < width; i++) {
                highest = Math.max(highest, y[at + i]);
            }
            double mass = 0;
            double chosen = 0;
            double total = 0;
            for (int i = 0; i < width; i++) {
                double target = tape.targets()[row * width + i];
                mass += target;
                chosen = Math.fma(target, y[at + i] - highest, chosen);
                y[at + i] = StrictMath.exp(y[at + i] - highest);
                total += y[at + i];
            }
            for (int i = 0; i < width; i++) {
                y[at + i] = mass * (y[at + i] / total) - tape.targets()[row * width + i];
            }
            return mass * StrictMath.log(total) - chosen;
        }
    },

    /** ℓ = Σ y: the loss is the prediction itself. */
    LINEAR(false) {
        @Override
        double apply(Tape tape, int row, double[] y, int at, int width) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += y[at + i];
                y[at + i] = 1.0;
            }
            return sum;
        }
    };

    private final boolean labels;

    Loss(boolean labels) {
        this.labels = labels;
    }

    /** Whether targets are class numbers. */
    public boolean labels() {
        return labels;
    }

    /** Width of a real-valued target for predictions of a width. */
    public int targets(int outputs) {
        return this == SQUARED_ERROR || this == CROSS_ENTROPY ? outputs : 0;
    }

    /**
     * Replaces the derivatives of a stretch by what they are the difference of, |prediction| + |target|, over B as they are;
     * by 1/B where both are probabilities. Their rounding error is relative to that, and not to what is left of them at an
     * optimum. Masked steps and lanes keep 0.
     *
     * @param tape with the output deltas of slots {@code [from, to)}, which are overwritten
     */
    public void magnitudes(Tape tape, int from, int to) {
        int lanes = tape.lanes();
        int width = tape.shape().outputs();
        double[] deltas = tape.outputDeltas();
        for (int row = from * lanes; row < to * lanes; row++) {
            for (int i = row * width; i < (row + 1) * width && tape.masks()[row]; i++) {
                if (this == SQUARED_ERROR) {
                    double target = tape.targets()[i] / lanes;
                    deltas[i] = Math.abs(deltas[i] + target) + Math.abs(target);
                } else {
                    deltas[i] = 1.0 / lanes;
                }
            }
        }
    }

    /**
     * @param row the lane's row on the tape, slot·B + lane
     * @param y the prediction from {@code at}, overwritten with ∂ℓ/∂y
     * @return ℓ
     */
    abstract double apply(Tape tape, int row, double[] y, int at, int width);
}
