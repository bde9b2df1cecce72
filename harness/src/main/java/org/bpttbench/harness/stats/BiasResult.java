package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bpttbench.experiments.measure.BiasMeasurement;
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
 * @param estimate empty if no measurement gives figures
 */
public record BiasResult(
        Setting setting,
        BiasSpec spec,
        long at,
        List<BiasMeasurement> measured,
        Optional<BiasEstimate> estimate,
        Judgement judgement) {

    /** Setting by setting, checkpoint by checkpoint; of settings that measure bias and have a result. */
    public static List<BiasResult> of(List<SettingRuns> settings) {
        return settings.stream()
                .filter(runs -> !runs.results().isEmpty())
                .flatMap(runs -> runs.setting().bias().stream()
                        .flatMap(spec -> spec.at().stream().map(at -> of(runs, spec, at))))
                .toList();
    }

    private static BiasResult of(SettingRuns runs, BiasSpec spec, long at) {
        List<BiasMeasurement> measured =
                runs.results().stream().flatMap(record -> at(record, at)).toList();
        Optional<BiasEstimate> estimate = BiasEstimate.of(measured);
        Judgement judgement = estimate.map(figures -> judge(figures, measured, spec))
                .orElseGet(() -> measured.stream().anyMatch(BiasMeasurement::zeroGradient)
                        ? Judgement.ZERO_GRADIENT
                        : Judgement.DIVERGED);
        return new BiasResult(runs.setting(), spec, at, measured, estimate, judgement);
    }

    private static Stream<BiasMeasurement> at(RunRecord record, long at) {
        return record.bias().stream().filter(measurement -> measurement.at() == at);
    }

    private static Judgement judge(BiasEstimate figures, List<BiasMeasurement> measured, BiasSpec spec) {
        return measured.get(0).exact() ? Judgement.exact(figures.relativeBias(), spec.margin()) : Judgement.NOT_JUDGED;
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
}
