package org.bpttbench.core.gradient;

import java.util.List;
import org.bpttbench.core.random.Coin;

/**
 * The credit matrix W of a truncation: {@code W[t][s]} is the weight with which the loss of step s reaches step t, so that
 * the estimate is Σ W[t,s]·term(t,s). Built by driving the truncation itself over one sequence of one lane, without a
 * network. Unbiased for every network ⇔ E[W] = 1 on and above the diagonal.
 */
public final class CreditMatrix {
    private CreditMatrix() {}

    /**
     * @param steps length of the sequence
     * @return {@code [steps][steps]}, upper triangular; steps count from 0
     */
    public static double[][] of(Truncation truncation, int steps, Coin coin) {
        return of(truncation, steps, 1, List.of(coin))[0];
    }

    /**
     * The matrices of several lanes of one draw, as a measured sequence is cut.
     *
     * @return {@code [lanes][steps][steps]}
     */
    public static double[][][] of(Truncation truncation, int steps, int lanes, List<Coin> coins) {
        return of(truncation, StreamPlan.measured(lanes, coins.size(), steps), coins);
    }

    /**
     * The matrices of all rows of a stream, over all its sequences.
     *
     * @return {@code [rows][steps][steps]}
     */
    public static double[][][] of(Truncation truncation, StreamPlan plan, List<Coin> coins) {
        Schedule schedule = truncation.schedule(plan, coins);
        Window window = new Window(plan.lanes(), plan.draws());
        int steps = Math.toIntExact(plan.steps());
        double[][][] credit = new double[window.rows()][steps][steps];
        int end = 0;
        for (int done = 0; done < steps; done += window.newSteps()) {
            if (done == end) {
                end = (int) Math.min(steps, end + plan.sequence());
                schedule.begin(end - done);
            }
            schedule.next(window);
            for (int row = 0; row < window.rows(); row++) {
                add(window, row, done - window.lookback(), credit[row]);
            }
        }
        return credit;
    }

    private static void add(Window window, int row, int base, double[][] credit) {
        for (int s = window.steps() - 1; s >= 0; s--) {
            if (window.injects(s, row)) {
                double weight = 1.0;
                for (int t = s; t >= 0 && weight != 0.0; t--) {
                    credit[base + t][base + s] += weight;
                    weight *= t == 0 ? 0.0 : window.carry(t - 1, row);
                }
            }
        }
    }
}
