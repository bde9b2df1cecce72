package org.bpttbench.experiments.task;

import java.util.Arrays;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;

/** Tapes that hold data and no network. */
final class StreamTapes {
    private StreamTapes() {}

    static Tape tape(EndlessTask task, int lanes, int steps) {
        int outputs = task.outputs();
        int targets = task.loss().targets(outputs);
        boolean labels = task.loss().labels();
        return new Tape(new TapeShape(lanes, task.inputs(), task.tokens(), 0, 0, 0, outputs, targets, labels), steps);
    }

    /** Steps of a stream side by side. */
    static Tape filled(EndlessTask task, Source source, int lanes, int steps) {
        Tape tape = tape(task, lanes, steps);
        tape.append(steps);
        source.fill(tape, 0, steps);
        return tape;
    }

    static Source source(EndlessTask task, int lanes, long seed) {
        LaneStream[] streams = new LaneStream[lanes];
        Arrays.setAll(streams, lane -> task.lane(Seeds.of(seed).at(lane)));
        return new EndlessSource(task.tokens(), new double[0], streams);
    }
}
