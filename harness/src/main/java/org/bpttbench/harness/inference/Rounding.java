package org.bpttbench.harness.inference;

/**
 * What counts as a difference. Two numbers that were computed along different ways to the same value differ in their last
 * digits, and a test by ranks or a spread must not take that for chance.
 */
public final class Rounding {
    /** Beside the numbers themselves; what adds up thousands of terms misses some hundred last digits. */
    private static final double RELATIVE = 1e-12;

    /** Smaller numbers have no digits left to compare: beside 0, 1e-320 is no difference. */
    private static final double FLOOR = Double.MIN_NORMAL;

    private Rounding() {}

    /** What a number of a size may miss: more than nothing, however small it is. */
    public static double of(double size) {
        return Math.max(FLOOR, RELATIVE * Math.abs(size));
    }

    /** Whether two numbers are one but for rounding. Infinite ones are where they are equal; NaN never is. */
    public static boolean same(double one, double other) {
        double difference = Math.abs(one - other);
        return one == other
                || (Double.isFinite(difference) && difference <= of(Math.max(Math.abs(one), Math.abs(other))));
    }

    /** {@code other − one}; 0 where they are {@link #same}, two infinite ones among them. */
    public static double difference(double one, double other) {
        return same(one, other) ? 0 : other - one;
    }
}
