package org.bpttbench.experiments.task;

import java.util.function.Supplier;
import org.bpttbench.core.tape.Tape;

/** Prediction of the next symbol of a text that is made up line by line. The first symbol of all is only an input. */
final class LineStream implements LaneStream {
    private final Supplier<int[]> lines;
    private int[] line;
    private int at;

    /** @param lines symbols, one at least, the end of the line among them */
    LineStream(Supplier<int[]> lines) {
        this.lines = lines;
        this.line = lines.get();
    }

    @Override
    public void next(Tape tape, int row) {
        tape.tokens()[row] = line[at];
        at++;
        if (at == line.length) {
            line = lines.get();
            at = 0;
        }
        tape.labels()[row] = line[at];
        tape.masks()[row] = true;
    }
}
