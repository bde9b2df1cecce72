package org.bpttbench.variants.truncation;

import java.util.Arrays;
import java.util.List;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/**
 * Windows of a random truncation whose rows are cut each on its own, on a stream that cannot wait for the end of its
 * sequence. At every flush, and at the end, the window takes of each row the segments that have closed since the last one:
 * it reaches back to where the oldest of them was opened and injects their losses, which is when they are injected at all.
 * Segments still open inject nothing, and stay on the tape.
 *
 * <p>Flips as {@link CutSchedule} does, in the order of time, then of lanes, each draw with its own coin: the same coins
 * give the same cuts under any flush, and the sum over a sequence is the same estimate.
 */
final class FlushSchedule implements Schedule {
    private final LinkRule rule;
    private final CutLaw law;
    private final int flush;
    private final List<Coin> coins;
    private final int lanes;
    private final CarryHistory history;
    /** For each row, the step at which the segment began that was open at the last flush. */
    private final long[] opened;
    /** The same as of now: what of a row lies between the two has closed since. */
    private final long[] open;

    private long done;
    private long left;

    FlushSchedule(LinkRule rule, CutLaw law, int flush, StreamPlan plan, List<Coin> coins) {
        this.rule = rule;
        this.law = law;
        this.flush = flush;
        this.coins = List.copyOf(coins);
        this.lanes = plan.lanes();
        this.history = new CarryHistory(plan.rows());
        this.opened = new long[plan.rows()];
        this.open = new long[plan.rows()];
    }

    @Override
    public void begin(long steps) {
        done = 0;
        left = steps;
        history.clear();
        Arrays.fill(opened, 0);
        Arrays.fill(open, 0);
    }

    @Override
    public void next(Window window) {
        int fresh = (int) Math.min(flush, left);
        for (int i = 1; i < fresh; i++) {
            link(done + i);
        }
        if (fresh == left) {
            history.append();
            Arrays.fill(open, done + fresh);
        } else {
            link(done + fresh);
        }
        write(window, fresh);
        System.arraycopy(open, 0, opened, 0, open.length);
        done += fresh;
        left -= fresh;
        history.forgetBefore(oldest());
    }

    @Override
    public void save(StateWriter out) {
        out.section("flushes");
        out.putLong(done);
        out.putLong(left);
        out.putLongs(opened);
        out.putLongs(open);
        history.save(out);
    }

    @Override
    public void load(StateReader in) {
        in.section("flushes");
        done = in.readLong();
        left = in.readLong();
        in.readLongs(opened);
        in.readLongs(open);
        history.load(in);
    }

    /** Draws the links between a step and the one before it. */
    private void link(long step) {
        history.append();
        for (int draw = 0; draw < coins.size(); draw++) {
            for (int row = draw * lanes; row < (draw + 1) * lanes; row++) {
                double carry = rule.carry(law, step - open[row], coins.get(draw));
                history.set(row, carry);
                if (carry == 0.0) {
                    open[row] = step;
                }
            }
        }
    }

    /** Where nothing has closed the window is that of the new steps, and injects nothing. */
    private void write(Window window, int fresh) {
        long from = done;
        for (int row = 0; row < open.length; row++) {
            if (open[row] > opened[row]) {
                from = Math.min(from, opened[row]);
            }
        }
        int back = Math.toIntExact(done - from);
        window.reset(Math.addExact(back, fresh), back);
        history.copyFrom(from, window.makeCarries());
        boolean[] injections = window.makeInjections();
        for (int row = 0; row < open.length; row++) {
            for (long step = opened[row]; step < open[row]; step++) {
                injections[(int) (step - from) * open.length + row] = true;
            }
        }
    }

    /** The start of the oldest open segment. */
    private long oldest() {
        long oldest = opened[0];
        for (long start : opened) {
            oldest = Math.min(oldest, start);
        }
        return oldest;
    }

    @Override
    public int lookback() {
        return Math.toIntExact(done - oldest());
    }
}
