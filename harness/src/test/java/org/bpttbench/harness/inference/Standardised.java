package org.bpttbench.harness.inference;

import java.util.Arrays;

/**
 * Columns less their mean and over their standard deviation.
 *
 * @param values {@code [M×columns]}, of the columns that vary
 * @param columns how many vary
 * @param means {@code [columns]}: what was taken off, over the standard deviation
 * @param statistic the largest |t|, before anything was taken off; 0 without a column that varies
 * @param rejected whether a column that does not vary is not zero
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record Standardised(double[] values, int columns, double[] means, double statistic, boolean rejected) {

    /** @throws IllegalArgumentException if the array has another length, a value is not finite or rows are fewer than 2 */
    static Standardised of(double[] rows, int batches, int columns, double tolerance) {
        require(rows, batches, columns, tolerance);
        double[] kept = new double[rows.length];
        double[] means = new double[columns];
        boolean rejected = false;
        double statistic = 0;
        int count = 0;
        for (int j = 0; j < columns; j++) {
            double mean = mean(rows, j, columns);
            double sd = deviation(rows, j, columns, mean, batches);
            if (sd > tolerance) {
                statistic = Math.max(statistic, Math.abs(mean) / sd * Math.sqrt(batches));
                for (int i = 0; i < batches; i++) {
                    kept[i * columns + count] = (rows[i * columns + j] - mean) / sd;
                }
                means[count] = mean / sd;
                count++;
            } else {
                rejected |= Math.abs(mean) > tolerance;
            }
        }
        return new Standardised(
                packed(kept, batches, columns, count), count, Arrays.copyOf(means, count), statistic, rejected);
    }

    private static void require(double[] rows, int batches, int columns, double tolerance) {
        if (batches < 2 || columns < 0 || rows.length != batches * columns) {
            throw new IllegalArgumentException("a matrix [" + batches + "×" + columns + "] of at least 2 rows has not "
                    + rows.length + " entries");
        }
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("a tolerance is not negative, nor " + tolerance);
        }
        for (int at = 0; at < rows.length; at++) {
            if (!Double.isFinite(rows[at])) {
                throw new IllegalArgumentException(
                        "row " + at / columns + ", column " + at % columns + " is " + rows[at]);
            }
        }
    }

    private static double mean(double[] rows, int column, int columns) {
        double sum = 0;
        for (int at = column; at < rows.length; at += columns) {
            sum += rows[at];
        }
        return sum * columns / rows.length;
    }

    private static double deviation(double[] rows, int column, int columns, double mean, int batches) {
        double squares = 0;
        for (int at = column; at < rows.length; at += columns) {
            squares += (rows[at] - mean) * (rows[at] - mean);
        }
        return Math.sqrt(squares / (batches - 1));
    }

    private static double[] packed(double[] wide, int rows, int stride, int columns) {
        double[] packed = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(wide, i * stride, packed, i * columns, columns);
        }
        return packed;
    }
}
