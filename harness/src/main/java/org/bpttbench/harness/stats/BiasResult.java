package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.EventSizes;
import org.bpttbench.experiments.run.CompletedRequest;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.StudentisedBootstrap;
import org.bpttbench.variants.Estimators;

/**
 * The bias of a setting at one checkpoint.
 *
 * @param spec how it was measured
 * @param at step of training
 * @param row before it was judged
 * @param look which look at its draws this is, from 1
 * @param judged by the family of all sampled rows of the sweep
 * @param projection 95 % interval of the projection; empty where there are no draws to resample or where they do not hold
 */
public record BiasResult(
        Setting setting,
        BiasSpec spec,
        long at,
        BiasRow row,
        int look,
        BiasRow.Judged judged,
        Optional<Interval> projection) {

    private static final double LEVEL = 0.95;

    /** A setting's row before it is judged. */
    private record Draft(Setting setting, BiasSpec spec, long at, int look, BiasRow row) {

        static Draft of(SettingRuns runs, BiasSpec spec, long at, Looks looks) {
            List<BiasMeasurement> measured = at(runs.results(), at);
            Looks.Size now = new Looks.Size(
                    CompletedRequest.draws(measured), runs.asked().replicates());
            int look = looks.bias(
                    runs.setting(),
                    at,
                    now,
                    before -> pWasPossible(at(runs.firstResults(before.replicates()), at), before.draws()));
            boolean complete = measured.size() == runs.results().size();
            return new Draft(runs.setting(), spec, at, look, BiasRow.of(measured, complete));
        }

        private static List<BiasMeasurement> at(List<RunRecord> records, long at) {
            return records.stream().flatMap(record -> at(record, at)).toList();
        }

        private static Stream<BiasMeasurement> at(RunRecord record, long at) {
            return record.bias().stream().filter(measurement -> measurement.at() == at);
        }

        BiasResult with(BiasRow.Judged judged) {
            Optional<Interval> projection = judged.sampled().flatMap(sampled -> projection());
            return new BiasResult(setting, spec, at, row, look, judged, projection);
        }

        private Optional<Interval> projection() {
            double[][] projections = Stratum.of(row.measured()).stream()
                    .map(Stratum::projections)
                    .toArray(double[][]::new);
            return StudentisedBootstrap.interval(
                    projections, LEVEL, seeds(setting, at).at("projection").generator());
        }
    }

    /**
     * Whether a look at so many draws of these replicates could have computed a p. What could have forbidden it is known without
     * those draws: that they were few, that their tail was unseen, or that there were no figures to judge.
     */
    static boolean pWasPossible(List<BiasMeasurement> replicates, long draws) {
        boolean figures = replicates.stream().allMatch(BiasMeasurement::hasFigures);
        List<EventSizes> events =
                replicates.stream().flatMap(each -> each.events().stream()).toList();
        List<Long> made = replicates.stream().map(each -> draws).toList();
        boolean known = events.size() == replicates.size();
        return figures
                && draws >= BiasInference.FEWEST_DRAWS
                && !(known && TailGuard.known(events, made).fires());
    }

    /** Setting by setting, checkpoint by checkpoint; of settings that measure bias and have a result. */
    public static List<BiasResult> of(List<SettingRuns> settings, Looks looks) {
        // Rows draw their chance from seeds of their own, so it is the same in any order.
        List<Draft> drafts = settings.parallelStream()
                .filter(runs -> !runs.results().isEmpty())
                .flatMap(runs -> runs.setting().bias().stream()
                        .flatMap(spec -> spec.at().stream().map(at -> Draft.of(runs, spec, at, looks))))
                .toList();
        List<BiasRow.Judged> judged = BiasRow.judge(
                drafts.stream().map(Draft::row).toList(),
                drafts.stream().mapToDouble(draft -> draft.spec().margin()).toArray(),
                drafts.stream().mapToInt(Draft::look).toArray());
        return IntStream.range(0, drafts.size())
                .parallel()
                .mapToObj(i -> drafts.get(i).with(judged.get(i)))
                .toList();
    }

    /** Of the resamples of a row. */
    static Seeds seeds(Setting setting, long at) {
        return Seeds.of(setting.seed()).at("statistics").at(setting.id()).at(at);
    }

    /** The replicates' measurements, in their order; of those that got there. */
    public List<BiasMeasurement> measured() {
        return row.measured();
    }

    /** Empty if no measurement gives figures. */
    public Optional<BiasEstimate> estimate() {
        return row.estimate();
    }

    /** What draws say beyond the estimate; empty if exact, too few, or guarded. */
    public Optional<BiasRow.Sampled> sampled() {
        return judged.sampled();
    }

    public Judgement judgement() {
        return judged.judgement();
    }

    /** Whether figures are their own limits: there is no chance in them. */
    public boolean settled() {
        return row.settled();
    }

    /** ‖g of the readout‖²/‖g of all parameters‖², mean over the replicates with figures. */
    public OptionalDouble readoutShare() {
        return figures(measured -> {
            double all = 0;
            double readout = 0;
            for (BlockMoments block : measured.blocks()) {
                all += block.gradientSquared();
                readout += block.cell() ? 0 : block.gradientSquared();
            }
            return OptionalDouble.of(readout / all);
        });
    }

    /** Of the choice of sequences, relative to ‖g‖²; mean over the replicates with figures, empty for a single sequence. */
    public OptionalDouble dataVariance() {
        return figures(BiasMeasurement::dataVariance);
    }

    private OptionalDouble figures(Function<BiasMeasurement, OptionalDouble> figure) {
        return measured().stream()
                .filter(BiasMeasurement::hasFigures)
                .flatMapToDouble(each -> figure.apply(each).stream())
                .average();
    }

    /** Whether the figures are free of chance. */
    public boolean exact() {
        List<BiasMeasurement> measured = measured();
        return measured.isEmpty()
                ? !Estimators.CATALOG
                        .create("type", setting.estimator())
                        .traits()
                        .random()
                : measured.get(0).exact();
    }

    /** Mean over the measurements; 0 without any. */
    public double mean(ToDoubleFunction<BiasMeasurement.Walk> figure) {
        return measured().stream()
                .map(BiasMeasurement::walk)
                .mapToDouble(figure)
                .average()
                .orElse(0.0);
    }

    /** Largest of the measurements; 0 without any. */
    public double largest(ToDoubleFunction<BiasMeasurement.Walk> figure) {
        return measured().stream()
                .map(BiasMeasurement::walk)
                .mapToDouble(figure)
                .max()
                .orElse(0.0);
    }

    /** Of its replicates, which may differ where the margin decides; 0 without any. */
    public long fewestDraws() {
        return measured().stream().mapToInt(BiasMeasurement::draws).min().orElse(0);
    }

    /** The largest |W[t,s]| that was drawn; empty where nothing was. */
    public OptionalDouble largestWeight() {
        return measured().stream()
                .flatMapToDouble(each -> each.walk().maxWeight().stream())
                .max();
    }

    /** How many draws of a replicate carry the variance; mean over the replicates, empty without draws. */
    public OptionalDouble effectiveDraws() {
        return measured().stream()
                .flatMap(each -> each.sample().stream())
                .mapToDouble(BiasMeasurement.Sample::effectiveDraws)
                .average();
    }

    /** The share of the variance in events that the draws are not expected to have met; empty if exact or not known. */
    public OptionalDouble unseenVariance() {
        return exact() ? OptionalDouble.empty() : row.unseenVariance();
    }

    /** How many flips carry the variance of all draws; empty if exact or not known. */
    public OptionalDouble effectiveFlips() {
        return exact() ? OptionalDouble.empty() : row.effectiveFlips();
    }
}
