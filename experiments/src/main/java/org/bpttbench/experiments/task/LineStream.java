package org.bpttbench.experiments.task;

import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Generators;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/** Prediction of the next symbol of a text that is made up line by line. The first symbol of all is only an input. */
final class LineStream implements LaneStream {
    private final Supplier<int[]> lines;
    private final UniformRandomProvider random;
    private int[] line;
    private int at;

    /**
     * @param lines symbols, one at least, the end of the line among them
     * @param random what the lines are drawn from, and nothing else
     */
    LineStream(Supplier<int[]> lines, UniformRandomProvider random) {
        this.lines = lines;
        this.random = random;
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

    @Override
    public void save(StateWriter out) {
        out.section("lines");
        out.putInts(line);
        out.putInt(at);
        Generators.save(random, out);
    }

    @Override
    public void load(StateReader in) {
        in.section("lines");
        line = in.readInts();
        at = in.readInt();
        Generators.load(random, in);
    }
}
