package org.bpttbench.harness.inference;

import java.util.Optional;

/**
 * A confidence interval.
 *
 * @param low at most {@code high}; may be −∞
 * @param high may be ∞
 */
public record Interval(double low, double high) {
    /**
     * What was computed of numbers that may have left the range of doubles on the way.
     *
     * @return empty unless both bounds are finite and in order
     */
    static Optional<Interval> ifFinite(double low, double high) {
        return low <= high && Double.isFinite(low) && Double.isFinite(high)
                ? Optional.of(new Interval(low, high))
                : Optional.empty();
    }

    /** @throws IllegalArgumentException if a bound is not a number or they are the wrong way round */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("no interval: " + low + " to " + high);
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** @throws IllegalArgumentException unless the level is a probability between 0 and 1, bounds excluded */
    static double requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a confidence level lies between 0 and 1, not at " + level);
        }
        return level;
    }
}
