package org.bpttbench.experiments.measure;

import java.util.Arrays;
import org.bpttbench.core.gradient.BackwardPass;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Window;

/**
 * The gradient of a credit matrix, Σ_{t≤s} W[t,s]·term(t,s): one backward pass a loss, which injects that loss alone and
 * whose carries are the quotients W[t,s]/W[t+1,s]. Of E[W] it is the expectation of an estimate. Passes are made many at a
 * time, as adjoint rows over one tape; {@code steps²/2} adjoint steps for each lane in all.
 */
final class MeanGradient {
    private static final int MOST_ROWS = 64;

    private MeanGradient() {}

    /**
     * @param credit {@code [steps][steps]}, the same for all lanes; a weight of 0 has only weights of 0 above it
     * @return {@code [P]}
     */
    static double[] of(FrozenRun run, double[][] credit) {
        Network network = run.network();
        int together = Math.max(1, Math.min(run.steps(), MOST_ROWS / run.lanes()));
        BackwardPass backward = new BackwardPass(network, run.lanes(), together);
        Window window = new Window(run.lanes(), together);
        int states = network.model().cell().stateSize();
        double[] adjoint = new double[together * run.lanes() * states];
        double[] gradients = new double[together * network.parameters()];
        for (int first = 0; first < run.steps(); first += together) {
            int last = Math.min(first + together, run.steps()) - 1;
            write(window, credit, first, last);
            Arrays.fill(adjoint, 0.0);
            backward.run(run.tape(), 0, window, adjoint, gradients);
        }
        double[] sum = Arrays.copyOf(gradients, network.parameters());
        for (int i = sum.length; i < gradients.length; i++) {
            sum[i % sum.length] += gradients[i];
        }
        return sum;
    }

    /** Row by row the losses of steps first to last; rows beyond that inject nothing. */
    private static void write(Window window, double[][] credit, int first, int last) {
        window.reset(last + 1, 0);
        boolean[] injections = window.makeInjections();
        double[] carries = window.makeCarries();
        for (int loss = first; loss <= last; loss++) {
            for (int lane = 0; lane < window.lanes(); lane++) {
                int row = (loss - first) * window.lanes() + lane;
                injections[loss * window.rows() + row] = true;
                for (int t = 0; t < loss; t++) {
                    carries[t * window.rows() + row] = quotient(credit[t][loss], credit[t + 1][loss]);
                }
            }
        }
    }

    private static double quotient(double weight, double later) {
        if (later == 0.0 && weight != 0.0) {
            throw new IllegalArgumentException("a loss reaches a step without reaching the one behind it");
        }
        return later == 0.0 ? 0.0 : weight / later;
    }
}
