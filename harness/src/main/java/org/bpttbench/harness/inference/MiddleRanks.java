package org.bpttbench.harness.inference;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks of values, from 1, ties sharing the middle one. Values that differ by {@link Rounding} alone are ties. */
final class MiddleRanks {
    private MiddleRanks() {}

    /**
     * Twice the rank of each, a whole number; infinite values rank as they compare.
     *
     * @param values none NaN; not modified
     */
    static int[] doubled(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            // Against the first of them, lest steps of a rounding each join what is far apart.
            while (to < order.length && Rounding.same(values[order[from]], values[order[to]])) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = from + to + 1;
            }
            from = to;
        }
        return ranks;
    }
}
