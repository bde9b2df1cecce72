package org.bpttbench.core.tape;

import java.util.Arrays;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/**
 * States at the starts of segments, from which the segments can be run forward again. A slot of a lower level is taken
 * over by the next segments that need it. Segments count from 0. Not thread-safe.
 */
public final class Checkpoints implements Checkpointed {
    private static final int NONE = -1;

    private final int[] every;
    /** Level by level, slot by slot, {@code [B×states]}. */
    private final double[][][] states;
    /** Which segment's start a slot keeps. */
    private final int[][] segments;

    public Checkpoints(SegmentPlan plan) {
        int width = plan.shape().lanes() * plan.shape().states();
        this.every = new int[plan.levels()];
        this.states = new double[plan.levels()][][];
        this.segments = new int[plan.levels()][];
        for (int level = 0; level < plan.levels(); level++) {
            every[level] = plan.every(level);
            states[level] = new double[plan.slots(level)][width];
            segments[level] = new int[plan.slots(level)];
        }
        clear();
    }

    /** Forgets all states. */
    public void clear() {
        for (int[] level : segments) {
            Arrays.fill(level, NONE);
        }
    }

    /** Keeps the state after the tape's last step as that from which a segment starts, on every level that has it. */
    public void keep(int segment, Tape tape) {
        for (int level = 0; level < every.length; level++) {
            if (segment % every[level] == 0) {
                int slot = slot(level, segment);
                tape.copyState(states[level][slot]);
                segments[level][slot] = segment;
            }
        }
    }

    /**
     * The last segment, not after the given one, whose start is kept.
     *
     * @throws IllegalStateException if there is none
     */
    public int nearest(int segment) {
        for (int level = 0; level < every.length; level++) {
            int start = segment - segment % every[level];
            if (segments[level][slot(level, start)] == start) {
                return start;
            }
        }
        throw new IllegalStateException("no state is kept at or before segment " + segment);
    }

    /** Empties the tape and sets it to the start of a segment that {@link #nearest} named. */
    public void restart(Tape tape, int segment) {
        for (int level = 0; level < every.length; level++) {
            int slot = slot(level, segment);
            if (segments[level][slot] == segment) {
                tape.restart(states[level][slot]);
                return;
            }
        }
        throw new IllegalStateException("the state at the start of segment " + segment + " is not kept");
    }

    @Override
    public void save(StateWriter out) {
        out.section("states");
        for (int level = 0; level < every.length; level++) {
            out.putInts(segments[level]);
            for (int slot = 0; slot < segments[level].length; slot++) {
                if (segments[level][slot] != NONE) {
                    out.putDoubles(states[level][slot]);
                }
            }
        }
    }

    @Override
    public void load(StateReader in) {
        in.section("states");
        for (int level = 0; level < every.length; level++) {
            in.readInts(segments[level]);
            for (int slot = 0; slot < segments[level].length; slot++) {
                if (segments[level][slot] != NONE) {
                    in.readDoubles(states[level][slot]);
                }
            }
        }
    }

    private int slot(int level, int segment) {
        return segment / every[level] % states[level].length;
    }
}
