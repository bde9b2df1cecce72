package org.bpttbench.variants.truncation;

import java.util.function.Supplier;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.EveryPattern;

/** The exact law of an estimate: every pattern of cuts with its probability. */
final class Enumeration {
    private final double[] full;
    private final double[] mean;
    private double probability;
    private double secondMoment;
    private long patterns;

    private Enumeration(GradientLab lab) {
        this.full = lab.gradient();
        this.mean = new double[full.length];
    }

    /** In one episode. */
    static Enumeration of(GradientLab lab, GradientEstimator estimator) {
        EveryPattern coin = new EveryPattern();
        GradientStream episodes = lab.open(estimator, coin);
        return of(lab, coin, () -> episodes);
    }

    /** In training on an endless stream, of which these steps are one sequence. */
    static Enumeration training(GradientLab lab, GradientEstimator estimator) {
        EveryPattern coin = new EveryPattern();
        return of(lab, coin, () -> lab.train(estimator, lab.steps(), coin));
    }

    private static Enumeration of(GradientLab lab, EveryPattern coin, Supplier<GradientStream> streams) {
        Enumeration law = new Enumeration(lab);
        do {
            double[] estimate = new double[law.mean.length];
            streams.get().advance(lab.steps(), (gradient, window) -> Vectors.add(1.0, gradient, estimate));
            law.add(coin.probability(), estimate);
        } while (coin.next());
        return law;
    }

    private void add(double chance, double[] estimate) {
        Vectors.add(chance, estimate, mean);
        double[] error = estimate.clone();
        Vectors.add(-1.0, full, error);
        secondMoment += chance * Vectors.dot(error, error);
        probability += chance;
        patterns++;
    }

    /** The largest |E ĝ − g| over the largest |g|: what every test of bias looks at. */
    double bias() {
        return Vectors.relativeDifference(mean, full);
    }

    /** E‖ĝ − g‖²: the trace of the variance where there is no bias. */
    double meanSquaredError() {
        return secondMoment;
    }

    double[] mean() {
        return mean.clone();
    }

    /** Of all patterns: 1. */
    double probability() {
        return probability;
    }

    long patterns() {
        return patterns;
    }
}
