package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.OtherBias;
import org.bpttbench.harness.inference.Rounding;

/**
 * One replicate's draws over some parameter blocks, in units of the ‖g‖ of those blocks. With d = ĝ − g the error of a draw,
 * d̄_m its mean over batch m of M, d̄ its mean over all N draws and q_m the mean of ‖d‖² over batch m:
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
 * @param blocks whose draws they are
 * @param exact whether the one batch is the expectation
 * @param gradientSquared ‖g‖²
 * @param squaredBias b; below 0 where the mean error is smaller than chance alone would make it
 * @param projection 1 + ⟨d̄, g⟩/‖g‖²
 * @param variance tr S/‖g‖² of one draw; tr Var/‖g‖² where it was computed
 */
record Stratum(
        List<BlockMoments> blocks,
        boolean exact,
        double gradientSquared,
        double squaredBias,
        double projection,
        double variance) {

    /** Over all parameters. Not finite where the figures leave the range of numbers, or one draw must tell its variance. */
    static Stratum of(BiasMeasurement measured) {
        return of(measured.blocks(), measured.exact(), measured.draws());
    }

    /** Of the replicates that have a gradient and finite figures. */
    static List<Stratum> of(List<BiasMeasurement> replicates) {
        return replicates.stream()
                .filter(measured -> !measured.zeroGradient())
                .map(Stratum::of)
                .filter(Stratum::isFinite)
                .toList();
    }

    /** Over one parameter block. */
    static Stratum of(BiasMeasurement measured, BlockMoments block) {
        return of(List.of(block), measured.exact(), measured.draws());
    }

    /** Of what training makes of an estimate. */
    static Stratum of(OtherBias other) {
        return of(List.of(other.errors()), other.projections().isEmpty(), other.draws());
    }

    private static Stratum of(List<BlockMoments> blocks, boolean exact, int draws) {
        double error = 0;
        double inner = 0;
        double squares = 0;
        double gradient = 0;
        double computed = 0;
        for (BlockMoments block : blocks) {
            error += meanErrorSquared(block);
            inner += mean(block.inner());
            squares += mean(block.squares());
            gradient += block.gradientSquared();
            computed += block.variance().orElse(0.0);
        }
        double projection = 1.0 + inner / gradient;
        if (exact) {
            return new Stratum(blocks, true, gradient, error / gradient, projection, computed / gradient);
        }
        // Of draws that do not differ the difference is rounding, of either sign.
        double scatter = squares - error <= Rounding.of(squares) ? 0 : squares - error;
        double varianceOfMean = scatter / (draws - 1.0);
        return new Stratum(
                blocks,
                false,
                gradient,
                (error - varianceOfMean) / gradient,
                projection,
                varianceOfMean * draws / gradient);
    }

    boolean isFinite() {
        return gradientSquared > 0
                && Double.isFinite(squaredBias)
                && Double.isFinite(projection)
                && Double.isFinite(variance);
    }

    /** M. */
    int batches() {
        return blocks.get(0).batches();
    }

    /** {@code [M·(M+1)/2]}: ⟨d̄_i, d̄_j⟩/‖g‖² for i ≤ j, row by row. */
    double[] triangle() {
        double[] sum = new double[batches() * (batches() + 1) / 2];
        for (BlockMoments block : blocks) {
            double[] triangle = block.triangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += triangle[i] / gradientSquared;
            }
        }
        return sum;
    }

    /** {@code [M]}: the projection of each batch mean. */
    double[] projections() {
        double[] projections = new double[batches()];
        for (BlockMoments block : blocks) {
            for (int m = 0; m < projections.length; m++) {
                projections[m] += block.inner()[m] / gradientSquared;
            }
        }
        for (int m = 0; m < projections.length; m++) {
            projections[m] += 1.0;
        }
        return projections;
    }

    /** {@code [M]}: the mean of ‖d‖²/‖g‖² over the draws of each batch. */
    double[] squares() {
        double[] squares = new double[batches()];
        for (BlockMoments block : blocks) {
            for (int m = 0; m < squares.length; m++) {
                squares[m] += block.squares()[m] / gradientSquared;
            }
        }
        return squares;
    }

    int parameters() {
        return blocks.stream().mapToInt(BlockMoments::parameters).sum();
    }

    /** {@code [M×P]}: the batch means over ‖g‖, parameter by parameter; empty unless all were kept. */
    Optional<double[]> coordinates() {
        int width = parameters();
        double[] coordinates = new double[batches() * width];
        double norm = Math.sqrt(gradientSquared);
        int offset = 0;
        for (BlockMoments block : blocks) {
            if (block.gram().length > 0) {
                return Optional.empty();
            }
            for (int m = 0; m < batches() && block.means().length > 0; m++) {
                for (int p = 0; p < block.parameters(); p++) {
                    coordinates[m * width + offset + p] = block.means()[m * block.parameters() + p] / norm;
                }
            }
            offset += block.parameters();
        }
        return Optional.of(coordinates);
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
