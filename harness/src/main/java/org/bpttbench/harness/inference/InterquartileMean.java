package org.bpttbench.harness.inference;

import java.util.Arrays;
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
     * @throws IllegalArgumentException if there are none, one is NaN, or they are infinite in both directions
     */
    public static double of(double... values) {
        require(values);
        return ofSorted(sorted(values));
    }

    /** With {@value #RESAMPLES} resamples. */
    public static Interval interval(double[] values, double level, UniformRandomProvider random) {
        return interval(values, level, RESAMPLES, random);
    }

    /**
     * @param values not modified
     * @throws IllegalArgumentException as {@link #of}, and if the resamples are too few for the level
     */
    public static Interval interval(double[] values, double level, int resamples, UniformRandomProvider random) {
        require(values);
        int rank = (int) Math.floor((resamples + 1) * (1 - Interval.requireLevel(level)) / 2 + ROUNDING);
        if (rank < 1) {
            throw new IllegalArgumentException("level " + level + " needs more than " + resamples + " resamples");
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
        return new Interval(means[rank - 1], means[resamples - rank]);
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

    private static void require(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there is no value");
        }
        boolean up = false;
        boolean down = false;
        for (double value : values) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("a value is NaN");
            }
            up |= value == Double.POSITIVE_INFINITY;
            down |= value == Double.NEGATIVE_INFINITY;
        }
        if (up && down) {
            throw new IllegalArgumentException("values are infinite in both directions: only one can be the worst");
        }
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
