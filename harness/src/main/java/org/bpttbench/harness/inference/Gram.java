package org.bpttbench.harness.inference;

import java.util.Arrays;

/** A Gram matrix kept as the triangle {@code [M·(M+1)/2]} of its entries (i, j), i ≤ j, row by row. */
final class Gram {
    private Gram() {}

    /** Whether all entries are finite: else nothing can be computed of the matrix. */
    static boolean isFinite(double[] entries) {
        return Arrays.stream(entries).allMatch(Double::isFinite);
    }

    /**
     * The whole matrix {@code [M×M]}.
     *
     * @param triangle all finite, not modified
     * @throws IllegalArgumentException if the triangle has another length
     */
    static double[] square(int size, double[] triangle) {
        if (triangle.length != size * (size + 1) / 2) {
            throw new IllegalArgumentException("the triangle of " + size + " rows has " + triangle.length
                    + " entries instead of " + (long) size * (size + 1) / 2);
        }
        double[] square = new double[size * size];
        int at = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                double entry = triangle[at++];
                square[i * size + j] = entry;
                square[j * size + i] = entry;
            }
        }
        return square;
    }

    static double trace(double[] square, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += square[i * size + i];
        }
        return sum;
    }

    /** Makes it the Gram matrix of the rows less their mean. */
    static void centre(double[] square, int size) {
        double[] means = new double[size];
        double total = 0;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += square[i * size + j];
            }
            means[i] = sum / size;
            total += means[i] / size;
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                // Added in an order that does not tell (i, j) from (j, i).
                square[i * size + j] -= means[i] + means[j] - total;
            }
        }
    }
}
