package org.bpttbench.harness.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.harness.inference.InterquartileMean;
import org.bpttbench.harness.inference.Interval;

/**
 * What a metric came to in a setting's replicates. A diverged run has no value and ranks worst, so that an arm cannot win
 * by losing its bad runs.
 *
 * @param finite of the runs that ended well, best first
 * @param diverged how many did not
 * @param lowerIsBetter the metric's direction
 */
public record FinalValues(List<Double> finite, int diverged, boolean lowerIsBetter) {
    private static final double LEVEL = 0.95;

    /** @param finite in any order */
    static FinalValues of(List<Double> finite, int diverged, boolean lowerIsBetter) {
        Stream<Double> ranked = finite.stream().sorted((a, b) -> lowerIsBetter ? a.compareTo(b) : b.compareTo(a));
        return new FinalValues(ranked.toList(), diverged, lowerIsBetter);
    }

    /** What stands for the value of a diverged run: no finite one is worse. */
    static double worst(boolean lowerIsBetter) {
        return lowerIsBetter ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    public int replicates() {
        return finite.size() + diverged;
    }

    /** Of the finite ones; empty if there are none. */
    public OptionalDouble mean() {
        return meanOf(0, finite.size());
    }

    /** Of all, the two in the middle averaged; empty if it falls on a diverged run. */
    public OptionalDouble median() {
        int count = replicates();
        return meanOf((count - 1) / 2, count / 2 + 1);
    }

    /** Interquartile mean: of all but the ⌊n/4⌋ best and ⌊n/4⌋ worst of n; empty if a diverged run is among the rest. */
    public OptionalDouble interquartileMean() {
        return InterquartileMean.of(all());
    }

    /**
     * The 95 % percentile bootstrap interval of the interquartile mean; a limit may be infinite where resamples have too
     * many diverged runs. Empty with fewer than two runs, which do not show how they vary, and if no run ended well.
     */
    Optional<Interval> interquartileInterval(UniformRandomProvider random) {
        return replicates() < 2 || finite.isEmpty()
                ? Optional.empty()
                : InterquartileMean.interval(all(), LEVEL, random);
    }

    /** Best first, diverged runs as infinite ones last. */
    private double[] all() {
        double[] all = new double[replicates()];
        Arrays.fill(all, worst(lowerIsBetter));
        for (int i = 0; i < finite.size(); i++) {
            all[i] = finite.get(i);
        }
        return all;
    }

    private OptionalDouble meanOf(int from, int to) {
        return from < to && to <= finite.size()
                ? finite.subList(from, to).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                : OptionalDouble.empty();
    }
}
