package org.bpttbench.experiments.measure;

import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.EveryPattern;

/** Moments of the error ĝ − g of one draw, exact: every pattern of cuts with its probability. */
final class EnumeratedLaw {
    private final double[] meanError;
    private final double[] variance;
    private double second;
    private double fourth;

    private EnumeratedLaw(int parameters) {
        meanError = new double[parameters];
        variance = new double[parameters];
    }

    static EnumeratedLaw of(GradientLab lab, GradientEstimator estimator) {
        double[] full = lab.gradient();
        EnumeratedLaw law = new EnumeratedLaw(full.length);
        EveryPattern coin = new EveryPattern();
        GradientStream stream = lab.open(estimator, coin);
        do {
            double[] error = new double[full.length];
            Vectors.add(-1.0, full, error);
            stream.advance(lab.steps(), (gradient, window) -> Vectors.add(1.0, gradient, error));
            law.add(coin.probability(), error);
        } while (coin.next());
        for (int p = 0; p < full.length; p++) {
            law.variance[p] = Math.max(0.0, law.variance[p] - law.meanError[p] * law.meanError[p]);
        }
        return law;
    }

    private void add(double probability, double[] error) {
        double square = Vectors.dot(error, error);
        second += probability * square;
        fourth += probability * square * square;
        for (int p = 0; p < error.length; p++) {
            meanError[p] += probability * error[p];
            variance[p] += probability * error[p] * error[p];
        }
    }

    /** {@code [P]}. */
    double[] meanError() {
        return meanError.clone();
    }

    /** {@code [P]}. */
    double[] variance() {
        return variance.clone();
    }

    /** E‖ĝ − g‖². */
    double second() {
        return second;
    }

    /** E‖ĝ − g‖⁴. */
    double fourth() {
        return fourth;
    }
}
