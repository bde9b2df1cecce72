package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.stats.AccuracyResult;
import org.bpttbench.harness.stats.Difference;
import org.bpttbench.harness.stats.SettingRuns;
import org.jspecify.annotations.Nullable;

/** The rows of {@code accuracy.csv} for the terminal, a setting a line. */
final class FinalTable {
    /** There are more where tasks differ; the table matters more. */
    private static final int MOST_BASELINES = 4;

    private FinalTable() {}

    /** @param decisive the metric that shows at any width */
    static ArmTable of(List<AccuracyResult> results, Grouping grouping, String decisive) {
        Set<String> metrics = new LinkedHashSet<>();
        Map<Setting, Map<String, AccuracyResult>> settings = new LinkedHashMap<>();
        for (AccuracyResult result : results) {
            metrics.add(result.metric());
            settings.computeIfAbsent(result.setting(), setting -> new LinkedHashMap<>())
                    .put(result.metric(), result);
        }
        ArmTable table = new ArmTable().text("setting", 0);
        int rank = 1;
        for (String metric : metrics) {
            table.number(metric, metric.equals(decisive) ? 0 : rank++);
        }
        table.number("diverged", 0).number("updates", rank);
        boolean compared = results.stream()
                .anyMatch(result -> result.metric().equals(decisive)
                        && result.difference().flatMap(Difference::interval).isPresent());
        if (compared) {
            table.number(decisive + "\nless reference", rank + 1).text("95 %\ninterval", rank + 1);
        }
        settings.forEach((setting, row) -> {
            List<String> cells = cells(grouping.name().apply(setting), metrics, row);
            if (compared) {
                cells.addAll(difference(row.get(decisive)));
            }
            table.row(grouping.group().apply(setting), cells);
        });
        return table;
    }

    private static List<String> cells(String name, Set<String> metrics, Map<String, AccuracyResult> row) {
        AccuracyResult any = row.values().iterator().next();
        List<String> cells = new ArrayList<>(List.of(name));
        for (String metric : metrics) {
            AccuracyResult result = row.get(metric);
            cells.add(result == null ? "" : Digits.of(result.values().mean(), Digits.METRIC));
        }
        int diverged = any.values().diverged();
        cells.add(diverged == 0 ? "0" : diverged + " of " + any.values().replicates());
        cells.add(
                any.updates().isPresent()
                        ? Long.toString(Math.round(any.updates().getAsDouble()))
                        : Digits.NONE);
        return cells;
    }

    /** Two cells, empty where there is nothing to compare with. */
    private static List<String> difference(@Nullable AccuracyResult result) {
        Optional<Difference> difference = result == null ? Optional.empty() : result.difference();
        return List.of(
                difference
                        .map(paired -> Digits.of(paired.mean(), Digits.METRIC))
                        .orElse(""),
                difference
                        .flatMap(Difference::interval)
                        .map(interval -> Digits.interval(interval, Digits.METRIC))
                        .orElse(""));
    }

    static String title(List<AccuracyResult> results) {
        int replicates = results.stream()
                .mapToInt(result -> result.values().replicates())
                .max()
                .orElse(0);
        Set<Long> steps = new LinkedHashSet<>();
        results.forEach(result ->
                steps.add(result.setting().train().map(train -> train.steps()).orElse(0L)));
        String after = steps.size() > 1
                ? "the end of training"
                : Words.count(steps.iterator().next(), "step");
        return "Metrics after " + after + (replicates > 1 ? ", mean of " + replicates + " replicates" : "");
    }

    /** What simple methods reach on the same data: a line for every split. */
    static List<String> baselines(List<SettingRuns> settings, List<AccuracyResult> results) {
        Map<String, String> units = new LinkedHashMap<>();
        results.forEach(result -> units.put(result.metric(), result.declared().name()));
        Set<String> lines = new LinkedHashSet<>();
        for (SettingRuns runs : settings) {
            for (RunRecord record : runs.results()) {
                record.baselines()
                        .forEach((metric, methods) ->
                                lines.add(line(metric, units.getOrDefault(metric, metric), methods)));
            }
        }
        return lines.stream().limit(MOST_BASELINES).toList();
    }

    private static String line(String metric, String name, Map<String, Double> methods) {
        List<String> parts = new ArrayList<>();
        methods.forEach((method, value) -> parts.add(method + ' ' + Digits.of(value, Digits.METRIC)));
        int split = metric.indexOf('.');
        return "For comparison: " + String.join(", ", parts) + ' ' + name
                + (split < 0 ? "" : " on " + metric.substring(0, split));
    }
}
