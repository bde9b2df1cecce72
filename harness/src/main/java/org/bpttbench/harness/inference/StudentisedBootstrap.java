package org.bpttbench.harness.inference;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
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
     * An interval and the test that belongs to it: both, or neither.
     *
     * @param interval empty where too little is known of chance: without a stratum, with one of fewer than two values, a
     *     value that is not finite, values that do not differ by more than rounding, or more resamples without a spread than
     *     lie beyond a limit
     * @param pValue of the hypothesis that the mean is 0, two-sided: at most 1 − level if and only if the interval leaves 0
     *     out; at least 2/(resamples + 1)
     */
    public record Tested(Optional<Interval> interval, OptionalDouble pValue) {
        private static final Tested NONE = new Tested(Optional.empty(), OptionalDouble.empty());
    }

    /** With {@value #RESAMPLES} resamples. */
    public static Optional<Interval> interval(double[][] strata, double level, UniformRandomProvider random) {
        return interval(strata, level, RESAMPLES, random);
    }

    /** As {@link #tested}, without the test. */
    public static Optional<Interval> interval(
            double[][] strata, double level, int resamples, UniformRandomProvider random) {
        return tested(strata, level, resamples, random).interval();
    }

    /**
     * @param strata {@code [R][n_r]}, not modified
     * @throws IllegalArgumentException if the resamples are too few for the level
     */
    public static Tested tested(double[][] strata, double level, int resamples, UniformRandomProvider random) {
        double beyond = (1 - Interval.requireLevel(level)) / 2;
        int rank = (int) Math.floor((resamples + 1) * beyond + ROUNDING);
        if (rank < 1) {
            throw new IllegalArgumentException("level " + level + " needs at least "
                    + (long) Math.ceil(2 / (1 - level) - 1 - ROUNDING) + " resamples, not " + resamples);
        }
        if (!vary(strata)) {
            return Tested.NONE;
        }
        double still = Rounding.of(largest(strata));
        Mean observed = Mean.of(strata);
        if (!(observed.standardError > still)) {
            return Tested.NONE;
        }
        double[] t = new double[resamples];
        int without = 0;
        double[][] drawn = Arrays.stream(strata).map(double[]::clone).toArray(double[][]::new);
        for (int k = 0; k < resamples; k++) {
            for (int r = 0; r < strata.length; r++) {
                draw(strata[r], drawn[r], random);
            }
            Mean resampled = Mean.of(drawn);
            boolean spread = resampled.standardError > still;
            without += spread ? 0 : 1;
            t[k] = spread
                    ? (resampled.value - observed.value) / resampled.standardError
                    : infinite(Rounding.difference(observed.value, resampled.value));
        }
        if (without > beyond * resamples) {
            return Tested.NONE;
        }
        Arrays.sort(t);
        Optional<Interval> interval = Interval.ifFinite(
                observed.value - t[resamples - rank] * observed.standardError,
                observed.value - t[rank - 1] * observed.standardError);
        return interval.isEmpty()
                ? Tested.NONE
                : new Tested(interval, OptionalDouble.of(pValue(t, observed.value / observed.standardError)));
    }

    /** Where a resample has the same value everywhere it says nothing of its own error. */
    private static double infinite(double difference) {
        return difference == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, difference);
    }

    /** Whether there are strata, all of them of two values or more, all of them finite. */
    private static boolean vary(double[][] strata) {
        return strata.length > 0
                && Arrays.stream(strata)
                        .allMatch(stratum ->
                                stratum.length > 1 && Arrays.stream(stratum).allMatch(Double::isFinite));
    }

    private static double largest(double[][] strata) {
        return Arrays.stream(strata)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
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
    }
}
