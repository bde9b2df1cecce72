package org.bpttbench.core.gradient;

import org.bpttbench.core.tape.Tape;

/**
 * The terms that every truncation weighs: term(t,s) = (∂⁺s_t/∂θ)ᵀ J_{t+1}ᵀ…J_sᵀ ∂ℓ_s/∂s_s is what the loss of step s
 * contributes by way of step t. Lane by lane, from single pulls; the head's own gradient is part of term(s,s).
 */
public final class Terms {
    private final double[][][][] terms;
    private final int parameters;

    private Terms(GradientLab lab) {
        this.parameters = lab.model().layout().size();
        this.terms = new double[lab.lanes()][lab.steps()][lab.steps()][parameters];
        for (int lane = 0; lane < lab.lanes(); lane++) {
            GradientLab alone = lab.lane(lane);
            Network network = alone.network();
            Tape tape = alone.run(network);
            for (int s = 0; s < lab.steps(); s++) {
                trace(network, tape, s, terms[lane]);
            }
        }
    }

    public static Terms of(GradientLab lab) {
        return new Terms(lab);
    }

    /** Follows the loss of step s back to the start. */
    private static void trace(Network network, Tape tape, int s, double[][][] into) {
        int states = network.model().cell().stateSize();
        int features = network.model().cell().outputSize();
        network.readout().pullParams(tape, s, s + 1, null, 0, 1, into[s][s], network.headOffset());
        double[] deltas = new double[network.model().cell().deltaSize()];
        double[] adjoint = new double[states];
        System.arraycopy(tape.lossAdjoints(), s * features, adjoint, 0, features);
        for (int t = s; t >= 0; t--) {
            double[] before = new double[states];
            network.transition().pullState(tape, t, 1, adjoint, deltas, 0, before);
            network.transition().pullParams(tape, t, t + 1, deltas, 1, 0, into[t][s], 0);
            adjoint = before;
        }
    }

    /**
     * The estimate that a credit matrix stands for: the mean over lanes of Σ W[t,s]·term(t,s).
     *
     * @param credit {@code [lanes][steps][steps]}
     */
    public double[] weighted(double[][][] credit) {
        double[] estimate = new double[parameters];
        for (int lane = 0; lane < terms.length; lane++) {
            for (int t = 0; t < terms[lane].length; t++) {
                for (int s = t; s < terms[lane].length; s++) {
                    Vectors.add(credit[lane][t][s] / terms.length, terms[lane][t][s], estimate);
                }
            }
        }
        return estimate;
    }
}
