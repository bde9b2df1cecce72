package org.bpttbench.harness.inference;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The bootstrap-t interval (Efron &amp; Tibshirani 1993, section 12.5) for the mean of the means of R strata: values are
 * drawn anew within each stratum, and each resample's mean is studentised by its own standard error
 *
 * <pre>
 * se² = Σ_r s_r²/n_r / R²
 * </pre>
 *
 * <p>so that the interval follows the skewness of the values, as Student's does not.
 */
public final class StudentisedBootstrap {
    /** With it the usual levels fall on whole ranks. */
    public static final int RESAMPLES = 1999;

    private static final double ROUNDING = 1e-9;

    private StudentisedBootstrap() {}

    /**
     * An interval and the test that belongs to it.
     *
     * @param pValue of the hypothesis that the mean is 0, two-sided: at most 1 − level if and only if the interval leaves 0
     *     out; at least 2/(resamples + 1)
     */
    public record Tested(Interval interval, double pValue) {}

    /** With {@value #RESAMPLES} resamples. */
    public static Interval interval(double[][] strata, double level, UniformRandomProvider random) {
        return interval(strata, level, RESAMPLES, random);
    }

    /**
     * @param strata {@code [R][n_r]}, not modified; the interval is one point if no stratum's values differ
     * @throws IllegalArgumentException if there is no stratum, one has fewer than two values, a value is not finite, or
     *     the resamples are too few for the level
     */
    public static Interval interval(double[][] strata, double level, int resamples, UniformRandomProvider random) {
        return tested(strata, level, resamples, random).interval();
    }

    /**
     * @param strata {@code [R][n_r]}, not modified; without chance p is 0, or 1 if the mean is
     * @throws IllegalArgumentException as {@link #interval(double[][], double, int, UniformRandomProvider)}
     */
    public static Tested tested(double[][] strata, double level, int resamples, UniformRandomProvider random) {
        require(strata);
        int rank = (int) Math.floor((resamples + 1) * (1 - Interval.requireLevel(level)) / 2 + ROUNDING);
        if (rank < 1) {
            throw new IllegalArgumentException("level " + level + " needs at least "
                    + (long) Math.ceil(2 / (1 - level) - 1 - ROUNDING) + " resamples, not " + resamples);
        }
        Mean observed = Mean.of(strata);
        if (observed.standardError == 0) {
            return new Tested(new Interval(observed.value, observed.value), observed.value == 0 ? 1 : 0);
        }
        double[] t = new double[resamples];
        double[][] drawn = Arrays.stream(strata).map(double[]::clone).toArray(double[][]::new);
        for (int k = 0; k < resamples; k++) {
            for (int r = 0; r < strata.length; r++) {
                draw(strata[r], drawn[r], random);
            }
            t[k] = Mean.of(drawn).studentised(observed.value);
        }
        Arrays.sort(t);
        Interval interval = new Interval(
                observed.value - t[resamples - rank] * observed.standardError,
                observed.value - t[rank - 1] * observed.standardError);
        return new Tested(interval, pValue(t, observed.value / observed.standardError));
    }

    /** Twice the share of resamples that are as far to one side, the observation among them. */
    private static double pValue(double[] t, double observed) {
        int below = 1;
        int above = 1;
        for (double each : t) {
            below += each <= observed ? 1 : 0;
            above += each >= observed ? 1 : 0;
        }
        return Math.min(1.0, 2.0 * Math.min(below, above) / (t.length + 1.0));
    }

    private static void require(double[][] strata) {
        if (strata.length == 0) {
            throw new IllegalArgumentException("there is no stratum");
        }
        for (int r = 0; r < strata.length; r++) {
            if (strata[r].length < 2) {
                throw new IllegalArgumentException("stratum " + r + " needs two values, not " + strata[r].length);
            }
            for (double value : strata[r]) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("a value of stratum " + r + " is " + value);
                }
            }
        }
    }

    private static void draw(double[] from, double[] to, UniformRandomProvider random) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[random.nextInt(from.length)];
        }
    }

    private record Mean(double value, double standardError) {
        static Mean of(double[][] strata) {
            double sum = 0;
            double variance = 0;
            for (double[] stratum : strata) {
                int n = stratum.length;
                double mean = 0;
                boolean differ = false;
                for (double value : stratum) {
                    mean += value;
                    differ |= value != stratum[0];
                }
                mean = differ ? mean / n : stratum[0];
                double squares = 0;
                for (double value : stratum) {
                    squares += (value - mean) * (value - mean);
                }
                sum += mean;
                variance += squares / (n - 1) / n;
            }
            int count = strata.length;
            return new Mean(sum / count, Math.sqrt(variance) / count);
        }

        /** Infinite where a resample has the same value everywhere: it says nothing of its own error. */
        double studentised(double truth) {
            return value == truth ? 0 : (value - truth) / standardError;
        }
    }
}
