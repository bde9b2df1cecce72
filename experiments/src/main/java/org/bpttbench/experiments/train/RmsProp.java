package org.bpttbench.experiments.train;

import java.util.List;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * RMSProp: each parameter's step is its gradient over the root of its mean squared gradient, an exponential average.
 *
 * <p><b>Update.</b> v ← βv + (1−β)g², θ ← θ − η·g/(√v + ε).
 *
 * <p><b>Cost.</b> One number a parameter.
 *
 * <p><b>Reference.</b> Tieleman &amp; Hinton 2012, lecture 6.5 of their course.
 *
 * <p><b>Departures.</b> ε, which the lecture does not have. The average starts at 0 and is not corrected for it, as usual:
 * the first steps are long.
 */
final class RmsProp implements Optimizer {
    private static final Parameter BETA = Parameter.real("beta", "the decay of the mean squared gradient")
            .atLeast(0)
            .below(1)
            .orElse(0.9);
    private static final Parameter EPSILON = Parameter.real("epsilon", "added to the root of the mean squared gradient")
            .above(0)
            .orElse(1e-8);

    static final Entry<OptimizerFactory> ENTRY = new Entry<>(
            "rmsprop",
            "steps scaled by the running root mean square of the gradient",
            "Tieleman & Hinton 2012, lecture 6.5",
            List.of(Rate.INITIAL, Rate.DECAY, BETA, EPSILON),
            arguments -> parameters -> new RmsProp(arguments, parameters));

    private final Rate rate;
    private final double beta;
    private final double epsilon;
    private final double[] squares;

    private RmsProp(Arguments arguments, int parameters) {
        this.rate = Rate.of(arguments);
        this.beta = arguments.real(BETA.name());
        this.epsilon = arguments.real(EPSILON.name());
        this.squares = new double[parameters];
    }

    @Override
    public void update(double[] theta, double[] gradient, long step) {
        double eta = rate.at(step);
        for (int i = 0; i < squares.length; i++) {
            double g = gradient[i];
            squares[i] = beta * squares[i] + (1 - beta) * g * g;
            theta[i] -= eta * g / (Math.sqrt(squares[i]) + epsilon);
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
        return squares.clone();
    }

    @Override
    public void restore(double[] saved) {
        if (saved.length != squares.length) {
            throw new IllegalArgumentException(
                    "the state of RMSProp has " + squares.length + " numbers, not " + saved.length);
        }
        System.arraycopy(saved, 0, squares, 0, squares.length);
    }
}
