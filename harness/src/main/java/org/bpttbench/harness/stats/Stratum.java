package org.bpttbench.harness.stats;

import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;

/**
 * One replicate's figures in units of its own ‖g‖. With d = ĝ − g the error of a draw, d̄_m its mean over batch m of M,
 * d̄ its mean over all N draws and q_m the mean of ‖d‖² over batch m:
 *
 * <pre>
 * ‖d̄‖²   = Σ_ij ⟨d̄_i, d̄_j⟩ / M²                 ⟨d̄, g⟩ = Σ_m ⟨d̄_m, g⟩ / M
 * tr S/N = (Σ_m q_m / M − ‖d̄‖²) / (N − 1)       0 where d̄ is the expectation itself
 * b      = (‖d̄‖² − tr S/N) / ‖g‖²
 * </pre>
 *
 * <p>where Gram entries, inner products and squares are sums over parameter blocks. tr S/N follows from
 * Σ_i ‖d_i − d̄‖² = Σ_i ‖d_i‖² − N‖d̄‖² and S dividing by N − 1; E b is the squared bias, whatever N.
 *
 * @param squaredBias b; below 0 where the mean error is smaller than chance alone would make it
 * @param projection 1 + ⟨d̄, g⟩/‖g‖²
 * @param variance tr S/‖g‖² of one draw; tr Var/‖g‖² where it was computed
 */
record Stratum(double squaredBias, double projection, double variance) {

    /** Not finite where the figures leave the range of numbers, or where one draw must tell its own variance. */
    static Stratum of(BiasMeasurement measured) {
        double error = 0;
        double inner = 0;
        double squares = 0;
        double gradient = 0;
        double computed = 0;
        for (BlockMoments block : measured.blocks()) {
            error += meanErrorSquared(block);
            inner += mean(block.inner());
            squares += mean(block.squares());
            gradient += block.gradientSquared();
            computed += block.variance().orElse(0.0);
        }
        if (measured.exact()) {
            return new Stratum(error / gradient, 1.0 + inner / gradient, computed / gradient);
        }
        double varianceOfMean = (squares - error) / (measured.draws() - 1.0);
        return new Stratum(
                (error - varianceOfMean) / gradient,
                1.0 + inner / gradient,
                varianceOfMean * measured.draws() / gradient);
    }

    boolean isFinite() {
        return Double.isFinite(squaredBias) && Double.isFinite(projection) && Double.isFinite(variance);
    }

    private static double meanErrorSquared(BlockMoments block) {
        int batches = block.batches();
        double[] triangle = block.triangle();
        double sum = 0;
        int at = 0;
        for (int i = 0; i < batches; i++) {
            sum += triangle[at++];
            for (int j = i + 1; j < batches; j++) {
                sum += 2.0 * triangle[at++];
            }
        }
        return sum / ((double) batches * batches);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
