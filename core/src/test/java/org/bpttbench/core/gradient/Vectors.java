package org.bpttbench.core.gradient;

import java.util.Arrays;

/** Arithmetic and comparison of gradients in tests. */
public final class Vectors {
    private Vectors() {}

    /** The largest |x_i|. */
    public static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0.0);
    }

    /** The largest |x_i − expected_i| over the largest |expected_i|; without the division where that is 0. */
    public static double relativeDifference(double[] x, double[] expected) {
        if (x.length != expected.length) {
            throw new IllegalArgumentException(x.length + " numbers, not " + expected.length);
        }
        double worst = 0.0;
        for (int i = 0; i < x.length; i++) {
            double difference = Math.abs(x[i] - expected[i]);
            if (Double.isNaN(difference)) {
                return Double.NaN;
            }
            worst = Math.max(worst, difference);
        }
        double scale = largest(expected);
        return scale == 0.0 ? worst : worst / scale;
    }

    /** sum += factor·x. */
    public static void add(double factor, double[] x, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * x[i];
        }
    }

    public static double dot(double[] x, double[] y) {
        double sum = 0.0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    public static double[] unit(int size, int at) {
        double[] unit = new double[size];
        unit[at] = 1.0;
        return unit;
    }

    /** The numbers as bits, since equality of doubles takes 0 for −0 and NaN for nothing. */
    public static long[] bits(double[] x) {
        return Arrays.stream(x).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    /** Row {@code row} of rows of a width. */
    public static double[] row(double[] rows, int row, int width) {
        return Arrays.copyOfRange(rows, row * width, (row + 1) * width);
    }
}
