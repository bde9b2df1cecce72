package org.bpttbench.experiments.measure;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.bpttbench.core.gradient.BackwardPass;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.random.Coin;
import org.bpttbench.variants.truncation.Full;

/**
 * The gradient that estimators are compared with. Its norm is that of the cell's parameters: the readout's gradient is the
 * same under every truncation, and only dilutes it.
 *
 * @param gradient g, {@code [P]}, the cell's parameters first
 * @param cell how many those are
 * @param norm ‖g‖ of the cell's parameters; not finite where g is not
 * @param termNorms what rounding errors of g are relative to: Σ over steps of the norm of the step's contribution, from losses
 *     whose derivatives are as large as what they are the difference of
 * @param scale by which g is multiplied before it is squared
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record ExactGradient(double[] gradient, int cell, double norm, double termNorms, double scale) {

    static ExactGradient of(FrozenRun run) {
        double[] gradient = gradient(run);
        int cell = run.cellParameters();
        return new ExactGradient(
                gradient, cell, Scale.norm(gradient, cell), termNorms(run.magnitudes()), Scale.of(gradient, cell));
    }

    /** By parameter block, ‖g‖² times the square of the scale; 0 for the readout, to which no adjoint travels. */
    double[] units(List<ParamBlock> blocks) {
        return blocks.stream()
                .mapToDouble(block -> block.offset() < cell ? scaledSquare(block) : 0.0)
                .toArray();
    }

    private double scaledSquare(ParamBlock block) {
        double squares = 0;
        for (int i = block.offset(); i < block.offset() + block.size(); i++) {
            squares = Math.fma(scale * gradient[i], scale * gradient[i], squares);
        }
        return squares;
    }

    private static double[] gradient(FrozenRun run) {
        Network network = run.network();
        Recording recording = run.recording();
        Coin none = probability -> {
            throw new IllegalStateException("full backpropagation draws nothing");
        };
        double[] gradient = new double[network.parameters()];
        new Full()
                .open(network, recording, StreamPlan.measured(recording.lanes(), 1, recording.steps()), List.of(none))
                .advance(recording.steps(), (emitted, window) -> add(emitted, gradient));
        return gradient;
    }

    /**
     * What the choice of sequences adds to the variance of g, over ‖g‖²: Σ_b ‖g_b − g‖²/(B − 1)/B, with g_b the gradient of
     * lane b alone, whose mean is g. Empty for a single lane, and where it is not a number.
     */
    OptionalDouble dataVariance(FrozenRun run) {
        int lanes = run.lanes();
        if (lanes == 1) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        for (int lane = 0; lane < lanes; lane++) {
            double[] own = gradient(run.lane(lane));
            for (int i = 0; i < cell; i++) {
                double error = (own[i] - gradient[i]) * scale;
                squares = Math.fma(error, error, squares);
            }
        }
        double variance = squares / (lanes - 1.0) / lanes / (norm * scale) / (norm * scale);
        return Double.isFinite(variance) ? OptionalDouble.of(variance) : OptionalDouble.empty();
    }

    /** Whether it is rounding error. */
    boolean zero() {
        return BiasMeasurement.isZero(norm, termNorms);
    }

    boolean isFinite() {
        boolean finite = Double.isFinite(norm);
        for (int i = cell; i < gradient.length; i++) {
            finite &= Double.isFinite(gradient[i]);
        }
        return finite;
    }

    /** The sequence walked back in windows of one step, the adjoint handed on from each to the one before. */
    private static double termNorms(FrozenRun run) {
        Network network = run.network();
        BackwardPass backward = new BackwardPass(network, run.lanes(), 1);
        Window step = new Window(run.lanes(), 1);
        double[] adjoint = new double[run.lanes() * network.model().cell().stateSize()];
        double[] term = new double[network.parameters()];
        double norms = 0;
        for (int t = run.steps() - 1; t >= 0; t--) {
            step.reset(1, 0);
            Arrays.fill(term, 0.0);
            backward.run(run.tape(), t, step, adjoint, term);
            norms += Scale.norm(term, run.cellParameters());
        }
        return norms;
    }

    private static void add(double[] emitted, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += emitted[i];
        }
    }
}
