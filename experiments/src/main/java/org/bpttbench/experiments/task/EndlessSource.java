package org.bpttbench.experiments.task;

import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/** Endless streams side by side, one for each lane; none knows of the others. */
final class EndlessSource implements Source {
    private final boolean tokens;
    private final double[] start;
    private final LaneStream[] lanes;

    /**
     * @param tokens whether inputs are symbols
     * @param start state of one lane, not modified
     * @param lanes taken over
     */
    EndlessSource(boolean tokens, double[] start, LaneStream... lanes) {
        this.tokens = tokens;
        this.start = start;
        this.lanes = lanes;
    }

    @Override
    public boolean tokens() {
        return tokens;
    }

    @Override
    public double[] startState() {
        return start;
    }

    @Override
    public long begin() {
        return ENDLESS;
    }

    @Override
    public void fill(Tape tape, int from, int to) {
        int row = from * lanes.length;
        for (int k = from; k < to; k++) {
            for (LaneStream lane : lanes) {
                lane.next(tape, row++);
            }
        }
    }

    @Override
    public void save(StateWriter out) {
        out.section("lanes");
        for (LaneStream lane : lanes) {
            lane.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        in.section("lanes");
        for (LaneStream lane : lanes) {
            lane.load(in);
        }
    }
}
