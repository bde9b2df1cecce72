package org.bpttbench.harness.inference;

import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealVector;

/**
 * Hotelling's (1931) joint test that k columns have mean zero, from M independent rows with covariance S:
 *
 * <pre>
 * T² = M·m̄ᵀS⁻¹m̄,      T²·(M − k)/(k·(M − 1)) ~ F(k, M − k)
 * </pre>
 *
 * <p>Exact for normal rows; sums over many coordinates, such as {@link RandomProjections}, are nearly so. Where S has
 * rank below k, the directions without spread take no part, unless the mean is not zero there.
 *
 * @param statistic T²; infinite where a direction without spread has a mean
 * @param degrees k, less the directions without spread
 * @param pValue 0 where the statistic is infinite, 1 without a direction that varies
 */
public record Hotelling(double statistic, int degrees, double pValue) {
    /** Of a correlation matrix: smaller eigenvalues are rounding errors of zero. */
    private static final double ROUNDING = 1e-12;

    /**
     * @param rows {@code [M×k]}, row-major, not modified
     * @param tolerance as in {@link MaxT#test}
     * @throws IllegalArgumentException if M ≤ k, the array has another length or a value is not finite
     */
    public static Hotelling test(double[] rows, int batches, int columns, double tolerance) {
        if (batches <= columns) {
            throw new IllegalArgumentException(columns + " columns need more than " + batches + " rows");
        }
        Standardised z = Standardised.of(rows, batches, columns, tolerance);
        if (z.rejected()) {
            return new Hotelling(Double.POSITIVE_INFINITY, z.columns(), 0);
        }
        return z.columns() == 0 ? new Hotelling(0, 0, 1) : of(z, batches);
    }

    private static Hotelling of(Standardised z, int batches) {
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(correlations(z, batches), false));
        double statistic = 0;
        int degrees = 0;
        for (int a = 0; a < z.columns(); a++) {
            RealVector direction = eigen.getEigenvector(a);
            double mean = 0;
            double size = 0;
            for (int j = 0; j < z.columns(); j++) {
                mean += direction.getEntry(j) * z.means()[j];
                size += Math.abs(direction.getEntry(j) * z.means()[j]);
            }
            double spread = eigen.getRealEigenvalue(a);
            if (spread > ROUNDING * z.columns()) {
                statistic += mean * mean / spread;
                degrees++;
            } else if (Math.abs(mean) > Math.sqrt(ROUNDING) * size) {
                return new Hotelling(Double.POSITIVE_INFINITY, degrees, 0);
            }
        }
        statistic *= batches;
        return new Hotelling(statistic, degrees, pValue(statistic, degrees, batches));
    }

    private static double[][] correlations(Standardised z, int batches) {
        int columns = z.columns();
        double[][] correlations = new double[columns][columns];
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = 0;
                for (int i = 0; i < batches; i++) {
                    sum += z.values()[i * columns + j] * z.values()[i * columns + k];
                }
                correlations[j][k] = sum / (batches - 1);
                correlations[k][j] = correlations[j][k];
            }
        }
        return correlations;
    }

    private static double pValue(double statistic, int degrees, int batches) {
        double f = statistic * (batches - degrees) / (degrees * (batches - 1.0));
        // P(F(a, b) > f) = P(F(b, a) < 1/f), which keeps the digits of a small probability.
        return f > 0 ? new FDistribution(null, batches - degrees, degrees).cumulativeProbability(1 / f) : 1;
    }
}
