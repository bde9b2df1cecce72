package org.bpttbench.experiments.measure;

/** A few draws that are thrown away when their variance is known. */
final class Pilot {
    private static final double Z90 = 1.2815515655446004;

    private final double[][] draws;
    private final double scale;

    /**
     * @param count n, at least 2
     * @param parameters first ones of a gradient that are looked at
     * @param scale that gradients are multiplied by
     */
    Pilot(int count, int parameters, double scale) {
        this.draws = new double[count][parameters];
        this.scale = scale;
    }

    /** @param values holds the draw from {@code offset}, not modified */
    void add(int draw, double[] values, int offset) {
        for (int i = 0; i < draws[draw].length; i++) {
            draws[draw][i] = scale * values[offset + i];
        }
    }

    /** The upper 90 % limit of tr Var(ĝ), times the square of the scale. */
    double varianceLimit() {
        double[] squares = squaredErrors();
        double mean = 0;
        for (double square : squares) {
            mean += square / draws.length;
        }
        double spread = 0;
        for (double square : squares) {
            spread += (square - mean) * (square - mean) / (draws.length - 1);
        }
        double variance = mean * draws.length / (draws.length - 1);
        return spread > 0 ? variance / lowShare(2.0 * draws.length * mean * mean / spread) : variance;
    }

    private double[] squaredErrors() {
        double[] mean = new double[draws[0].length];
        for (double[] draw : draws) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += draw[i] / draws.length;
            }
        }
        double[] squares = new double[draws.length];
        for (int d = 0; d < draws.length; d++) {
            for (int i = 0; i < mean.length; i++) {
                double error = draws[d][i] - mean[i];
                squares[d] = Math.fma(error, error, squares[d]);
            }
        }
        return squares;
    }

    /**
     * χ²(0.1; ν)/ν by the cube root of Wilson &amp; Hilferty 1931: 7 % low at ν = 2, which is the least that can come of
     * draws, and closer above.
     */
    static double lowShare(double degrees) {
        double part = 2.0 / (9.0 * degrees);
        double root = 1.0 - part - Z90 * Math.sqrt(part);
        return root * root * root;
    }
}
