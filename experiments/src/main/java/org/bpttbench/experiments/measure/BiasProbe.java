package org.bpttbench.experiments.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.train.FrozenTraining;

/**
 * Measures an estimator with θ frozen: the exact gradient of a recorded sequence as its shadow, then the estimator's
 * moments on the same data, computed or from draws. Draws are made many at a time, as adjoint rows that share a forward
 * pass; how many has no influence on the result. Never holds draws × parameters: draws are folded into batch means as they
 * come. Belongs to one thread.
 *
 * <p>One draw is one realisation on all sequences (lanes) at once, the sum of all its emissions.
 */
public final class BiasProbe {
    /** M, the number of batch means that the statistics work with. */
    public static final int BATCHES = 200;

    private static final int MOST_ROWS = 64;

    /** Steps up to which the expectation of the draws is computed beside them: it takes the cube of them. */
    private static final int LONGEST_EXPECTATION = 2000;

    /** Doubles of gradients held at once: 16 MiB. */
    private static final int GRADIENT_BUDGET = 1 << 21;

    private final Network network;
    private final Recording recording;
    private final FrozenRun run;
    private final ExactGradient exact;
    private final Optional<FrozenTraining> training;

    /** A probe that asks for nothing but the truncation's bias. See the other constructor. */
    public BiasProbe(Network network, Source source, int lanes, int burnIn, int steps) {
        this(network, source, lanes, burnIn, steps, Optional.empty());
    }

    /**
     * Records the data and computes the exact gradient.
     *
     * @param network with θ loaded; θ must not move until the last measurement
     * @param source at its start
     * @param lanes sequences measured at once
     * @param burnIn steps run forward before them
     * @param steps of a sequence
     * @param training whose own biases are measured beside the truncation's, if there is any
     */
    public BiasProbe(
            Network network, Source source, int lanes, int burnIn, int steps, Optional<FrozenTraining> training) {
        this.network = network;
        this.training = training;
        this.recording = new Recording(network, source, lanes, burnIn, steps);
        this.run = new FrozenRun(network, recording);
        this.exact = ExactGradient.of(run);
    }

    /** The number of draws that are made for a wish: rounded up to a multiple of the number of batches. */
    public static int roundedDraws(int wish) {
        int batches = Math.min(BATCHES, wish);
        return Math.multiplyExact((wish + batches - 1) / batches, batches);
    }

    /** Whether the moments of an estimator can be computed, so that {@link #compute} takes it. */
    public static boolean computes(GradientEstimator estimator) {
        return !estimator.traits().random() || estimator instanceof RenewalTruncation;
    }

    /**
     * Computes an estimator's mean and variance.
     *
     * @param at step of training, for the record
     * @throws IllegalArgumentException for an estimator whose moments only draws can tell
     */
    public BiasMeasurement compute(GradientEstimator estimator, long at) {
        if (!estimator.traits().random()) {
            List<OtherBias> others = new ArrayList<>(stale(estimator, 1, draw -> Chance.NONE));
            Fold fold = fold(1, 1);
            Treated treated = Treated.of(training, exact.gradient(), 1, 1);
            Tally tally = draw(estimator, 0, 1, draw -> Chance.NONE, (draw, values, offset) -> {
                fold.add(draw, values, offset);
                treated.add(draw, values, offset);
            });
            others.addAll(treated.biases(false));
            return measurement(
                    at, 1, fold, fold.blocks(), Optional.empty(), Optional.empty(), walk(estimator, tally, 1), others);
        }
        if (!(estimator instanceof RenewalTruncation truncation)) {
            throw new IllegalArgumentException("the moments of this estimator are not computed, only drawn");
        }
        ExactMoments moments = ExactMoments.of(run, truncation, exact);
        Fold fold = fold(1, 1);
        fold.add(0, moments.mean(), 0);
        return measurement(
                at,
                1,
                fold,
                fold.computed(moments.variance()),
                Optional.empty(),
                Optional.of(moments.variance().all()),
                moments.walk(run, truncation),
                List.of());
    }

    private Fold fold(int batches, int batchSize) {
        return new Fold(network.model().layout().blocks(), exact.gradient(), exact.cell(), batches, batchSize);
    }

    /**
     * Tells how many draws a margin needs here. The draws that this takes are of no use for the measurement.
     *
     * @param estimator a random one
     * @param seeds of the pilot; those of the measurement are to be others
     */
    public DrawPlan plan(GradientEstimator estimator, DrawPlan.Effort effort, Seeds seeds) {
        if (exact.zero() || !exact.isFinite()) {
            return new DrawPlan(0.0, Optional.empty());
        }
        if (effort.computes(estimator, network.model(), recording.lanes(), recording.steps())) {
            EventSizes events = ExactMoments.variance(run, (RenewalTruncation) estimator, exact)
                    .all();
            return new DrawPlan(events.total(), Optional.of(events));
        }
        Pilot pilot = new Pilot(effort.draws(), exact.cell(), exact.scale());
        draw(estimator, effort.draws(), seeds, pilot::add);
        Optional<EventSizes> events = effort.profiles(estimator, network.model(), recording.lanes(), recording.steps())
                ? ExactMoments.events(run, estimator, exact, seeds.at("sketch")).map(TruncationVariance::all)
                : Optional.empty();
        double norm = exact.norm() * exact.scale();
        double drawn = pilot.varianceLimit() / norm / norm;
        return new DrawPlan(Math.max(drawn, events.map(EventSizes::total).orElse(0.0)), events);
    }

    /** Multiplications, about, that computing a random estimator's variance takes; infinite where it cannot be computed. */
    public static double work(GradientEstimator estimator, Model model, int lanes, int steps) {
        return estimator instanceof RenewalTruncation truncation
                ? ExactMoments.work(truncation, model, lanes, steps)
                : Double.POSITIVE_INFINITY;
    }

    /** Multiplications, about, that a probe takes from its beginning until it has told how many draws a margin needs. */
    public static double planWork(
            GradientEstimator estimator, DrawPlan.Effort effort, Model model, int lanes, int burnIn, int steps) {
        double opening = (double) ExactMoments.perStep(model) * lanes * (burnIn + 5.0 * steps);
        return opening + effort.work(estimator, model, lanes, steps);
    }

    /** Bytes, at most, of the gradients that draws are made into at once. */
    public static double gradientBytes(Model model) {
        double parameters = model.layout().size();
        return Double.BYTES * Math.max(parameters, Math.min(GRADIENT_BUDGET, MOST_ROWS * parameters));
    }

    /** Bytes, about, that computing the moments of a renewal truncation takes. */
    public static double bytes(RenewalTruncation truncation, Model model, int steps) {
        return ExactMoments.bytes(truncation, model, steps);
    }

    /**
     * Measures an estimator by draws; one without chance is run once.
     *
     * @param at step of training, for the record
     * @param draws how many are wished for
     * @param seeds draw i takes its chance from {@code seeds.at(i)}
     */
    public BiasMeasurement measure(GradientEstimator estimator, long at, int draws, Seeds seeds) {
        if (!estimator.traits().random()) {
            return compute(estimator, at);
        }
        int made = roundedDraws(draws);
        int batches = Math.min(BATCHES, made);
        List<OtherBias> others = new ArrayList<>(stale(estimator, batches, Chance.of(seeds)));
        Treated treated = Treated.of(training, exact.gradient(), batches, made / batches);
        Fold fold = fold(batches, made / batches);
        Spread spread = new Spread(expectation(estimator), exact.cell(), exact.scale());
        Tally tally = draw(estimator, 0, made, Chance.of(seeds), (draw, values, offset) -> {
            fold.add(draw, values, offset);
            spread.add(values, offset);
            treated.add(draw, values, offset);
        });
        others.addAll(treated.biases(true));
        BiasMeasurement.Sample sample = new BiasMeasurement.Sample(
                fold.projections(),
                fold.quantiles(),
                spread.effectiveDraws(),
                OptionalDouble.of(spread.largestShare()));
        Optional<TruncationVariance> events =
                exact.zero() ? Optional.empty() : ExactMoments.events(run, estimator, exact, seeds.at("sketch"));
        return measurement(
                at,
                made,
                fold,
                fold.blocks(events),
                Optional.of(sample),
                events.map(TruncationVariance::all),
                walk(estimator, tally, made),
                others);
    }

    /**
     * What θ that moves inside the sequence makes of the first draws, beside the same draws with θ at rest; nothing where it
     * does not move. Before the other draws are folded, so that not all batch means are in memory together.
     */
    private List<OtherBias> stale(GradientEstimator estimator, int draws, Chance chance) {
        Optional<Staleness> staleness =
                training.flatMap(frozen -> Staleness.of(network, recording, frozen, estimator, draws, chance::coin));
        Optional<OtherBias> moving = staleness.flatMap(each -> each.bias(exact.gradient()));
        return moving.map(bias -> Stream.concat(Stream.of(bias), atRest(estimator, draws, chance).stream())
                        .toList())
                .orElse(List.of());
    }

    private Optional<OtherBias> atRest(GradientEstimator estimator, int draws, Chance chance) {
        WholeFold fold = new WholeFold(exact.gradient(), draws, 1);
        draw(estimator, 0, draws, chance, fold::add);
        return fold.bias(OtherBias.Kind.FROZEN, estimator.traits().random(), OptionalDouble.empty());
    }

    private BiasMeasurement measurement(
            long at,
            int draws,
            Fold fold,
            List<BlockMoments> blocks,
            Optional<BiasMeasurement.Sample> sample,
            Optional<EventSizes> events,
            BiasMeasurement.Walk walk,
            List<OtherBias> others) {
        BiasMeasurement measured = new BiasMeasurement(
                at,
                recording.lanes(),
                draws,
                exact.norm(),
                exact.termNorms(),
                blocks,
                sample,
                events,
                walk,
                others,
                exact.dataVariance(run));
        return exact.isFinite() && fold.isFinite() ? measured : measured.overflowed();
    }

    /** What draws scatter about: E ĝ where it is not g and can be computed in less time than the draws take; else g. */
    private double[] expectation(GradientEstimator estimator) {
        if (estimator instanceof RenewalTruncation truncation && run.steps() <= LONGEST_EXPECTATION) {
            AgeChain chain = new AgeChain(truncation, run.steps());
            return chain.compensated() ? exact.gradient() : ExactMoments.mean(run, chain);
        }
        return exact.gradient();
    }

    private BiasMeasurement.Walk walk(GradientEstimator estimator, Tally tally, int draws) {
        long laneSteps = (long) recording.steps() * recording.lanes();
        return new BiasMeasurement.Walk(
                1.0 + (double) tally.repeatedLaneSteps() / (double) tally.forwardLaneSteps(),
                (double) tally.backwardLaneSteps() / ((double) draws * laneSteps),
                tally.meanSegment(),
                estimator.tapeSteps(recording.lanes(), tally),
                estimator.tapeBytes(run.tape().shape(), tally),
                OptionalDouble.of(tally.largestWeight()));
    }

    private int together(int draws) {
        int byRows = Math.max(1, MOST_ROWS / recording.lanes());
        int byMemory = Math.max(1, GRADIENT_BUDGET / network.parameters());
        return Math.min(draws, Math.min(byRows, byMemory));
    }

    /** Makes draws and hands each on. */
    void draw(GradientEstimator estimator, int draws, Seeds seeds, Drawn drawn) {
        draw(estimator, 0, draws, Chance.of(seeds), drawn);
    }

    /** Makes draws {@code [first, first + draws)} and hands each on. */
    private Tally draw(GradientEstimator estimator, int first, int draws, Chance chance, Drawn drawn) {
        Tally tally = new Tally();
        int together = together(draws);
        double[] sums = new double[together * network.parameters()];
        for (int next = first; next < first + draws; next += together) {
            int count = Math.min(together, first + draws - next);
            List<Coin> coins = new ArrayList<>();
            for (int i = next; i < next + count; i++) {
                coins.add(chance.coin(i));
            }
            StreamPlan plan = StreamPlan.measured(recording.lanes(), count, recording.steps());
            GradientStream stream = estimator.open(network, recording, plan, coins);
            Arrays.fill(sums, 0.0);
            stream.advance(recording.steps(), (emitted, window) -> {
                for (int i = 0; i < emitted.length; i++) {
                    sums[i] += emitted[i];
                }
            });
            for (int i = 0; i < count; i++) {
                drawn.take(next + i, sums, i * network.parameters());
            }
            tally.add(stream.tally());
        }
        return tally;
    }

    /** Takes the gradient of one draw, {@code [P]} from the offset. */
    @FunctionalInterface
    interface Drawn {
        void take(int draw, double[] values, int offset);
    }

    /** The coin of each draw. */
    @FunctionalInterface
    private interface Chance {
        Coin coin(int draw);

        Coin NONE = probability -> {
            throw new IllegalStateException("an estimator without chance flips a coin");
        };

        static Chance of(Seeds seeds) {
            return draw -> Coin.of(seeds.at(draw).generator());
        }
    }

    /** How draws scatter about a centre. */
    private static final class Spread {
        private static final int LARGEST = 5;

        private final double[] centre;
        private final double scale;
        private final double[] largest = new double[LARGEST];
        private double sum;
        private double squares;

        /** @param size first parameters that are looked at */
        Spread(double[] centre, int size, double scale) {
            this.centre = new double[size];
            this.scale = scale;
            Arrays.setAll(this.centre, i -> scale * centre[i]);
        }

        void add(double[] values, int offset) {
            double square = 0;
            for (int i = 0; i < centre.length; i++) {
                double error = scale * values[offset + i] - centre[i];
                square = Math.fma(error, error, square);
            }
            sum += square;
            squares += square * square;
            // Ascending: what is larger than the smallest takes its place.
            if (square > largest[0]) {
                largest[0] = square;
                Arrays.sort(largest);
            }
        }

        double effectiveDraws() {
            double draws = sum / squares * sum;
            return squares > 0 && Double.isFinite(draws) ? draws : 0.0;
        }

        double largestShare() {
            double share = Arrays.stream(largest).sum() / sum;
            return sum > 0 && Double.isFinite(share) ? share : 0.0;
        }
    }
}
