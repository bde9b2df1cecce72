package org.bpttbench.harness.inference;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's (1979) step-down adjustment: rejecting where the adjusted p is below α errs at all with probability ≤ α. */
public final class Holm {
    private Holm() {}

    /**
     * @param pValues not modified; NaN where there is no test, which then does not count
     * @return in the order of the p values; NaN where they are
     * @throws IllegalArgumentException if a p value is neither NaN nor a probability
     */
    public static double[] adjust(double... pValues) {
        int[] ascending = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = pValues.clone();
        double largest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            double p = pValues[ascending[rank]];
            if (p < 0 || p > 1) {
                throw new IllegalArgumentException("no probability: " + p);
            }
            largest = Math.max(largest, Math.min(1, (ascending.length - rank) * p));
            adjusted[ascending[rank]] = largest;
        }
        return adjusted;
    }
}
