package org.bpttbench.experiments.measure;

import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.DrawsSpec;

/**
 * What measurements have to compute, counted in multiplications, about: a figure of the sweep file alone, which a rate
 * measured on a machine makes into a time.
 */
public final class MeasureWork {
    /** The network, its whole width among it, run forward once and back twice as dearly. */
    private static final double BOTH_WAYS = 3.0;

    private MeasureWork() {}

    /** Multiplications of one time step of one lane forward: a system of its own may have fewer parameters than links. */
    public static double perStep(Model model) {
        return ExactMoments.perStep(model);
    }

    /**
     * Of one measurement, but for the {@link #pilot}.
     *
     * @param draws made of a random estimator whose moments are not computed
     * @param moving whether a training moves θ inside the sequence, which is measured beside
     */
    public static double of(BiasSpec bias, GradientEstimator estimator, Model model, int draws, boolean moving) {
        double pass = perStep(model) * bias.sequences() * bias.length();
        double opening = perStep(model) * bias.sequences() * bias.burnIn() + 5.0 * pass;
        if (!estimator.traits().random()) {
            return opening + pass * (moving ? 2 * BOTH_WAYS : BOTH_WAYS);
        }
        if (bias.exact()) {
            return opening + BiasProbe.work(estimator, model, bias.sequences(), bias.length());
        }
        double stale = moving ? Math.min(draws, BiasProbe.BATCHES) * BOTH_WAYS * pass : 0;
        return opening + stale + 2.0 * draws * pass + events(bias, estimator, model);
    }

    /** Of what tells how many draws a margin needs, where it decides. */
    public static double pilot(BiasSpec bias, GradientEstimator estimator, Model model) {
        return estimator.traits().random()
                        && bias.draws().map(DrawsSpec::forMargin).orElse(false)
                ? DrawPlan.Effort.FULL.work(estimator, model, bias.sequences(), bias.length())
                : 0;
    }

    private static double events(BiasSpec bias, GradientEstimator estimator, Model model) {
        return estimator instanceof RenewalTruncation truncation
                ? ExactMoments.workOfEvents(truncation, model, bias.sequences(), bias.length())
                : 0;
    }
}
