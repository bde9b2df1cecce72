package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.AgeProfile;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.inference.Holm;
import org.bpttbench.variants.Estimators;

/**
 * The bias of a setting at one checkpoint.
 *
 * @param spec how it was measured
 * @param at step of training
 * @param measured the replicates' measurements, in their order; of those that got there
 * @param estimate empty if no measurement gives figures
 * @param sampled what draws say beyond the estimate; empty if exact, or too few to say anything
 */
public record BiasResult(
        Setting setting,
        BiasSpec spec,
        long at,
        List<BiasMeasurement> measured,
        Optional<BiasEstimate> estimate,
        Optional<Sampled> sampled,
        Judgement judgement) {

    /**
     * What draws say, one row of the family of all sampled rows of a sweep.
     *
     * @param inference of the row alone
     * @param pHolm its p value adjusted for the family
     * @param smallestMargin within which the bias lies, together with all rows of the family
     */
    public record Sampled(BiasInference inference, double pHolm, double smallestMargin) {}

    /** A row before it is judged: that takes the whole family. */
    private record Draft(
            Setting setting,
            BiasSpec spec,
            long at,
            List<BiasMeasurement> measured,
            Optional<BiasEstimate> estimate,
            Optional<BiasInference> inference) {

        static Draft of(SettingRuns runs, BiasSpec spec, long at) {
            List<BiasMeasurement> measured =
                    runs.results().stream().flatMap(record -> at(record, at)).toList();
            List<Stratum> strata = Stratum.of(measured);
            Optional<BiasEstimate> estimate = BiasEstimate.ofStrata(strata);
            Seeds seeds = seeds(runs.setting(), at);
            Optional<BiasInference> inference = estimate.filter(
                            figures -> !strata.get(0).exact())
                    .flatMap(figures -> BiasInference.of(strata, figures, seeds));
            return new Draft(runs.setting(), spec, at, measured, estimate, inference);
        }

        private static Stream<BiasMeasurement> at(RunRecord record, long at) {
            return record.bias().stream().filter(measurement -> measurement.at() == at);
        }

        BiasResult judged(int family, double pHolm) {
            Optional<Sampled> sampled = inference.map(own -> new Sampled(own, pHolm, own.smallestMargin(family)));
            Judgement judgement = estimate.map(figures -> judge(figures, sampled))
                    .orElseGet(() -> measured.stream().anyMatch(BiasMeasurement::zeroGradient)
                            ? Judgement.ZERO_GRADIENT
                            : Judgement.DIVERGED);
            return new BiasResult(setting, spec, at, measured, estimate, sampled, judgement);
        }

        private Judgement judge(BiasEstimate figures, Optional<Sampled> sampled) {
            if (measured.get(0).exact()) {
                return Judgement.exact(figures.relativeBias(), spec.margin());
            }
            return sampled.map(row -> Judgement.sampled(
                            BiasResult.unseenVariance(measured), row.smallestMargin(), row.pHolm(), spec.margin()))
                    .orElse(Judgement.DRAWS);
        }
    }

    /** Setting by setting, checkpoint by checkpoint; of settings that measure bias and have a result. */
    public static List<BiasResult> of(List<SettingRuns> settings) {
        List<Draft> drafts = settings.stream()
                .filter(runs -> !runs.results().isEmpty())
                .flatMap(runs -> runs.setting().bias().stream()
                        .flatMap(spec -> spec.at().stream().map(at -> Draft.of(runs, spec, at))))
                .toList();
        double[] adjusted = Holm.adjust(drafts.stream()
                .mapToDouble(
                        draft -> draft.inference().map(BiasInference::pValue).orElse(Double.NaN))
                .toArray());
        int family = (int)
                drafts.stream().filter(draft -> draft.inference().isPresent()).count();
        List<BiasResult> results = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            results.add(drafts.get(i).judged(family, adjusted[i]));
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
        return exact() ? OptionalDouble.empty() : unseenVariance(measured);
    }

    static OptionalDouble unseenVariance(List<BiasMeasurement> measured) {
        double total = 0;
        double unseen = 0;
        for (BiasMeasurement each : measured) {
            if (each.ages().isEmpty()) {
                return OptionalDouble.empty();
            }
            AgeProfile profile = each.ages().get();
            if (!each.zeroGradient()) {
                double variance = profile.total() / (each.gradientNorm() * each.gradientNorm());
                total += variance;
                unseen += variance * profile.unseen(each.draws(), Judgement.SEGMENTS_SEEN);
            }
        }
        return OptionalDouble.of(total > 0 ? unseen / total : 0.0);
    }
}
