package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.run.CompletedRequest;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.variants.Estimators;

/**
 * The bias of a setting at one checkpoint.
 *
 * @param spec how it was measured
 * @param at step of training
 * @param measured the replicates' measurements, in their order; of those that got there
 * @param look which one it is at this measurement, counted from 1: a p is paid for accordingly
 * @param estimate empty if no measurement gives figures
 * @param sampled what draws say beyond the estimate; empty if exact, or too few to say anything
 */
public record BiasResult(
        Setting setting,
        BiasSpec spec,
        long at,
        List<BiasMeasurement> measured,
        int look,
        Optional<BiasEstimate> estimate,
        Optional<Sampled> sampled,
        Judgement judgement) {

    /**
     * What draws say, one row of the family of all sampled rows of a sweep.
     *
     * @param inference of the row alone
     * @param pHolm its p value, paid for by the look and adjusted for the family
     * @param smallestMargin within which the bias lies, together with all rows of the family, at a level that is paid for too
     */
    public record Sampled(BiasInference inference, double pHolm, double smallestMargin) {}

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
            return new Draft(runs.setting(), spec, at, look, BiasRow.of(measured, seeds(runs.setting(), at)));
        }

        private static List<BiasMeasurement> at(List<RunRecord> records, long at) {
            return records.stream().flatMap(record -> at(record, at)).toList();
        }

        private static Stream<BiasMeasurement> at(RunRecord record, long at) {
            return record.bias().stream().filter(measurement -> measurement.at() == at);
        }

        BiasResult with(BiasRow.Judged judged) {
            return new BiasResult(
                    setting, spec, at, row.measured(), look, row.estimate(), judged.sampled(), judged.judgement());
        }
    }

    /** Fewer draws say nothing. */
    private static final int FEWEST_DRAWS = 100;

    /**
     * Whether a look at so many draws of these replicates could have computed a p. What could have forbidden it is known without
     * those draws: that they were few, that their tail was unseen, or that no gradient is other than zero.
     */
    static boolean pWasPossible(List<BiasMeasurement> replicates, long draws) {
        return draws >= FEWEST_DRAWS
                && replicates.stream().anyMatch(measured -> !measured.zeroGradient())
                && !Judgement.tail(BiasRow.unseenVariance(replicates, measured -> draws));
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
        List<BiasResult> results = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            results.add(drafts.get(i).with(judged.get(i)));
        }
        return results;
    }

    /** Of the random directions and resamples that judge a row. */
    static Seeds seeds(Setting setting, long at) {
        return Seeds.of(setting.seed()).at("statistics").at(setting.id()).at(at);
    }

    /** Whether the figures are free of chance. */
    public boolean exact() {
        return measured.isEmpty()
                ? !Estimators.CATALOG
                        .create("type", setting.estimator())
                        .traits()
                        .random()
                : measured.get(0).exact();
    }

    /** Mean over the measurements; 0 without any. */
    public double mean(ToDoubleFunction<BiasMeasurement.Walk> figure) {
        return measured.stream()
                .map(BiasMeasurement::walk)
                .mapToDouble(figure)
                .average()
                .orElse(0.0);
    }

    /** Largest of the measurements; 0 without any. */
    public double largest(ToDoubleFunction<BiasMeasurement.Walk> figure) {
        return measured.stream()
                .map(BiasMeasurement::walk)
                .mapToDouble(figure)
                .max()
                .orElse(0.0);
    }

    /** The largest |W[t,s]| that was drawn; empty where nothing was. */
    public OptionalDouble largestWeight() {
        return measured.stream()
                .flatMapToDouble(each -> each.walk().maxWeight().stream())
                .max();
    }

    /** How many draws of a replicate carry the variance; mean over the replicates, empty without draws. */
    public OptionalDouble effectiveDraws() {
        return measured.stream()
                .flatMap(each -> each.sample().stream())
                .mapToDouble(BiasMeasurement.Sample::effectiveDraws)
                .average();
    }

    /** The share of the variance at ages that hardly a segment reached; empty if exact or not known. */
    public OptionalDouble unseenVariance() {
        return exact() ? OptionalDouble.empty() : BiasRow.unseenVariance(measured);
    }
}
