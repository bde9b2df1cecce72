package org.bpttbench.experiments.measure;

/**
 * E[W], the credit matrix that a random truncation has on average: {@code [t][s]} for a loss at step s that reaches step t.
 *
 * <p>E[W[t,s]] = Σ_k P(age k at t)·Π_{t≤u&lt;s} e(k+u−t), where e(k) is what the link behind age k passes on average: a cut
 * in between makes the product 0, and without one the ages go on counting. The recursion asks the truncation for its links
 * and for nothing else; that the result agrees with all patterns of cuts is a test.
 */
final class ExpectedCredit {
    private ExpectedCredit() {}

    /** Costs about {@code steps³/6} products; {@code steps²/2} where all links are alike. */
    static double[][] of(AgeChain chain) {
        int steps = chain.steps();
        double[][] credit = new double[steps][steps];
        boolean ageless = chain.ageless();
        for (int t = 0; t < steps; t++) {
            if (ageless) {
                powers(chain.meanCarry(1), t, credit[t]);
            } else {
                sums(chain, t, credit[t]);
            }
        }
        return credit;
    }

    private static void powers(double mean, int t, double[] row) {
        double weight = 1.0;
        for (int s = t; s < row.length; s++) {
            row[s] = weight;
            weight *= mean;
        }
    }

    private static void sums(AgeChain chain, int t, double[] row) {
        double[] paths = new double[t + 1];
        for (int age = 1; age <= t + 1; age++) {
            paths[age - 1] = chain.probability(t, age);
        }
        for (int s = t; s < row.length; s++) {
            for (int i = 0; i <= t; i++) {
                row[s] += paths[i];
                paths[i] *= chain.meanCarry(i + 1 + s - t);
            }
        }
    }
}
