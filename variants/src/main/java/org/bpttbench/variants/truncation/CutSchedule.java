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
 * Windows of a random truncation. Where all rows are cut together (one row, or one draw with shared cuts) each segment is
 * a window; otherwise the sequence is one window, with cuts inside, which is the same estimate handed on at the end.
 *
 * <p>One flip a link and lane (a link where shared), in the order of time, then of lanes. A draw's flips come from its own
 * coin: its cuts do not depend on how many draws are made together.
 */
final class CutSchedule implements Schedule {
    private final LinkRule rule;
    private final CutLaw law;
    private final boolean shared;
    private final List<Coin> coins;
    private final int lanes;
    private final long[] ages;
    private double[] carries = new double[64];
    private long left;

    CutSchedule(LinkRule rule, Cuts cuts, StreamPlan plan, List<Coin> coins) {
        this.rule = rule;
        this.law = cuts.law();
        this.coins = List.copyOf(coins);
        this.lanes = plan.lanes();
        this.shared = cuts.together(lanes);
        this.ages = new long[shared ? coins.size() : plan.rows()];
    }

    @Override
    public void begin(long steps) {
        left = steps;
    }

    @Override
    public void next(Window window) {
        if (shared && coins.size() == 1) {
            segment(window);
        } else {
            sequence(window);
        }
    }

    @Override
    public void save(StateWriter out) {
        out.section("cuts");
        out.putLong(left);
    }

    @Override
    public void load(StateReader in) {
        in.section("cuts");
        left = in.readLong();
    }

    /** Draws until the first cut, or to the end of the sequence, which closes without a draw. */
    private void segment(Window window) {
        int steps = 1;
        while (steps < left) {
            double carry = rule.carry(law, steps, coins.get(0));
            if (carry == 0.0) {
                break;
            }
            remember(steps - 1, carry);
            steps++;
        }
        window.reset(steps, 0);
        double[] written = window.makeCarries();
        for (int j = 0; j < steps - 1; j++) {
            Arrays.fill(written, j * lanes, (j + 1) * lanes, carries[j]);
        }
        left -= steps;
    }

    private void remember(int link, double carry) {
        if (link == carries.length) {
            carries = Arrays.copyOf(carries, 2 * link);
        }
        carries[link] = carry;
    }

    private void sequence(Window window) {
        int steps = Math.toIntExact(left);
        window.reset(steps, 0);
        double[] written = window.makeCarries();
        Arrays.fill(ages, 0);
        int drawn = shared ? 1 : lanes;
        for (int j = 0; j < steps - 1; j++) {
            for (int draw = 0; draw < coins.size(); draw++) {
                int row = (j * coins.size() + draw) * lanes;
                for (int lane = 0; lane < drawn; lane++) {
                    int age = draw * drawn + lane;
                    double carry = rule.carry(law, ++ages[age], coins.get(draw));
                    if (carry == 0.0) {
                        ages[age] = 0;
                    }
                    Arrays.fill(written, row + lane, row + (shared ? lanes : lane + 1), carry);
                }
            }
        }
        left = 0;
    }
}
