package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.inference.Holm;
import org.bpttbench.variants.Estimators;

/**
 * Two settings of a sweep that differ in nothing but the estimator, at a checkpoint where both were measured at the same θ:
 * at step 0, or along the training of one and the same arm. Estimators that are the exact gradient are in no pair.
 *
 * @param setting comes first in the sweep
 * @param other what is taken off
 * @param at step of training
 * @param biasHolm p of the bias adjusted for all pairs of the sweep; NaN without a test
 * @param varianceHolm as well
 * @param mseHolm as well
 */
public record BiasPairResult(
        Setting setting, Setting other, long at, BiasPair pair, double biasHolm, double varianceHolm, double mseHolm) {

    /** Of measure.bias: how a figure is come by and judged, not what is measured. */
    private static final List<String> HOW = List.of("draws", "method", "margin");

    /** Pair by pair, checkpoint by checkpoint, in sweep order; of settings that both have a result. */
    public static List<BiasPairResult> of(List<SettingRuns> settings) {
        List<SettingRuns> measured = settings.stream()
                .filter(runs ->
                        runs.setting().bias().isPresent() && !runs.results().isEmpty())
                .filter(runs -> !Estimators.CATALOG
                        .create("type", runs.setting().estimator())
                        .traits()
                        .exact())
                .toList();
        List<String> rest = measured.stream()
                .map(runs -> Json.canonical(rest(runs.setting())))
                .toList();
        List<BiasPairResult> pairs = IntStream.range(0, measured.size())
                .parallel()
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, measured.size())
                        .filter(j -> rest.get(i).equals(rest.get(j)))
                        .boxed()
                        .flatMap(j -> pairs(measured.get(i), measured.get(j)).stream()))
                .toList();
        return SettingRuns.partial(settings)
                ? pairs.stream().map(BiasPairResult::partial).toList()
                : adjusted(pairs);
    }

    private BiasPairResult partial() {
        return new BiasPairResult(setting, other, at, pair.partial(), biasHolm, varianceHolm, mseHolm);
    }

    private static List<BiasPairResult> pairs(SettingRuns one, SettingRuns other) {
        BiasSpec spec = one.setting().bias().orElseThrow();
        // What the two have in common includes the checkpoints and whose training they are along.
        return spec.at().stream()
                .filter(at -> at == 0 || spec.along().isPresent())
                .map(at -> pair(one, other, at))
                .toList();
    }

    private static BiasPairResult pair(SettingRuns one, SettingRuns other, long at) {
        List<BiasMeasurement> first = new ArrayList<>();
        List<BiasMeasurement> second = new ArrayList<>();
        Map<Integer, RunRecord> others = other.byReplicate();
        for (RunRecord own : one.results()) {
            Optional<BiasMeasurement> mine = at(own, at);
            Optional<BiasMeasurement> its =
                    Optional.ofNullable(others.get(own.replicate())).flatMap(theirs -> at(theirs, at));
            if (mine.isPresent() && its.isPresent()) {
                first.add(mine.get());
                second.add(its.get());
            }
        }
        Seeds seeds = BiasResult.seeds(one.setting(), at).at(other.setting().id());
        return new BiasPairResult(
                one.setting(),
                other.setting(),
                at,
                BiasPair.of(first, second, seeds),
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    static Optional<BiasMeasurement> at(RunRecord record, long at) {
        return record.bias().stream()
                .filter(measurement -> measurement.at() == at)
                .findFirst();
    }

    /** All but the estimator and how it is measured. */
    static Map<String, Object> rest(Setting setting) {
        Map<String, Object> tree = new LinkedHashMap<>(setting.tree());
        tree.remove("estimator");
        tree.computeIfPresent("measure", (key, measure) -> withoutHow(measure));
        return tree;
    }

    @SuppressWarnings("unchecked") // a setting's maps have text keys
    private static Object withoutHow(Object measure) {
        Map<String, Object> copy = new LinkedHashMap<>((Map<String, Object>) measure);
        copy.computeIfPresent("bias", (key, bias) -> {
            Map<String, Object> what = new LinkedHashMap<>((Map<String, Object>) bias);
            HOW.forEach(what::remove);
            return what;
        });
        return copy;
    }

    private static List<BiasPairResult> adjusted(List<BiasPairResult> pairs) {
        double[] bias = holm(pairs, BiasPair::bias);
        double[] variance = holm(pairs, BiasPair::variance);
        double[] mse = holm(pairs, BiasPair::mse);
        List<BiasPairResult> adjusted = new ArrayList<>();
        for (int i = 0; i < bias.length; i++) {
            BiasPairResult own = pairs.get(i);
            adjusted.add(new BiasPairResult(own.setting, own.other, own.at, own.pair, bias[i], variance[i], mse[i]));
        }
        return adjusted;
    }

    private static double[] holm(List<BiasPairResult> pairs, Function<BiasPair, BiasPair.Figure> figure) {
        return Holm.adjust(pairs.stream()
                .mapToDouble(own -> figure.apply(own.pair).pValue().orElse(Double.NaN))
                .toArray());
    }
}
