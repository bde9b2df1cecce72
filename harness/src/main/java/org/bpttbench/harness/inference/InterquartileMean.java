package org.bpttbench.harness.inference;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The mean of all values but the ⌊n/4⌋ smallest and ⌊n/4⌋ largest of n, and its percentile bootstrap interval (Agarwal,
 * Schwarzer, Castro, Courville &amp; Bellemare 2021). An infinite value stands for a run that diverged: it is trimmed
 * like any other, and if too many are left the mean, or a limit, is infinite.
 */
public final class InterquartileMean {
    /** With it the usual levels fall on whole ranks. */
    public static final int RESAMPLES = 1999;

    private static final double ROUNDING = 1e-9;

    private InterquartileMean() {}

    /**
     * @param values not modified
     * @return empty if there are none, one is NaN, they are infinite in both directions, so that none is the worst, or what is
     *     left of them has no finite mean
     */
    public static OptionalDouble of(double... values) {
        if (!ranked(values)) {
            return OptionalDouble.empty();
        }
        double mean = ofSorted(sorted(values));
        return Double.isFinite(mean) ? OptionalDouble.of(mean) : OptionalDouble.empty();
    }

    /** With {@value #RESAMPLES} resamples. */
    public static Optional<Interval> interval(double[] values, double level, UniformRandomProvider random) {
        return interval(values, level, RESAMPLES, random);
    }

    /**
     * @param values not modified
     * @return empty if there are none, one is NaN or they are infinite in both directions; a limit may be infinite
     * @throws IllegalArgumentException if the resamples are too few for the level
     */
    public static Optional<Interval> interval(
            double[] values, double level, int resamples, UniformRandomProvider random) {
        int rank = (int) Math.floor((resamples + 1) * (1 - Interval.requireLevel(level)) / 2 + ROUNDING);
        if (rank < 1) {
            throw new IllegalArgumentException("level " + level + " needs more than " + resamples + " resamples");
        }
        if (!ranked(values)) {
            return Optional.empty();
        }
        double[] means = new double[resamples];
        double[] sorted = sorted(values);
        int[] ranks = ranks(values);
        double[] drawn = new double[values.length];
        int[] times = new int[values.length];
        for (int k = 0; k < resamples; k++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < drawn.length; i++) {
                times[ranks[random.nextInt(values.length)]]++;
            }
            repeat(sorted, times, drawn);
            means[k] = ofSorted(drawn);
        }
        Arrays.sort(means);
        return Optional.of(new Interval(means[rank - 1], means[resamples - rank]));
    }

    /** Where each value stands among the sorted ones: a resample is then sorted by counting. */
    private static int[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[values.length];
        for (int i = 0; i < order.length; i++) {
            ranks[order[i]] = i;
        }
        return ranks;
    }

    /** Each value as many times as told, in all as many as there are. */
    private static void repeat(double[] sorted, int[] times, double[] into) {
        int at = 0;
        for (int i = 0; i < sorted.length; i++) {
            for (int k = 0; k < times[i]; k++) {
                into[at++] = sorted[i];
            }
        }
    }

    /** Whether there are values, all numbers, and only one end is infinitely bad. */
    private static boolean ranked(double[] values) {
        boolean numbers = values.length > 0;
        boolean up = false;
        boolean down = false;
        for (double value : values) {
            numbers &= !Double.isNaN(value);
            up |= value == Double.POSITIVE_INFINITY;
            down |= value == Double.NEGATIVE_INFINITY;
        }
        return numbers && !(up && down);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double ofSorted(double[] sorted) {
        int cut = sorted.length / 4;
        double sum = 0;
        for (int i = cut; i < sorted.length - cut; i++) {
            sum += sorted[i];
        }
        return sum / (sorted.length - 2 * cut);
    }
}
