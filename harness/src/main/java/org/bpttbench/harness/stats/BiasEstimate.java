package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.measure.BiasMeasurement;

/**
 * Point estimates of an estimator's bias and variance at frozen θ. Replicates are strata: each has its own θ, data and
 * gradient g_r and contributes ĝ_r/(√R·‖g_r‖) to one long vector whose gradient has norm 1. So with b_r, projection_r and
 * variance_r of replicate r:
 *
 * <pre>
 * b             = Σ b_r / R                    projection        = Σ projection_r / R
 * relative bias = sign(b)·√|b|                 relative variance = Σ variance_r / R
 * relative MSE  = b + relative variance        cosine            = projection / √(‖ḡ‖² − tr S/N)
 *                                              ‖ḡ‖² − tr S/N     = 2·projection − 1 + b
 * </pre>
 *
 * <p>(‖ḡ‖² = ‖g + d̄‖² = 1 + 2⟨d̄, g⟩ + ‖d̄‖²). The expectation of tr S/N is taken off ‖d̄‖² and ‖ḡ‖² because it is what
 * chance adds to them: ‖ḡ − g‖ is never 0, not even for an unbiased estimator.
 *
 * @param replicates R
 * @param squaredBias b
 * @param projection of the mean estimate on the gradient: 1 right, negative the wrong way
 * @param cosine of the angle between the mean estimate and the gradient; may pass 1 by chance; empty where nothing but
 *     rounding error or chance is left of the mean estimate
 * @param relativeVariance tr Var(ĝ)/‖g‖² of one draw
 * @param lowest of the replicates' own relative biases
 * @param highest of them
 */
public record BiasEstimate(
        int replicates,
        double squaredBias,
        double projection,
        OptionalDouble cosine,
        double relativeVariance,
        double lowest,
        double highest) {

    /** A sum of terms this far apart has no digit left, with room for the rounding of the terms themselves. */
    private static final double ROUNDING = 1e-14;

    /** Empty if no measurement has a gradient to compare with and finite figures; those that have not are left out. */
    public static Optional<BiasEstimate> of(List<BiasMeasurement> replicates) {
        return ofStrata(Stratum.of(replicates));
    }

    /** Empty without a stratum. */
    static Optional<BiasEstimate> ofStrata(List<Stratum> strata) {
        return strata.isEmpty() ? Optional.empty() : Optional.of(combined(strata));
    }

    private static BiasEstimate combined(List<Stratum> strata) {
        double squaredBias = 0;
        double projection = 0;
        double variance = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (Stratum stratum : strata) {
            squaredBias += stratum.squaredBias();
            projection += stratum.projection();
            variance += stratum.variance();
            lowest = Math.min(lowest, signedRoot(stratum.squaredBias()));
            highest = Math.max(highest, signedRoot(stratum.squaredBias()));
        }
        int count = strata.size();
        squaredBias /= count;
        projection /= count;
        return new BiasEstimate(
                count, squaredBias, projection, cosine(projection, squaredBias), variance / count, lowest, highest);
    }

    /** sign(b)·√|b|: below 0 where nothing rises above chance. */
    public double relativeBias() {
        return signedRoot(squaredBias);
    }

    /** Mean squared error of one draw over ‖g‖². */
    public double relativeMse() {
        return squaredBias + relativeVariance;
    }

    private static OptionalDouble cosine(double projection, double squaredBias) {
        double square = 2.0 * projection - 1.0 + squaredBias;
        double terms = 2.0 * Math.abs(projection) + 1.0 + Math.abs(squaredBias);
        return square > ROUNDING * terms && Double.isFinite(square)
                ? OptionalDouble.of(projection / Math.sqrt(square))
                : OptionalDouble.empty();
    }

    private static double signedRoot(double square) {
        return square < 0 ? -Math.sqrt(-square) : Math.sqrt(square);
    }
}
