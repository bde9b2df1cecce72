package org.bpttbench.experiments.train;

import java.util.List;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Stochastic gradient descent, with momentum if wanted.
 *
 * <p><b>Update.</b> v ← μ v + g, θ ← θ − η v; Nesterov's way θ ← θ − η (g + μ v), with the new v. Without momentum
 * θ ← θ − η g.
 *
 * <p><b>Cost.</b> One number a parameter with momentum, none without.
 *
 * <p><b>Reference.</b> Robbins &amp; Monro 1951; Polyak 1964; Sutskever, Martens, Dahl &amp; Hinton 2013, section 2.
 *
 * <p><b>Departures.</b> v is a sum of gradients and η multiplies it when it is used, so that a decay of the rate also holds
 * for what came before; Sutskever et al. sum η g. With a constant rate both are the same.
 */
final class Sgd implements Optimizer {
    private static final Parameter MOMENTUM = Parameter.real("momentum", "μ, what is kept of the step before")
            .atLeast(0)
            .below(1)
            .orElse(0.0)
            .bornLater();
    private static final Parameter NESTEROV = Parameter.flag("nesterov", "whether the step looks ahead by its momentum")
            .orElse(false)
            .bornLater();

    static final Entry<OptimizerFactory> ENTRY = new Entry<>(
            "sgd",
            "gradient descent, with momentum and Nesterov's look ahead if wanted",
            "Robbins & Monro 1951; Polyak 1964; Sutskever, Martens, Dahl & Hinton 2013",
            List.of(Rate.INITIAL, Rate.DECAY, MOMENTUM, NESTEROV),
            Sgd::factory);

    private final Rate rate;
    private final double momentum;
    private final boolean nesterov;
    private final double[] velocity;

    private Sgd(Rate rate, double momentum, boolean nesterov, int parameters) {
        this.rate = rate;
        this.momentum = momentum;
        this.nesterov = nesterov;
        this.velocity = new double[momentum == 0 ? 0 : parameters];
    }

    private static OptimizerFactory factory(Arguments arguments) {
        Rate rate = Rate.of(arguments);
        double momentum = arguments.real(MOMENTUM.name());
        boolean nesterov = arguments.flag(NESTEROV.name());
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0");
        }
        return parameters -> new Sgd(rate, momentum, nesterov, parameters);
    }

    @Override
    public void update(double[] theta, double[] gradient, long step) {
        double eta = rate.at(step);
        for (int i = 0; i < theta.length; i++) {
            theta[i] -= eta * direction(i, gradient[i]);
        }
    }

    private double direction(int i, double g) {
        if (momentum == 0) {
            return g;
        }
        velocity[i] = momentum * velocity[i] + g;
        return nesterov ? g + momentum * velocity[i] : velocity[i];
    }

    @Override
    public double rate(long step) {
        return rate.at(step);
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public double[] state() {
        return velocity.clone();
    }

    @Override
    public void restore(double[] saved) {
        if (saved.length != velocity.length) {
            throw new IllegalArgumentException(
                    "the state of gradient descent has " + velocity.length + " numbers, not " + saved.length);
        }
        System.arraycopy(saved, 0, velocity, 0, velocity.length);
    }
}
