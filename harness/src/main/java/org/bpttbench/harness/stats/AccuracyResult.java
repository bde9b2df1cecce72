package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.AccuracySpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.task.Metric;
import org.bpttbench.experiments.task.Split;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.harness.inference.Holm;
import org.bpttbench.harness.inference.Interval;

/**
 * What a setting has learned, by one metric.
 *
 * @param metric with its split, if there are splits
 * @param declared what the task says of it
 * @param values at the end of training
 * @param interquartile 95 % interval of the interquartile mean of the values; a limit may be infinite
 * @param updates of θ, mean of the runs that ended well
 * @param toTarget how soon it was reached; absent if none is set for the metric
 * @param chosen what the setting's arm chooses; absent if there is no choice
 * @param difference from the reference; absent if there is none
 * @param look which one it is at what the setting has learned, counted from 1: a p is paid for accordingly
 * @param partial whether runs of the sweep have not ended, so that no difference is tested
 */
public record AccuracyResult(
        Setting setting,
        String metric,
        Metric declared,
        FinalValues values,
        Optional<Interval> interquartile,
        OptionalDouble updates,
        Optional<StepsToTarget> toTarget,
        Optional<Setting> chosen,
        Optional<Difference> difference,
        int look,
        boolean partial) {

    /** Setting by setting, split by split, metric by metric; of settings that measure accuracy and have a result. */
    public static List<AccuracyResult> of(Sweep sweep, List<SettingRuns> settings, TaskShelf tasks, Looks looks) {
        Choices choices = Choices.of(sweep, settings, tasks);
        Map<Setting, SettingRuns> bySetting = new HashMap<>();
        settings.forEach(runs -> bySetting.put(runs.setting(), runs));
        boolean partial = SettingRuns.partial(settings);
        Maker maker = new Maker(bySetting, tasks, choices, new References(sweep, choices), looks, partial);
        return adjusted(settings.stream()
                .filter(runs -> !runs.results().isEmpty())
                .flatMap(runs -> runs.setting().accuracy().stream().flatMap(spec -> maker.of(runs, spec).stream()))
                .toList());
    }

    /** The p values of a metric are one family: all rows of the sweep that have a test of it. */
    private static List<AccuracyResult> adjusted(List<AccuracyResult> results) {
        Map<String, List<Integer>> families = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            families.computeIfAbsent(results.get(i).metric, metric -> new ArrayList<>())
                    .add(i);
        }
        List<AccuracyResult> adjusted = new ArrayList<>(results);
        families.values().forEach(rows -> {
            double[] ofFamily = Holm.adjust(
                    rows.stream().mapToDouble(row -> results.get(row).pLook()).toArray());
            for (int i = 0; i < ofFamily.length; i++) {
                adjusted.set(rows.get(i), results.get(rows.get(i)).adjusted(ofFamily[i]));
            }
        });
        return adjusted;
    }

    /** With the look paid for; NaN without a test. */
    private double pLook() {
        return Looks.paid(
                difference
                        .map(Difference::pValue)
                        .orElse(OptionalDouble.empty())
                        .orElse(Double.NaN),
                look);
    }

    private AccuracyResult adjusted(double pHolm) {
        return new AccuracyResult(
                setting,
                metric,
                declared,
                values,
                interquartile,
                updates,
                toTarget,
                chosen,
                difference.map(compared -> compared.adjusted(pHolm)),
                look,
                partial);
    }

    /** What a reader must know of the figures, words with a space between: see {@code columns.csv}. */
    public String note() {
        String compared = difference.map(Difference::note).orElse("");
        return !partial ? compared : compared.isEmpty() ? Contrast.PARTIAL : Contrast.PARTIAL + ' ' + compared;
    }

    /** The split of the curves, then that of the end. */
    private static Set<String> prefixes(AccuracySpec spec) {
        Set<String> prefixes = new LinkedHashSet<>();
        spec.on()
                .ifPresentOrElse(
                        on -> prefixes.addAll(List.of(on + '.', Split.TEST.key() + '.')), () -> prefixes.add(""));
        return prefixes;
    }

    /** Whether the setting is its arm's choice, or nothing was chosen in its arm. */
    public boolean isOffered() {
        return chosen.map(setting::equals).orElse(true);
    }

    /** What the rows of a sweep are made with. */
    private record Maker(
            Map<Setting, SettingRuns> settings,
            TaskShelf tasks,
            Choices choices,
            References references,
            Looks looks,
            boolean partial) {

        List<AccuracyResult> of(SettingRuns runs, AccuracySpec spec) {
            List<AccuracyResult> all = new ArrayList<>();
            Task task = tasks.get(runs.setting());
            for (String prefix : prefixes(spec)) {
                for (Metric metric : task.metrics()) {
                    all.add(of(runs, prefix + metric.name(), metric, target(spec, prefix, metric)));
                }
            }
            return all;
        }

        /** Under the metric's name; without its split it is that of the curves. */
        private static Optional<Double> target(AccuracySpec spec, String prefix, Metric metric) {
            boolean curves = prefix.equals(spec.on().map(on -> on + '.').orElse(""));
            Double bare = curves ? spec.target().get(metric.name()) : null;
            return Optional.ofNullable(spec.target().getOrDefault(prefix + metric.name(), bare));
        }

        private AccuracyResult of(SettingRuns runs, String metric, Metric declared, Optional<Double> target) {
            FinalValues values = values(runs, metric, declared);
            int look = looks.accuracy(runs.setting(), runs.asked().replicates());
            // A path of its own: the interval does not depend on which rows come before.
            Seeds seeds = Seeds.of(runs.setting().seed())
                    .at("statistics")
                    .at(runs.setting().id())
                    .at(metric);
            return new AccuracyResult(
                    runs.setting(),
                    metric,
                    declared,
                    values,
                    values.interquartileInterval(seeds.generator()),
                    updates(runs),
                    target.map(value -> StepsToTarget.of(runs.results(), metric, value, declared.lowerIsBetter())),
                    choices.of(runs.setting()),
                    references
                            .of(runs.setting())
                            .flatMap(reference -> Optional.ofNullable(settings.get(reference)))
                            .map(reference -> Difference.of(runs, reference, metric, declared.lowerIsBetter()))
                            .map(compared -> partial ? compared.untested() : compared.at(look)),
                    look,
                    partial);
        }

        private static FinalValues values(SettingRuns runs, String metric, Metric declared) {
            List<Double> finite = runs.results().stream()
                    .flatMap(record -> SettingRuns.end(record, metric).stream())
                    .toList();
            int diverged = (int) runs.results().stream()
                    .filter(record -> record.outcome() == Outcome.DIVERGED)
                    .count();
            return FinalValues.of(finite, diverged, declared.lowerIsBetter());
        }

        private static OptionalDouble updates(SettingRuns runs) {
            return runs.results().stream()
                    .filter(record -> record.outcome() == Outcome.DONE)
                    .mapToLong(record -> record.training().updates())
                    .average();
        }
    }
}
