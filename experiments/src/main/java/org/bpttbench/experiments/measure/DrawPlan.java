package org.bpttbench.experiments.measure;

import java.util.Optional;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.RenewalTruncation;

/**
 * How many draws a margin needs, settled before any of them is looked at. An estimator counts as equivalent where the upper
 * limit of its relative bias lies below the margin. For an unbiased one whose errors all lie in one direction, which is the
 * worst case, N draws of relative variance v have the limit
 *
 * <pre>s·√(v/N)·(z + √(z² + u²)),      u ~ N(0, 1),  s² ~ χ²₁₉₉/199</pre>
 *
 * <p>with u the mean error over its standard error and s the standard error that 200 batch means estimate, over the true
 * one. z = 3.0902 is the quantile at 1 − 0.025·0.8/{@value #FAMILY}: of the first of {@value #FAMILY} rows at the first look, which has
 * 0.8 of the level, whatever the sweep has. A row is equivalent where each of its replicates is; {@value #REPLICATES} of them are
 * supposed. A run must not depend on those beside it. All limits lie below a margin m with probability 0.9 if
 *
 * <pre>N = v·(F/m)²,      P[s·(z + √(z² + u²)) &lt; F] = 0.9^(1/{@value #REPLICATES}),  F = 7.1806</pre>
 *
 * <p>Where the errors have more directions the probability is larger, and so it is with fewer replicates. Besides, N is large enough
 * for the tail guard.
 *
 * <p>v is computed where that is affordable, for a renewal truncation. Else it comes from a pilot whose draws are thrown away
 * (Stein 1945), with the upper 90 % limit of a variance for safety: v̂·ν/χ²(0.1; ν), where ν = 2n·ē²/s_e² is taken from how
 * the squared errors e of the n draws scatter. No less than what a sketch of the increments says, which sees ages that no
 * draw of the pilot reached.
 *
 * @param relativeVariance v = tr Var(ĝ)/‖g‖² of one draw; 0 where g is zero and nothing can be said relative to it
 * @param events the chance of the gradient by size; empty unless the estimator is a renewal truncation
 */
public record DrawPlan(double relativeVariance, Optional<EventSizes> events) {
    /** How much is done to find v. */
    public enum Effort {
        /** For a run. */
        FULL(3e9, Double.POSITIVE_INFINITY, 200),
        /** For a look ahead: a smaller pilot, and a sketch only where it is quick. */
        QUICK(5e8, 5e8, 50);

        private final double mostComputed;
        private final double mostSketched;
        private final int draws;

        Effort(double mostComputed, double mostSketched, int draws) {
            this.mostComputed = mostComputed;
            this.mostSketched = mostSketched;
            this.draws = draws;
        }

        /** Of a pilot. */
        int draws() {
            return draws;
        }

        /** Whether the variance is computed. */
        boolean computes(GradientEstimator estimator, Model model, int lanes, int steps) {
            return BiasProbe.work(estimator, model, lanes, steps) <= mostComputed;
        }

        /** Whether a sketch of the increments is made beside a pilot. */
        boolean profiles(GradientEstimator estimator, Model model, int lanes, int steps) {
            return estimator instanceof RenewalTruncation truncation
                    && ExactMoments.workOfEvents(truncation, model, lanes, steps) <= mostSketched;
        }

        /** Multiplications, about. */
        double work(GradientEstimator estimator, Model model, int lanes, int steps) {
            if (computes(estimator, model, lanes, steps)) {
                return BiasProbe.work(estimator, model, lanes, steps);
            }
            double pilot = 2.0 * draws * lanes * steps * ExactMoments.perStep(model);
            return profiles(estimator, model, lanes, steps)
                    ? pilot + ExactMoments.workOfEvents((RenewalTruncation) estimator, model, lanes, steps)
                    : pilot;
        }
    }

    /** Rows among which the estimator may be the first to be judged. */
    static final int FAMILY = 20;

    /** Of one row, all to be found within the margin. */
    static final int REPLICATES = 5;

    /** F. */
    static final double FACTOR = 7.180618;

    /** The most unseen variance that the tail guard lets pass. */
    public static final double MOST_UNSEEN = 0.2;

    /** The fewest effective flips that it lets pass. */
    public static final double FEWEST_FLIPS = 60;

    /** The draws that a margin needs, rounded up to whole batches; {@link Integer#MAX_VALUE} if they are more than that. */
    public int needed(double margin) {
        return draws(margin, Integer.MAX_VALUE);
    }

    /**
     * The draws that are made: those that the margin needs, but no more than so many. A multiple of {@link
     * BiasProbe#BATCHES}, unless it is {@link Integer#MAX_VALUE}.
     *
     * @param atMost at least {@link BiasProbe#BATCHES}
     */
    public int draws(double margin, int atMost) {
        int most = atMost == Integer.MAX_VALUE ? atMost : atMost - atMost % BiasProbe.BATCHES;
        double root = FACTOR / margin;
        double forLimit = relativeVariance * root * root;
        double wanted = Math.max(forLimit, relativeVariance > 0 ? forTail() : 0);
        // Of a variance that is no number nothing follows; the measurement will say what is the matter.
        double rounded = wanted >= 0 ? Math.ceil(wanted / BiasProbe.BATCHES) * BiasProbe.BATCHES : 0;
        return (int) Math.max(BiasProbe.BATCHES, Math.min(most, rounded));
    }

    /** The fewest draws under which the tail guard does not fire. */
    private double forTail() {
        return events.map(sizes -> sizes.drawsToSee(MOST_UNSEEN, FEWEST_FLIPS)).orElse(0.0);
    }
}
