package org.bpttbench.harness.inference;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/** Welch's (1947) interval for the difference of the means of two independent samples, whose variances may differ. */
public final class MeanDifference {
    private MeanDifference() {}

    /**
     * Of the second mean less the first; degrees of freedom by Satterthwaite (1946).
     *
     * @param first not modified
     * @param second not modified
     * @return empty if a sample has fewer than two values, which do not show how they vary, and if one of them, or what is
     *     computed of them, is not finite
     */
    public static Optional<Interval> interval(double[] first, double[] second, double level) {
        Interval.requireLevel(level);
        if (first.length < 2 || second.length < 2) {
            return Optional.empty();
        }
        double difference = StatUtils.mean(second) - StatUtils.mean(first);
        double one = StatUtils.variance(first) / first.length;
        double other = StatUtils.variance(second) / second.length;
        double sum = one + other;
        if (sum == 0 || !Double.isFinite(sum)) {
            return sum == 0 ? Interval.ifFinite(difference, difference) : Optional.empty();
        }
        // As shares of the sum, since squares of small variances are 0.
        double share = one / sum;
        double freedom = 1 / (share * share / (first.length - 1) + (1 - share) * (1 - share) / (second.length - 1));
        double t = new TDistribution(null, freedom).inverseCumulativeProbability((1 + level) / 2);
        double half = t * Math.sqrt(sum);
        return Interval.ifFinite(difference - half, difference + half);
    }
}
