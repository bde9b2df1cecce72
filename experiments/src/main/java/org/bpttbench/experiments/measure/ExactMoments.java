package org.bpttbench.experiments.measure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.random.Seeds;

/**
 * Mean and variance of a renewal truncation at frozen θ, computed.
 *
 * @param mean E ĝ, {@code [P]}
 * @param variance by parameter block, in units of the square of the gradient's scale
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record ExactMoments(double[] mean, TruncationVariance variance) {
    /** Doubles that the gradient of a block is shortened to where only the sizes of events are wanted. */
    private static final int SKETCH = 24;

    /** Multiplications that sizes of events may take before they are sketched, and then before links are skipped. */
    private static final double EVENT_WORK = 3e8;

    /** The fewest links that are looked at. */
    private static final int FEWEST_LINKS = 16;

    static ExactMoments of(FrozenRun run, RenewalTruncation truncation, ExactGradient exact) {
        return new ExactMoments(mean(run, new AgeChain(truncation, run.steps())), variance(run, truncation, exact));
    }

    /** All links, no sketch. */
    static TruncationVariance variance(FrozenRun run, RenewalTruncation truncation, ExactGradient exact) {
        List<ParamBlock> blocks = run.network().model().layout().blocks();
        return TruncationVariance.of(run, truncation, Reading.whole(blocks, exact.scale()), exact.units(blocks));
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
     * The sizes of events beside a sample: from a sketch where they would take too much work, from a part of the links where
     * there are many. Empty for an estimator whose variance is not computed.
     */
    static Optional<TruncationVariance> events(
            FrozenRun run, GradientEstimator estimator, ExactGradient exact, Seeds seeds) {
        if (!(estimator instanceof RenewalTruncation truncation)) {
            return Optional.empty();
        }
        if (workOfEvents(run, truncation, run.network().parameters()) <= EVENT_WORK) {
            return Optional.of(variance(run, truncation, exact));
        }
        List<ParamBlock> blocks = run.network().model().layout().blocks();
        Reading reading = Reading.sketch(blocks, SKETCH, exact.scale(), seeds.generator());
        int stride = stride(workOfEvents(run, truncation, reading.size()), run.steps());
        return Optional.of(TruncationVariance.of(run, truncation, reading, exact.units(blocks), stride));
    }

    private static double workOfEvents(FrozenRun run, RenewalTruncation truncation, int kept) {
        return run.steps()
                * TruncationVariance.workPerLink(
                        truncation, run.steps(), run.lanes(), run.network().parameters(), kept);
    }

    /** Every so many-th link is looked at. */
    private static int stride(double work, int steps) {
        int most = Math.max(1, steps / FEWEST_LINKS);
        return (int) Math.max(1, Math.min(most, Math.ceil(work / EVENT_WORK)));
    }

    /** Multiplications, about, that the sizes of events beside a sample take. */
    static double workOfEvents(RenewalTruncation truncation, Model model, int lanes, int steps) {
        int parameters = model.layout().size();
        double whole = steps * TruncationVariance.workPerLink(truncation, steps, lanes, parameters, parameters);
        if (whole <= EVENT_WORK) {
            return steps * TruncationVariance.workPerLink(truncation, steps, lanes, perStep(model), parameters);
        }
        int kept = model.layout().blocks().stream()
                .mapToInt(block -> Math.min(SKETCH, block.size()))
                .sum();
        double counted = steps * TruncationVariance.workPerLink(truncation, steps, lanes, parameters, kept);
        double work = steps * TruncationVariance.workPerLink(truncation, steps, lanes, perStep(model), kept);
        return work / stride(counted, steps);
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
