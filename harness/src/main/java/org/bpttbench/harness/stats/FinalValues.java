package org.bpttbench.harness.stats;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a metric came to in a setting's replicates. A diverged run has no value and ranks worst, so that an arm cannot win
 * by losing its bad runs.
 *
 * @param finite of the runs that ended well, best first
 * @param diverged how many did not
 */
public record FinalValues(List<Double> finite, int diverged) {

    /** @param finite in any order */
    static FinalValues of(List<Double> finite, int diverged, boolean lowerIsBetter) {
        Stream<Double> ranked = finite.stream().sorted((a, b) -> lowerIsBetter ? a.compareTo(b) : b.compareTo(a));
        return new FinalValues(ranked.toList(), diverged);
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
        int cut = replicates() / 4;
        return meanOf(cut, replicates() - cut);
    }

    private OptionalDouble meanOf(int from, int to) {
        return from < to && to <= finite.size()
                ? finite.subList(from, to).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                : OptionalDouble.empty();
    }
}
