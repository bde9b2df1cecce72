package org.bpttbench.core.gradient;

import org.bpttbench.core.tape.Tape;

/**
 * The exact gradient by real-time recurrent learning, which never goes back in time: the influence matrix
 * G_t = J_t·G_{t−1} + ∂⁺s_t/∂θ, one lane after the other. Slow and plain.
 *
 * <p><i>Reference:</i> Williams &amp; Zipser 1989.
 */
public final class RtrlOracle {
    private final Network network;
    private final Tape tape;
    private final int states;
    private final int features;
    private final int parameters;
    /** G transposed, {@code [P×states]}: a row is the tangent of the state along one parameter. */
    private double[] influence;

    private RtrlOracle(GradientLab lane) {
        this.network = lane.network();
        this.tape = lane.run(network);
        this.states = lane.model().cell().stateSize();
        this.features = lane.model().cell().outputSize();
        this.parameters = network.parameters();
        this.influence = new double[parameters * states];
    }

    /** {@code [P]}: the gradient of {@link GradientLab#loss}. */
    public static double[] gradient(GradientLab lab) {
        double[] mean = new double[lab.model().layout().size()];
        for (int lane = 0; lane < lab.lanes(); lane++) {
            GradientLab alone = lab.lane(lane);
            double[] gradient = new RtrlOracle(alone).gradient(alone.steps());
            Vectors.add(1.0 / lab.lanes(), gradient, mean);
        }
        return mean;
    }

    private double[] gradient(int steps) {
        double[] gradient = new double[parameters];
        for (int k = 0; k < steps; k++) {
            advance(k);
            network.readout().pullParams(tape, k, k + 1, null, 0, 1, gradient, network.headOffset());
            for (int p = 0; p < parameters; p++) {
                for (int i = 0; i < features; i++) {
                    gradient[p] += influence[p * states + i] * tape.lossAdjoints()[k * features + i];
                }
            }
        }
        return gradient;
    }

    private void advance(int k) {
        double[] next = new double[parameters * states];
        network.transition().pushState(tape, k, parameters, influence, next);
        for (int i = 0; i < states; i++) {
            double[] direct = direct(k, i);
            for (int p = 0; p < parameters; p++) {
                next[p * states + i] += direct[p];
            }
        }
        influence = next;
    }

    /** ∂⁺s_i/∂θ at slot k: what a unit adjoint of one state leaves with the parameters in one step. */
    private double[] direct(int k, int i) {
        double[] deltas = new double[network.model().cell().deltaSize()];
        double[] gradient = new double[parameters];
        network.transition().pullState(tape, k, 1, Vectors.unit(states, i), deltas, 0, new double[states]);
        network.transition().pullParams(tape, k, k + 1, deltas, 1, 0, gradient, 0);
        return gradient;
    }
}
