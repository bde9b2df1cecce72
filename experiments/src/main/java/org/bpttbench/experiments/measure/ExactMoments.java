package org.bpttbench.experiments.measure;

import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.random.Seeds;

/**
 * Mean and variance of a renewal truncation at frozen θ, computed.
 *
 * @param mean E ĝ, {@code [P]}
 * @param variance by parameter block, and by age
 * @param profile by age
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record ExactMoments(double[] mean, TruncationVariance variance, AgeProfile profile) {
    /** Doubles that a gradient is shortened to where only the share of each age is wanted. */
    private static final int SKETCH = 64;

    /** Multiplications that a profile may take before links are skipped, and the fewest links that it looks at. */
    private static final double PROFILE_WORK = 3e8;

    private static final int FEWEST_LINKS = 16;

    static ExactMoments of(FrozenRun run, RenewalTruncation truncation) {
        Reading whole = Reading.whole(run.network().model().layout().blocks());
        TruncationVariance variance = TruncationVariance.of(run, truncation, whole);
        return new ExactMoments(
                mean(run, new AgeChain(truncation, run.steps())), variance, profile(run, truncation, variance));
    }

    static double[] mean(FrozenRun run, AgeChain chain) {
        return MeanGradient.of(run, ExpectedCredit.of(chain));
    }

    /** Multiplications, about, that the moments take. */
    static double work(RenewalTruncation truncation, Model model, int lanes, int steps) {
        return steps
                * TruncationVariance.workPerLink(
                        truncation, steps, lanes, perStep(model), model.layout().size());
    }

    /** Multiplications, about, of one step back: a system of its own may have fewer parameters than links. */
    static long perStep(Model model) {
        long states = model.cell().stateSize();
        return Math.max(model.layout().size(), states * states);
    }

    /** Bytes, about, that computing them takes: the credit matrix, and what the increments keep. */
    static double bytes(RenewalTruncation truncation, Model model, int steps) {
        double credit = (double) steps * steps;
        double increments = TruncationVariance.room(
                truncation, steps, model.layout().size(), model.layout().size());
        return Double.BYTES * (credit + increments);
    }

    /**
     * The profile beside a sample: from a sketch where gradients are long, from a part of the links where there are many.
     * Empty for an estimator whose variance is not computed.
     */
    static Optional<AgeProfile> profile(FrozenRun run, GradientEstimator estimator, Seeds seeds) {
        if (!(estimator instanceof RenewalTruncation truncation)) {
            return Optional.empty();
        }
        int parameters = run.network().parameters();
        Reading reading = parameters <= SKETCH
                ? Reading.whole(run.network().model().layout().blocks())
                : Reading.sketch(parameters, SKETCH, seeds.generator());
        double work = run.steps()
                * TruncationVariance.workPerLink(truncation, run.steps(), run.lanes(), parameters, reading.size());
        int stride = stride(work, run.steps());
        return Optional.of(profile(run, truncation, TruncationVariance.of(run, truncation, reading, stride)));
    }

    /** Every so many-th link is looked at. */
    private static int stride(double work, int steps) {
        int most = Math.max(1, steps / FEWEST_LINKS);
        return (int) Math.max(1, Math.min(most, Math.ceil(work / PROFILE_WORK)));
    }

    /** Multiplications, about, that the profile beside a sample takes. */
    static double profileWork(RenewalTruncation truncation, Model model, int lanes, int steps) {
        int parameters = model.layout().size();
        int kept = Math.min(parameters, SKETCH);
        double counted = steps * TruncationVariance.workPerLink(truncation, steps, lanes, parameters, kept);
        double work = steps * TruncationVariance.workPerLink(truncation, steps, lanes, perStep(model), kept);
        return work / stride(counted, steps);
    }

    /** The profile in full: its total is tr Var(ĝ). */
    static AgeProfile profile(FrozenRun run, RenewalTruncation truncation) {
        Reading whole = Reading.whole(run.network().model().layout().blocks());
        return profile(run, truncation, TruncationVariance.of(run, truncation, whole));
    }

    private static AgeProfile profile(FrozenRun run, RenewalTruncation truncation, TruncationVariance variance) {
        double[] segments = new AgeChain(truncation, run.steps()).segments();
        if (!truncation.together(run.lanes())) {
            for (int age = 1; age < segments.length; age++) {
                segments[age] *= run.lanes();
            }
        }
        return new AgeProfile(variance.ages(), segments);
    }

    /** What a draw takes on average. */
    BiasMeasurement.Walk walk(FrozenRun run, RenewalTruncation truncation) {
        AgeChain chain = new AgeChain(truncation, run.steps());
        long tapeSteps = truncation.plannedTapeSteps(StreamPlan.measured(run.lanes(), 1, run.steps()));
        return new BiasMeasurement.Walk(
                1.0,
                pulled(run, chain) / ((double) run.steps() * run.lanes()),
                run.steps() / chain.expectedSegments(),
                tapeSteps,
                tapeSteps * run.tape().shape().bytesPerStep(),
                OptionalDouble.empty());
    }

    /** The expected number of lane-steps that an adjoint reaches: those with no cut before the next loss. */
    private static double pulled(FrozenRun run, AgeChain chain) {
        double pulled = 0;
        for (int lane = 0; lane < run.lanes(); lane++) {
            int loss = -1;
            for (int t = run.steps() - 1; t >= 0; t--) {
                loss = run.tape().masks()[t * run.lanes() + lane] ? t : loss;
                pulled += loss < 0 ? 0.0 : chain.passes(t, loss);
            }
        }
        return pulled;
    }
}
