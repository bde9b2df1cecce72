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
        StreamPlan plan = StreamPlan.measured(lanes, coins.size(), steps);
        Schedule schedule = truncation.schedule(plan, coins);
        Window window = new Window(lanes, coins.size());
        double[][][] credit = new double[window.rows()][steps][steps];
        schedule.begin(steps);
        int done = 0;
        while (done < steps) {
            schedule.next(window);
            int base = done - window.lookback();
            for (int row = 0; row < window.rows(); row++) {
                add(window, row, base, credit[row]);
            }
            done += window.newSteps();
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
