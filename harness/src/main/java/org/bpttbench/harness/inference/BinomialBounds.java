package org.bpttbench.harness.inference;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Clopper and Pearson's (1934) limits of a probability of which successes in independent trials were counted; 0 and 1 without a
 * trial.
 */
public final class BinomialBounds {
    private static final double ACCURACY = 1e-15;

    private BinomialBounds() {}

    /** The limit that is above the probability at most once in 1/(1 − level); 0 without a success. */
    public static double lower(long successes, long trials, double level) {
        require(successes, trials, level);
        return successes == 0 ? 0 : beta((double) successes, trials - successes + 1.0, 1 - level);
    }

    /** The limit that is below the probability at most once in 1/(1 − level); 1 without a failure. */
    public static double upper(long successes, long trials, double level) {
        require(successes, trials, level);
        return successes == trials ? 1 : beta(successes + 1.0, trials - (double) successes, level);
    }

    /** Both limits, each with half of what the level leaves. */
    public static Interval interval(long successes, long trials, double level) {
        double each = (1 + Interval.requireLevel(level)) / 2;
        return new Interval(lower(successes, trials, each), upper(successes, trials, each));
    }

    private static double beta(double a, double b, double p) {
        return new BetaDistribution(null, a, b, ACCURACY).inverseCumulativeProbability(p);
    }

    private static void require(long successes, long trials, double level) {
        Interval.requireLevel(level);
        if (trials < 0 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException("no binomial count: " + successes + " of " + trials);
        }
    }
}
