package org.bpttbench.harness.inference;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/** Student's interval for the mean of paired differences. */
public final class PairedMean {
    private PairedMean() {}

    /**
     * @param differences not modified
     * @return empty with fewer than two, which do not show how they vary, and if one of them, or what is computed of them, is
     *     not finite
     */
    public static Optional<Interval> interval(double[] differences, double level) {
        Interval.requireLevel(level);
        double mean = 0;
        for (double difference : differences) {
            mean += difference / differences.length;
        }
        int n = differences.length;
        if (n < 2) {
            return Optional.empty();
        }
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        double t = new TDistribution(null, n - 1).inverseCumulativeProbability((1 + level) / 2);
        double half = t * Math.sqrt(squares / (n - 1) / n);
        return Interval.ifFinite(mean - half, mean + half);
    }
}
