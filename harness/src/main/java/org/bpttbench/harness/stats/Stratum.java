package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.EventSizes;
import org.bpttbench.experiments.measure.OtherBias;
import org.bpttbench.harness.inference.Rounding;

/**
 * One replicate's draws over some parameter blocks, in units of the ‖g‖ of those blocks. With d = ĝ − g the error of a draw,
 * d̄_m its mean over batch m of M, d̄ its mean over all N draws and q_m the mean of ‖d‖² over batch m:
 *
 * <pre>
 * ‖d̄‖² = Σ_ij ⟨d̄_i, d̄_j⟩ / M²                  ⟨d̄, g⟩ = Σ_m ⟨d̄_m, g⟩ / M
 * tr C = Σ_m ‖d̄_m‖² − M·‖d̄‖²                    0 where d̄ is the expectation itself
 * b    = (‖d̄‖² − tr C/(M(M − 1))) / ‖g‖²
 * tr S = (Σ_m q_m / M − ‖d̄‖²)·N/(N − 1)
 * </pre>
 *
 * <p>where Gram entries, inner products and squares are sums over parameter blocks. C is the Gram matrix of the centred batch
 * means, so that tr C/(M(M − 1)) estimates tr S/N as tr S itself does: from the same batches as the test of b. E b is the
 * squared bias, whatever N.
 *
 * @param blocks whose draws they are
 * @param exact whether the one batch is the expectation
 * @param draws N
 * @param gradientSquared ‖g‖²
 * @param errorSquared ‖d̄‖²/‖g‖², chance and all
 * @param spread tr C/M/‖g‖²: of one batch mean
 * @param squaredBias b; below 0 where the mean error is smaller than chance alone would make it
 * @param projection 1 + ⟨d̄, g⟩/‖g‖²
 * @param variance tr S/‖g‖² of one draw; tr Var/‖g‖² where it was computed
 */
record Stratum(
        List<BlockMoments> blocks,
        boolean exact,
        int draws,
        double gradientSquared,
        double errorSquared,
        double spread,
        double squaredBias,
        double projection,
        double variance) {

    /** What varies less than this share of ‖g‖² has no chance in it. */
    static final double NO_SPREAD = 1e-24;

    /** Nor has what varies less than this share of the error itself: that is the rounding of the difference. */
    private static final double ROUNDING = 1e-13;

    /** Over the cell's parameters. Not finite where the figures leave the range of numbers. */
    static Stratum of(BiasMeasurement measured) {
        List<BlockMoments> cell =
                measured.blocks().stream().filter(BlockMoments::cell).toList();
        return of(cell, measured.exact(), measured.draws());
    }

    /** Of the replicates that have a gradient and finite figures. */
    static List<Stratum> of(List<BiasMeasurement> replicates) {
        return replicates.stream()
                .filter(BiasMeasurement::hasFigures)
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
        double own = 0;
        double inner = 0;
        double squares = 0;
        double gradient = 0;
        double computed = 0;
        for (BlockMoments block : blocks) {
            double[] triangle = block.triangle();
            error += meanErrorSquared(triangle, block.batches());
            own += trace(triangle, block.batches());
            inner += mean(block.inner());
            squares += mean(block.squares());
            gradient += block.gradientSquared();
            computed += block.variance().orElse(0.0);
        }
        double projection = 1.0 + inner / gradient;
        double relative = error / gradient;
        if (exact) {
            return new Stratum(blocks, true, draws, gradient, relative, 0, relative, projection, computed / gradient);
        }
        int batches = blocks.isEmpty() ? 0 : blocks.get(0).batches();
        double spread = Math.max(0, own / batches - error) / gradient;
        // Of draws that do not differ the difference is rounding, of either sign.
        double scatter = squares - error <= Rounding.of(squares) ? 0 : squares - error;
        double variance = scatter / (draws - 1.0) * draws / gradient;
        return new Stratum(
                blocks,
                false,
                draws,
                gradient,
                relative,
                spread,
                relative - spread / (batches - 1.0),
                projection,
                variance);
    }

    /** Whether its bias can be told. Its variance may still leave the range of numbers, or need a second draw. */
    boolean isFinite() {
        return gradientSquared > 0
                && Double.isFinite(gradientSquared)
                && Double.isFinite(squaredBias)
                && Double.isFinite(projection)
                && Double.isFinite(spread);
    }

    /** Whether no draw differs from another. */
    boolean isStill() {
        return exact || spread <= Math.max(NO_SPREAD, ROUNDING * errorSquared);
    }

    /**
     * Whether nothing is left to chance: the figures are an expectation, or no link can be reached by a cut, say. That no
     * draw differs from another shows it only where nothing is known of what may happen.
     *
     * @param events of these blocks
     */
    boolean settled(Optional<EventSizes> events) {
        return exact
                || (isStill()
                        && events.map(EventSizes::total).orElse(0.0) <= NO_SPREAD
                        && draws >= BiasInference.FEWEST_DRAWS);
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

    private static double meanErrorSquared(double[] triangle, int batches) {
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

    private static double trace(double[] triangle, int batches) {
        double sum = 0;
        int at = 0;
        for (int i = 0; i < batches; i++) {
            sum += triangle[at];
            at += batches - i;
        }
        return sum;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
