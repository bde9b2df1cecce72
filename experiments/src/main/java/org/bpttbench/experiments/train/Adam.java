package org.bpttbench.experiments.train;

import java.util.List;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Adam: each parameter's step is its mean gradient over the root of its mean squared gradient, both exponential
 * averages corrected for their start at zero.
 *
 * <p><b>Update.</b> m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − η·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵘ) and
 * v̂ = v/(1−β₂ᵘ) after u updates. With weight decay λ, θ ← θ − η·λ·θ besides, of every parameter.
 *
 * <p><b>Cost.</b> Two numbers a parameter.
 *
 * <p><b>Reference.</b> Kingma &amp; Ba 2015, algorithm 1; weight decay apart from the gradient: Loshchilov &amp; Hutter 2019,
 * algorithm 2 (AdamW).
 */
final class Adam implements Optimizer {
    private static final Parameter BETA1 = Parameter.real("beta1", "the decay of the mean gradient")
            .atLeast(0)
            .below(1)
            .orElse(0.9);
    private static final Parameter BETA2 = Parameter.real("beta2", "the decay of the mean squared gradient")
            .atLeast(0)
            .below(1)
            .orElse(0.999);
    private static final Parameter EPSILON = Parameter.real("epsilon", "added to the root of the mean squared gradient")
            .above(0)
            .orElse(1e-8);
    private static final Parameter WEIGHT_DECAY = Parameter.real(
                    "weight_decay", "λ, by which η draws parameters to 0, apart from the gradient (AdamW)")
            .atLeast(0)
            .orElse(0.0)
            .bornLater();

    static final Entry<OptimizerFactory> ENTRY = new Entry<>(
            "adam",
            "steps scaled by running moments of the gradient; with weight_decay it is AdamW",
            "Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithm 2",
            List.of(Rate.INITIAL, Rate.DECAY, BETA1, BETA2, EPSILON, WEIGHT_DECAY),
            arguments -> parameters -> new Adam(arguments, parameters));

    /** Where β₁ᵘ and β₂ᵘ stand in the state; the moments follow, m then v. */
    private static final int POWER1 = 0;

    private static final int POWER2 = 1;
    private static final int MOMENTS = 2;

    private final Rate rate;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;
    private final int parameters;
    private final double[] state;

    private Adam(Arguments arguments, int parameters) {
        this.rate = Rate.of(arguments);
        this.beta1 = arguments.real(BETA1.name());
        this.beta2 = arguments.real(BETA2.name());
        this.epsilon = arguments.real(EPSILON.name());
        this.weightDecay = arguments.real(WEIGHT_DECAY.name());
        this.parameters = parameters;
        this.state = new double[MOMENTS + 2 * parameters];
        state[POWER1] = 1;
        state[POWER2] = 1;
    }

    @Override
    public void update(double[] theta, double[] gradient, long step) {
        state[POWER1] *= beta1; // a product and not Math.pow, which may differ between JVMs
        state[POWER2] *= beta2;
        double eta = rate.at(step);
        double correction1 = 1 - state[POWER1];
        double correction2 = 1 - state[POWER2];
        for (int i = 0; i < parameters; i++) {
            double g = gradient[i];
            double m = beta1 * state[MOMENTS + i] + (1 - beta1) * g;
            double v = beta2 * state[MOMENTS + parameters + i] + (1 - beta2) * g * g;
            state[MOMENTS + i] = m;
            state[MOMENTS + parameters + i] = v;
            if (weightDecay > 0) {
                theta[i] -= eta * weightDecay * theta[i];
            }
            theta[i] -= eta * (m / correction1) / (Math.sqrt(v / correction2) + epsilon);
        }
    }

    @Override
    public double rate(long step) {
        return rate.at(step);
    }

    @Override
    public boolean affine() {
        return false;
    }

    @Override
    public double[] state() {
        return state.clone();
    }

    @Override
    public void restore(double[] saved) {
        if (saved.length != state.length) {
            throw new IllegalArgumentException("the state of Adam over " + parameters + " parameters has "
                    + state.length + " numbers, not " + saved.length);
        }
        System.arraycopy(saved, 0, state, 0, state.length);
    }
}
