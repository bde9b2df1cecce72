package org.bpttbench.harness.inference;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.special.Erf;
import org.bpttbench.core.matrix.Decompositions;

/**
 * Confidence limits of ‖μ‖ from M independent batch means d̄_i in R^P with expectation μ, whatever P. Immutable; for one
 * set of batches the eigenvalues are computed once, and a level costs two quantiles.
 *
 * <p>The unbiased estimate b of ‖μ‖² is a U-statistic that is degenerate at μ = 0, where no bootstrap of it holds. Its
 * error has two parts, with C the Gram matrix of the centred batch means and ε ~ N(0, I):
 *
 * <pre>
 * b − ‖μ‖² ≈ 2⟨μ, d̄ − μ⟩ + (εᵀCε − Σ C_ii ε_i²)/M²,      |2⟨μ, d̄ − μ⟩| ≤ 2h‖μ‖,  h = z·√(λ/M)
 * </pre>
 *
 * <p>where λ is the largest eigenvalue of the batch means' covariance matrix. The interval has all ‖μ‖ for which b lies
 * between the quantiles of the second part, each moved outward by 2h‖μ‖:
 *
 * <pre>
 * upper = h + √(h² + max(0, b − q_low)),      lower = max(0, −h + √(h² + max(0, b − q*)))
 * </pre>
 *
 * <p>where q* is the b that {@link TailCorrection} takes to q_high: ε is normal and C known, and the mean of batches that are skewed
 * and few is not quite that.
 *
 * <p>It is conservative by what λ exceeds the variance in the direction of μ; its coverage at P = 1, 20 and 500 is 0.96
 * to 0.99 at nominal 0.95.
 */
public final class MeanNorm {
    /** A probability that is written as a number is not 0: none of these tests can exclude chance. */
    private static final double SMALLEST = Double.MIN_NORMAL;

    /** Batches that scatter by no more than this share of their squares do not differ. */
    private static final double SAME = 1e-15;

    /** What is left of b above a quantile, at least, where its tail says that something is. */
    private static final double ROUNDING = 1e-16;

    private final double squaredNorm;
    private final TailCorrection tail;
    private final double standardError;
    private final WeightedChiSquares chance;

    private MeanNorm(double squaredNorm, TailCorrection tail, double standardError, WeightedChiSquares chance) {
        this.squaredNorm = squaredNorm;
        this.tail = tail;
        this.standardError = standardError;
        this.chance = chance;
    }

    /**
     * @param batches M
     * @param triangle {@code [M·(M+1)/2]}: ⟨d̄_i, d̄_j⟩ for i ≤ j, row by row, not centred; not modified
     * @param squaredNorm b, the unbiased estimate of ‖μ‖² in the unit of the triangle; may be negative
     * @return empty with fewer than two batches, which do not show how they vary, and if a number is not finite or too large to be
     *     added up
     * @throws IllegalArgumentException if the triangle has another length
     */
    public static Optional<MeanNorm> of(int batches, double[] triangle, double squaredNorm) {
        if (batches < 2 || !Double.isFinite(squaredNorm) || !Gram.isFinite(triangle)) {
            return Optional.empty();
        }
        double[] gram = Gram.square(batches, triangle);
        double whole = Gram.trace(gram, batches);
        TailCorrection tail = TailCorrection.of(gram, batches);
        Gram.centre(gram, batches);
        if (!Gram.isFinite(gram)) {
            return Optional.empty();
        }
        if (Gram.trace(gram, batches) <= SAME * whole) {
            Arrays.fill(gram, 0); // batches that differ by rounding alone
        }
        double variance = Decompositions.largestEigenvalue(gram, batches) / (batches - 1);
        for (int i = 0; i < batches; i++) {
            gram[i * batches + i] = 0;
        }
        double[] weights = Decompositions.symmetricEigenvalues(gram, batches);
        for (int i = 0; i < batches; i++) {
            weights[i] /= (double) batches * batches;
        }
        return Optional.of(
                new MeanNorm(squaredNorm, tail, Math.sqrt(variance / batches), WeightedChiSquares.of(weights)));
    }

    /**
     * Of the hypothesis that μ is 0: twice the probability that chance makes b at least as large, its tail corrected. Below 1 − level exactly where
     * the interval of that level leaves 0 out. Never 0.
     */
    public double pValue() {
        boolean still = chance.variance() == 0;
        double beyond = still && squaredNorm <= 0 ? 1.0 : chance.survival(tail.shown(squaredNorm));
        return Math.max(SMALLEST, Math.min(1.0, 2.0 * beyond));
    }

    /** @param level of the two-sided interval; the limit alone is passed with half the probability left out */
    public double lower(double level) {
        double h = normalQuantile(level) * standardError;
        if (pValue() >= 1 - level) {
            return 0;
        }
        double excess = Math.max(ROUNDING * squaredNorm, squaredNorm - tail.needed(chance.quantile((1 + level) / 2)));
        return excess / (h + Math.sqrt(h * h + excess));
    }

    /** @param level of the two-sided interval; the limit alone is passed with half the probability left out */
    public double upper(double level) {
        double h = normalQuantile(level) * standardError;
        return h + Math.sqrt(h * h + Math.max(0, squaredNorm - chance.quantile((1 - level) / 2)));
    }

    /** Empty where a limit leaves the range of numbers. */
    public Optional<Interval> interval(double level) {
        return Interval.ifFinite(lower(level), upper(level));
    }

    private static double normalQuantile(double level) {
        return Math.sqrt(2) * Erf.erfInv(Interval.requireLevel(level));
    }
}
