package org.bpttbench.harness.inference;

/**
 * What b is to a test that takes the mean of M batches for normal and their scatter for known, where neither quite holds. Both
 * corrections lower b, never raise it, and leave the order of two values as it is; {@link #needed} is the inverse.
 *
 * <p><b>Scatter.</b> With x = ‖d̄‖²/s, s = tr C/(M(M−1)) the estimated variance of d̄, x is F-distributed and not χ², with M − 1 times
 * as many degrees of freedom below as above. (M − ½)·ln(1 + x/(M−1)) is χ²: the exponents of the two densities are the same, and the ½
 * keeps tail probabilities down to 10⁻⁴ within 4 % of F's in one dimension and 2.5 % in more, at M = 200. With one dimension as χ² they
 * would be 15 % too small at 0.00125.
 *
 * <p><b>Skewness.</b> Where batches are skewed away from the side on which their mean lies, what would have brought it back is what
 * was drawn too rarely, and their scatter is too small for the same reason. Along d̄ the batches are numbers y_i with a skewness γ;
 * with t = √b over the standard error along d̄ and a = γ/√M, Hall's transformation (1992), a perfect cube, takes it out:
 *
 * <pre>
 * g = t + a·t²/3 + a²·t³/27 + a/6 = ((1 + a·t/3)³ − 1)/a + a/6
 * </pre>
 *
 * <p>Where it would raise t nothing is gained: the other side of the tail is lighter than normal, and that is left to be so.
 */
final class TailCorrection {
    private final int batches;

    /** s. */
    private final double scatter;

    /** Of d̄ along its own direction; 0 where there is no skewness to be taken out. */
    private final double standardError;

    /** a, below 0 where there is something to be taken out. */
    private final double skewness;

    private TailCorrection(int batches, double scatter, double standardError, double skewness) {
        this.batches = batches;
        this.scatter = scatter;
        this.standardError = standardError;
        this.skewness = skewness;
    }

    /** @param gram {@code [M×M]} of the batch means, not centred; not modified */
    static TailCorrection of(double[] gram, int batches) {
        double[] along = new double[batches];
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < batches; i++) {
            for (int j = 0; j < batches; j++) {
                along[i] += gram[i * batches + j] / batches;
            }
            mean += along[i] / batches;
            squares += gram[i * batches + i] / batches;
        }
        double scatter = Math.max(0, squares - mean) / (batches - 1);
        double variance = 0;
        for (int i = 0; i < batches; i++) {
            along[i] -= mean;
            variance = Math.fma(along[i] / batches, along[i], variance);
        }
        double deviation = Math.sqrt(variance);
        double cubes = 0;
        for (double each : along) {
            double standard = each / deviation;
            cubes += standard * standard * standard / batches;
        }
        double error = deviation / Math.sqrt((batches - 1) * mean);
        double skewness = cubes / Math.sqrt(batches);
        return skewness < 0 && error > 0 && error < Double.POSITIVE_INFINITY
                ? new TailCorrection(batches, scatter, error, skewness)
                : new TailCorrection(batches, scatter, 0, 0);
    }

    /** At most {@code b}; monotone. */
    double shown(double b) {
        if (!(b > 0)) {
            return b;
        }
        double known = b;
        if (scatter > 0) {
            known = Math.min(b, scatter * ((batches - 0.5) * Math.log1p((1 + b / scatter) / (batches - 1)) - 1));
        }
        if (skewness < 0) {
            double t = Math.sqrt(known) / standardError;
            double u = skewness * t / 3;
            double g = Math.max(0, t * (1 + u + u * u / 3) + skewness / 6) * standardError;
            known = Math.min(known, g * g);
        }
        return known;
    }

    /** The b above which {@link #shown} exceeds {@code quantile}. */
    double needed(double quantile) {
        if (!(quantile > 0)) {
            return quantile;
        }
        double b = quantile;
        if (skewness < 0) {
            double g = Math.sqrt(b) / standardError;
            double t = 3 / skewness * cubeRoot(skewness * (g - skewness / 6)) * standardError;
            b = Math.max(b, t * t);
        }
        if (scatter > 0) {
            b = Math.max(b, scatter * ((batches - 1) * Math.expm1((1 + b / scatter) / (batches - 0.5)) - 1));
        }
        return b;
    }

    /** ∛(1 + y) − 1, to all digits where y is small. */
    private static double cubeRoot(double y) {
        return y > -0.5 ? Math.expm1(Math.log1p(y) / 3) : Math.cbrt(1 + y) - 1;
    }
}
