package org.bpttbench.core.head;

import java.util.Arrays;
import org.bpttbench.core.tape.Tape;

/** Turns the predictions of a stretch into losses and output deltas, lane by lane, masks observed. */
final class LossRows {
    private LossRows() {}

    /** Predictions are read from {@link Tape#outputDeltas} and replaced there. */
    static void apply(Loss loss, Tape tape, int from, int to, int outputs) {
        int lanes = tape.lanes();
        double[] y = tape.outputDeltas();
        for (int row = from * lanes; row < to * lanes; row++) {
            int at = row * outputs;
            if (!tape.masks()[row]) {
                tape.losses()[row] = 0.0;
                Arrays.fill(y, at, at + outputs, 0.0);
                continue;
            }
            tape.losses()[row] = loss.apply(tape, row, y, at, outputs);
            for (int i = 0; i < outputs; i++) {
                y[at + i] /= lanes;
            }
        }
    }
}
