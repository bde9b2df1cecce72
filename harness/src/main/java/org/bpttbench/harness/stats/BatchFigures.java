package org.bpttbench.harness.stats;

import java.util.Arrays;

/**
 * What one replicate's batches say of an estimator, in units of ‖g‖²; what is exact says the same in all.
 *
 * @param triangle {@code [M·(M+1)/2]}: ⟨d̄_i, d̄_j⟩ for i ≤ j, row by row
 * @param squaredErrors {@code [M]}: q_m, moved so that their mean is the mean squared error of one draw, b + tr S
 * @param variances {@code [M]}: the jackknife's pseudo-values of tr S, moved so that their mean is tr S
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record BatchFigures(double[] triangle, double[] squaredErrors, double[] variances) {

    /**
     * @param batches M, that of the stratum unless it is exact
     * @param draws N of the stratum
     */
    static BatchFigures of(Stratum stratum, int batches, int draws) {
        if (stratum.exact()) {
            return new BatchFigures(
                    filled(batches * (batches + 1) / 2, stratum.squaredBias()),
                    filled(batches, stratum.squaredBias() + stratum.variance()),
                    filled(batches, stratum.variance()));
        }
        double[] triangle = stratum.triangle();
        double[] squares = stratum.squares();
        double[] variances = variances(triangle, squares, draws, stratum.variance());
        move(squares, stratum.squaredBias() + stratum.variance());
        return new BatchFigures(triangle, squares, variances);
    }

    private static void move(double[] values, double mean) {
        double by = mean - Arrays.stream(values).average().orElseThrow();
        for (int m = 0; m < values.length; m++) {
            values[m] += by;
        }
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }

    /** With V(−m) the estimate of tr S without batch m, M·V − (M − 1)·V(−m). */
    private static double[] variances(double[] triangle, double[] squares, int draws, double variance) {
        int batches = squares.length;
        double[] rows = new double[batches];
        double[] own = new double[batches];
        int at = 0;
        for (int i = 0; i < batches; i++) {
            own[i] = triangle[at];
            rows[i] += triangle[at++];
            for (int j = i + 1; j < batches; j++) {
                rows[i] += triangle[at];
                rows[j] += triangle[at++];
            }
        }
        double all = Arrays.stream(rows).sum();
        double sum = Arrays.stream(squares).sum();
        double others = batches - 1.0;
        double left = draws * others / batches;
        double[] values = new double[batches];
        for (int m = 0; m < batches; m++) {
            double error = (all - 2 * rows[m] + own[m]) / (others * others);
            double without = ((sum - squares[m]) / others - error) * left / (left - 1);
            values[m] = batches * variance - others * without;
        }
        move(values, variance);
        return values;
    }
}
