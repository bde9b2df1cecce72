package org.bpttbench.harness.inference;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/**
 * The law of Q = Σ_j λ_j ε_j² with independent ε_j ~ N(0, 1) and weights of any sign: that of a quadratic form in normal
 * variables. Immutable.
 *
 * <p>Imhof (1961) and Davies (1980) integrate the characteristic function along the imaginary axis, where it oscillates
 * and, with few weights, hardly decays. {@link TailIntegral} bends the path of integration through the saddlepoint
 * instead (Rice 1980), where a few dozen nodes give ten digits; the relative error of small tail probabilities is as
 * small.
 */
public final class WeightedChiSquares {
    /** Beside the largest, such a weight moves no double by its own last digit. */
    private static final double NEGLIGIBLE = 1e-16;

    /** Newton's method squares the error: the step after this one would be below the accuracy of the tail. */
    private static final double CLOSE = 1e-8;

    private static final int MAX_STEPS = 300;

    private final double scale;
    private final double mean;
    private final double variance;
    private final double skewness;
    private final boolean nonNegative;
    private final boolean nonPositive;
    private final TailIntegral tails;

    private WeightedChiSquares(double[] sorted, double scale) {
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        for (double weight : sorted) {
            sum += weight;
            squares += weight * weight;
            cubes += weight * weight * weight;
        }
        this.scale = scale;
        mean = sum;
        variance = 2 * squares;
        skewness = 8 * cubes / Math.pow(variance, 1.5);
        nonNegative = sorted.length == 0 || sorted[0] >= 0;
        nonPositive = sorted.length == 0 || sorted[sorted.length - 1] <= 0;
        tails = new TailIntegral(sorted);
    }

    /**
     * @param weights λ in any order, not modified; without a weight other than 0, Q is 0; with one that is not finite, nothing
     *     is known of Q, and all figures of it are NaN
     */
    public static WeightedChiSquares of(double... weights) {
        double largest = 0;
        for (double weight : weights) {
            if (!Double.isFinite(weight)) {
                return new WeightedChiSquares(new double[0], Double.NaN);
            }
            largest = Math.max(largest, Math.abs(weight));
        }
        double scale = largest;
        double[] kept = Arrays.stream(weights)
                .filter(weight -> Math.abs(weight) > NEGLIGIBLE * scale)
                .map(weight -> weight / scale)
                .sorted()
                .toArray();
        return new WeightedChiSquares(kept, scale);
    }

    public double mean() {
        return mean * scale;
    }

    public double variance() {
        return variance * scale * scale;
    }

    /** P(Q ≤ x); NaN at NaN. */
    public double cdf(double x) {
        Tail tail = tail(x);
        return tail.upper() ? 1 - tail.probability() : tail.probability();
    }

    /** P(Q &gt; x), with a small relative error where it is small; NaN at NaN. */
    public double survival(double x) {
        Tail tail = tail(x);
        return tail.upper() ? tail.probability() : 1 - tail.probability();
    }

    /**
     * The x with P(Q ≤ x) = p.
     *
     * @throws IllegalArgumentException unless 0 &lt; p &lt; 1
     */
    public double quantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("a probability lies between 0 and 1, not at " + p);
        }
        return scale > 0 ? scale * solve(p) : scale;
    }

    private Tail tail(double x) {
        if (Double.isNaN(x) || Double.isNaN(scale)) {
            return new Tail(true, Double.NaN, Double.NaN);
        }
        double scaled = scale == 0 ? x : x / scale;
        if (nonPositive && x >= 0) {
            return new Tail(true, 0, 0);
        }
        if ((nonNegative && scaled <= TailIntegral.SMALLEST) || scaled == Double.NEGATIVE_INFINITY) {
            return new Tail(false, 0, 0);
        }
        if ((nonPositive && scaled >= -TailIntegral.SMALLEST) || scaled == Double.POSITIVE_INFINITY) {
            return new Tail(true, 0, 0);
        }
        return tails.at(scaled);
    }

    /**
     * Newton's method on the log odds of P(Q ≤ x), a nearly straight line in the middle and in exponential tails; kept
     * inside the interval known to have the quantile.
     */
    private double solve(double p) {
        double target = Math.log(p) - Math.log1p(-p);
        double low = nonNegative ? 0 : Double.NEGATIVE_INFINITY;
        double high = nonPositive ? 0 : Double.POSITIVE_INFINITY;
        double sd = Math.sqrt(variance);
        double x = start(p, sd);
        for (int step = 0; step < MAX_STEPS; step++) {
            Tail tail = tail(x * scale);
            double excess = tail.logOdds() - target;
            double next = x - excess / tail.logOddsSlope();
            if (Math.abs(excess) < CLOSE && next > low && next < high) {
                return next;
            }
            if (excess > 0) {
                high = x;
            } else {
                low = x;
            }
            x = next > low && next < high ? next : between(low, high, sd);
            if (!(x > low && x < high)) {
                return x;
            }
        }
        return x;
    }

    /** Cornish and Fisher's first correction of the normal quantile, if the support has it. */
    private double start(double p, double sd) {
        double z = Math.sqrt(2) * Erf.erfInv(2 * p - 1);
        double x = mean + sd * (z + skewness * (z * z - 1) / 6);
        return (nonNegative && x <= 0) || (nonPositive && x >= 0) ? mean : x;
    }

    /** Halfway; in orders of magnitude where one end is 0. */
    private static double between(double low, double high, double sd) {
        if (low == Double.NEGATIVE_INFINITY) {
            return high - 4 * Math.max(sd, Math.abs(high));
        }
        if (high == Double.POSITIVE_INFINITY) {
            return low + 4 * Math.max(sd, Math.abs(low));
        }
        if (low == 0) {
            return high / 16;
        }
        return high == 0 ? low / 16 : low + (high - low) / 2;
    }

    /**
     * What is known of the law at a point.
     *
     * @param upper whether the probability is that of larger values, else of smaller
     * @param density of Q, at the point
     */
    record Tail(boolean upper, double probability, double density) {
        double logOdds() {
            double odds = Math.log(probability) - Math.log1p(-probability);
            return upper ? -odds : odds;
        }

        double logOddsSlope() {
            return density / (probability * (1 - probability));
        }
    }
}
