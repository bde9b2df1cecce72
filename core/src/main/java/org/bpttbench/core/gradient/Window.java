package org.bpttbench.core.gradient;

import java.util.Arrays;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * A stretch that the adjoint travels back over: which steps, which losses it injects, and by what the adjoint is
 * multiplied on each link. Written by a {@link Schedule}, read by everybody else; reused from window to window.
 *
 * <p>Rows are the R·B adjoint rows: row r belongs to draw r / B and to lane r mod B. Without carries every link carries
 * 1; without injections every step behind the lookback injects its losses in every row.
 */
public final class Window implements Checkpointed {
    private final int lanes;
    private final int draws;
    private int steps;
    private int lookback;
    private boolean carried;
    private boolean injected;
    private boolean continued;
    private double[] carries = {};
    private boolean[] injections = {};

    /**
     * @param lanes B
     * @param draws R
     */
    public Window(int lanes, int draws) {
        this.lanes = lanes;
        this.draws = draws;
    }

    /**
     * Starts a new window with neither carries nor injections.
     *
     * @param steps all steps, the lookback among them
     * @param lookback how many of them, the first, were run forward for an earlier window
     */
    public void reset(int steps, int lookback) {
        if (steps < 1 || lookback < 0 || lookback > steps) {
            throw new IllegalArgumentException("a window of " + steps + " steps with a lookback of " + lookback);
        }
        this.steps = steps;
        this.lookback = lookback;
        this.carried = false;
        this.injected = false;
        this.continued = false;
    }

    /**
     * Starts a part of a window that has neither carries nor injections nor lookback.
     *
     * @param steps of the part
     * @param continued whether the steps before the part will be walked back next: a loss may be left there to inject
     */
    void resetPart(int steps, boolean continued) {
        reset(steps, 0);
        this.continued = continued;
    }

    public int lanes() {
        return lanes;
    }

    public int draws() {
        return draws;
    }

    /** R·B. */
    public int rows() {
        return lanes * draws;
    }

    public int steps() {
        return steps;
    }

    public int lookback() {
        return lookback;
    }

    /** Steps that have yet to be run forward when the schedule hands the window out. */
    public int newSteps() {
        return steps - lookback;
    }

    /**
     * Gives the window carries, all 1 at first: entry {@code [j·rows + r]} multiplies the adjoint of row r when it steps
     * back from step j+1 of the window to step j; 0 is a cut. The entries of the last step concern an adjoint that comes
     * from outside the window and are 1 unless set.
     *
     * @return to be written by the schedule
     */
    public double[] makeCarries() {
        carried = true;
        int size = Math.multiplyExact(steps, rows());
        if (carries.length < size) {
            carries = new double[size + size / 2];
        }
        Arrays.fill(carries, 0, size, 1.0);
        return carries;
    }

    /**
     * Gives the window injections, all false at first: entry {@code [j·rows + r]} says whether row r injects the loss of
     * step j.
     *
     * @return to be written by the schedule
     */
    public boolean[] makeInjections() {
        injected = true;
        int size = Math.multiplyExact(steps, rows());
        if (injections.length < size) {
            injections = new boolean[size + size / 2];
        }
        Arrays.fill(injections, 0, size, false);
        return injections;
    }

    /** The carries, not to be modified, or null where all are 1. */
    public double @Nullable [] carries() {
        return carried ? carries : null;
    }

    /** The injections, not to be modified, or null where just the steps behind the lookback inject, in every row. */
    public boolean @Nullable [] injections() {
        return injected ? injections : null;
    }

    /** Whether this is a part, and the steps before it belong to the window too. */
    boolean continued() {
        return continued;
    }

    public double carry(int step, int row) {
        return carried ? carries[step * rows() + row] : 1.0;
    }

    public boolean injects(int step, int row) {
        return injected ? injections[step * rows() + row] : step >= lookback;
    }

    @Override
    public void save(StateWriter out) {
        out.section("window");
        out.putInt(steps);
        out.putInt(lookback);
        out.putBoolean(continued);
        out.putBoolean(carried);
        out.putBoolean(injected);
        out.putDoubles(carries, 0, carried ? steps * rows() : 0);
        out.putBooleans(injections, 0, injected ? steps * rows() : 0);
    }

    @Override
    public void load(StateReader in) {
        in.section("window");
        reset(in.readInt(), in.readInt());
        continued = in.readBoolean();
        boolean hasCarries = in.readBoolean();
        boolean hasInjections = in.readBoolean();
        if (hasCarries) {
            makeCarries();
        }
        if (hasInjections) {
            makeInjections();
        }
        in.readDoubles(carries, 0, carried ? steps * rows() : 0);
        in.readBooleans(injections, 0, injected ? steps * rows() : 0);
    }
}
