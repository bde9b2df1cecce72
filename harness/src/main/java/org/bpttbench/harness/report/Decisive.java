package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.stats.AccuracyResult;

/** The one metric by which a sweep's arms are ranked. */
final class Decisive {
    private static final String VALID = "valid.";
    private static final String TEST = "test.";

    private Decisive() {}

    /**
     * The metric that the sweep chooses by, else the first that it sets a target for, else the loss, else the task's first;
     * on test data if there are. Empty if arms learn different tasks, whose metrics are not one scale.
     */
    static Optional<String> metric(Sweep sweep, List<AccuracyResult> results) {
        List<Setting> settings =
                results.stream().map(AccuracyResult::setting).distinct().toList();
        long tasks = settings.stream().map(Decisive::task).distinct().count();
        if (tasks != 1) {
            return Optional.empty();
        }
        List<String> known =
                results.stream().map(AccuracyResult::metric).distinct().toList();
        Stream<String> asked = Stream.concat(
                sweep.choose().map(Sweep.Choose::by).stream(),
                settings.get(0).accuracy().stream().flatMap(accuracy -> accuracy.target().keySet().stream()));
        Stream<String> usual = Stream.concat(
                Stream.of(TEST + "loss", "loss"), known.stream().filter(metric -> metric.startsWith(TEST)));
        return Stream.of(asked.map(Decisive::tested), usual, known.stream())
                .flatMap(metrics -> metrics)
                .filter(known::contains)
                .findFirst();
    }

    private static String tested(String metric) {
        return metric.startsWith(VALID) ? TEST + metric.substring(VALID.length()) : metric;
    }

    /** The results of each task, in the order of the sweep: metrics of different tasks are not one scale. */
    static List<List<AccuracyResult>> byTask(List<AccuracyResult> results) {
        Map<String, List<AccuracyResult>> tasks = new LinkedHashMap<>();
        results.forEach(result -> tasks.computeIfAbsent(task(result.setting()), task -> new ArrayList<>())
                .add(result));
        return List.copyOf(tasks.values());
    }

    private static String task(Setting setting) {
        return Json.canonical(setting.task().values());
    }

    /** Of what arms choose, the setting with the best median, a diverged run ranked worst; the first of equals. */
    static Optional<AccuracyResult> best(List<AccuracyResult> results, String metric) {
        Comparator<AccuracyResult> byMedian = Comparator.comparingDouble(result ->
                result.values().median().getAsDouble() * (result.declared().lowerIsBetter() ? 1.0 : -1.0));
        return results.stream()
                .filter(result -> result.isOffered()
                        && result.metric().equals(metric)
                        && result.values().median().isPresent())
                .min(byMedian);
    }
}
