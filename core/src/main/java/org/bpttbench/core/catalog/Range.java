package org.bpttbench.core.catalog;

import org.jspecify.annotations.Nullable;

/**
 * An interval of numbers, either end open, closed or absent.
 *
 * @param low the lower end, null if there is none
 * @param lowExcluded whether the lower end itself lies outside
 * @param high the upper end, null if there is none
 * @param highExcluded whether the upper end itself lies outside
 */
public record Range(
        @Nullable Double low, boolean lowExcluded, @Nullable Double high, boolean highExcluded) {
    static final Range ALL = new Range(null, false, null, false);

    Range from(double value, boolean excluded) {
        return new Range(value, excluded, high, highExcluded);
    }

    Range to(double value, boolean excluded) {
        return new Range(low, lowExcluded, value, excluded);
    }

    boolean admits(double value) {
        boolean fromBelow = low == null || (lowExcluded ? value > low : value >= low);
        return fromBelow && (high == null || (highExcluded ? value < high : value <= high));
    }

    /** The interval in words, empty if it has no ends. That a number must fit into an {@code int} goes without saying. */
    @Override
    public String toString() {
        String from = low == null ? "" : (lowExcluded ? "above " : "at least ") + number(low);
        String to =
                high == null || high == Integer.MAX_VALUE ? "" : (highExcluded ? "below " : "at most ") + number(high);
        return from.isEmpty() || to.isEmpty() ? from + to : from + ", " + to;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
