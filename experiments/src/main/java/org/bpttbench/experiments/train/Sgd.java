package org.bpttbench.experiments.train;

import java.util.List;
import org.bpttbench.core.catalog.Entry;

/**
 * Stochastic gradient descent.
 *
 * <p><b>Update.</b> θ ← θ − η g.
 *
 * <p><b>Reference.</b> Robbins &amp; Monro 1951.
 */
record Sgd(Rate rate) implements Optimizer {
    static final Entry<OptimizerFactory> ENTRY = new Entry<>(
            "sgd", "gradient descent", "Robbins & Monro 1951", List.of(Rate.INITIAL, Rate.DECAY), arguments -> {
                Sgd sgd = new Sgd(Rate.of(arguments));
                return parameters -> sgd;
            });

    @Override
    public void update(double[] theta, double[] gradient, long step) {
        double eta = rate.at(step);
        for (int i = 0; i < theta.length; i++) {
            theta[i] -= eta * gradient[i];
        }
    }

    @Override
    public double[] state() {
        return new double[0];
    }

    @Override
    public void restore(double[] state) {
        if (state.length != 0) {
            throw new IllegalArgumentException("gradient descent has no state, but came " + state.length + " numbers");
        }
    }
}
