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
     * @return empty if a sample has fewer than two values, which do not show how they vary
     * @throws IllegalArgumentException if a value is not finite
     */
    public static Optional<Interval> interval(double[] first, double[] second, double level) {
        Interval.requireLevel(level);
        requireFinite(first);
        requireFinite(second);
        if (first.length < 2 || second.length < 2) {
            return Optional.empty();
        }
        double difference = StatUtils.mean(second) - StatUtils.mean(first);
        double one = StatUtils.variance(first) / first.length;
        double other = StatUtils.variance(second) / second.length;
        if (one + other == 0) {
            return Optional.of(new Interval(difference, difference));
        }
        double freedom =
                (one + other) * (one + other) / (one * one / (first.length - 1) + other * other / (second.length - 1));
        double t = new TDistribution(null, freedom).inverseCumulativeProbability((1 + level) / 2);
        double half = t * Math.sqrt(one + other);
        return Optional.of(new Interval(difference - half, difference + half));
    }

    private static void requireFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a value is " + value);
            }
        }
    }
}
