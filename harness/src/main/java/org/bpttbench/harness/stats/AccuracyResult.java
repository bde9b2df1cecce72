package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.bpttbench.experiments.run.CurvePoint;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.AccuracySpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.task.Metric;
import org.bpttbench.experiments.task.Split;
import org.bpttbench.experiments.task.Task;

/**
 * What a setting has learned, by one metric.
 *
 * @param metric with its split, if there are splits
 * @param declared what the task says of it
 * @param values at the end of training
 * @param updates of θ, mean of the runs that ended well
 */
public record AccuracyResult(
        Setting setting, String metric, Metric declared, FinalValues values, OptionalDouble updates) {

    /** Setting by setting, split by split, metric by metric; of settings that measure accuracy and have a result. */
    public static List<AccuracyResult> of(List<SettingRuns> settings, TaskShelf tasks) {
        List<AccuracyResult> all = new ArrayList<>();
        for (SettingRuns runs : settings) {
            Optional<AccuracySpec> spec = runs.setting().accuracy();
            if (spec.isPresent() && !runs.results().isEmpty()) {
                Task task = tasks.get(runs.setting());
                for (String prefix : prefixes(spec.get())) {
                    task.metrics().forEach(metric -> all.add(of(runs, prefix + metric.name(), metric)));
                }
            }
        }
        return all;
    }

    /** The split of the curves, then that of the end. */
    private static Set<String> prefixes(AccuracySpec spec) {
        Set<String> prefixes = new LinkedHashSet<>();
        spec.on()
                .ifPresentOrElse(
                        on -> prefixes.addAll(List.of(on + '.', Split.TEST.key() + '.')), () -> prefixes.add(""));
        return prefixes;
    }

    private static AccuracyResult of(SettingRuns runs, String metric, Metric declared) {
        List<Double> finite = new ArrayList<>();
        int diverged = 0;
        for (RunRecord record : runs.results()) {
            if (record.outcome() == Outcome.DIVERGED) {
                diverged++;
            } else {
                last(record, metric).ifPresent(finite::add);
            }
        }
        OptionalDouble updates = runs.results().stream()
                .filter(record -> record.outcome() == Outcome.DONE)
                .mapToLong(record -> record.training().updates())
                .average();
        FinalValues values = FinalValues.of(finite, diverged, declared.lowerIsBetter());
        return new AccuracyResult(runs.setting(), metric, declared, values, updates);
    }

    private static Optional<Double> last(RunRecord record, String metric) {
        return record.curves().stream()
                .filter(point -> point.metric().equals(metric))
                .reduce((first, second) -> second)
                .map(CurvePoint::value);
    }
}
