package org.bpttbench.experiments.measure;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.bpttbench.core.gradient.BackwardPass;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.variants.truncation.Full;

/**
 * The gradient that estimators are compared with.
 *
 * @param gradient g, {@code [P]}
 * @param termNorms Σ over steps of the norm of the step's contribution to g
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record ExactGradient(double[] gradient, double termNorms) {

    static ExactGradient of(FrozenRun run) {
        return new ExactGradient(gradient(run), termNorms(run));
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
     * What the choice of sequences adds to the variance of g: Σ_b ‖g_b − g‖²/(B − 1)/B, with g_b the gradient of lane b alone,
     * whose mean is g. Empty for a single lane.
     */
    OptionalDouble dataVariance(FrozenRun run) {
        int lanes = run.lanes();
        if (lanes == 1) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        for (int lane = 0; lane < lanes; lane++) {
            double[] own = gradient(run.lane(lane));
            for (int i = 0; i < own.length; i++) {
                squares = Math.fma(own[i] - gradient[i], own[i] - gradient[i], squares);
            }
        }
        return OptionalDouble.of(squares / (lanes - 1.0) / lanes);
    }

    /** Whether it is rounding error. */
    boolean zero() {
        return BiasMeasurement.isZero(norm(), termNorms);
    }

    double norm() {
        return Math.sqrt(BlockMoments.dot(gradient, gradient, 0, gradient.length));
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
            norms += Math.sqrt(BlockMoments.dot(term, term, 0, term.length));
        }
        return norms;
    }

    private static void add(double[] emitted, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += emitted[i];
        }
    }
}
