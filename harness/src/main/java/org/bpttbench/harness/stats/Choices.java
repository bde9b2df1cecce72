package org.bpttbench.harness.stats;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.task.Metric;
import org.bpttbench.experiments.task.Split;

/**
 * What each arm of a sweep chooses. An arm is all settings that differ in nothing but the value at {@code choose.among}; it
 * chooses the one with the best median of the deciding metric at the end of training, a diverged run ranked worst, the first
 * of equals. It chooses nothing while a setting lacks a run: numbers of runs must be equal.
 */
public final class Choices {
    private final Map<Setting, Setting> chosen = new HashMap<>();
    private final Optional<String> among;

    private Choices(Sweep sweep) {
        this.among = sweep.choose().map(Sweep.Choose::among);
    }

    /** Without choices if the sweep asks for none. */
    public static Choices of(Sweep sweep, List<SettingRuns> settings, TaskShelf tasks) {
        Choices choices = new Choices(sweep);
        sweep.choose().ifPresent(choose -> {
            Map<String, Map<Setting, FinalValues>> arms = new LinkedHashMap<>();
            for (SettingRuns runs : settings) {
                if (runs.setting().value(choose.among()).isPresent()) {
                    arms.computeIfAbsent(arm(runs.setting(), choose.among()), key -> new LinkedHashMap<>())
                            .put(runs.setting(), values(sweep, choose, runs, tasks));
                }
            }
            arms.values().forEach(choices::choose);
        });
        return choices;
    }

    /** What the setting's arm has chosen; empty for a setting without anything to choose, and where nothing could be. */
    public Optional<Setting> of(Setting setting) {
        return Optional.ofNullable(chosen.get(setting));
    }

    /** The path whose value the setting's arm has chosen; empty where there is no choice. */
    Optional<String> among(Setting setting) {
        return chosen.containsKey(setting) ? among : Optional.empty();
    }

    private void choose(Map<Setting, FinalValues> arm) {
        int most = arm.values().stream().mapToInt(FinalValues::replicates).max().orElse(0);
        Setting best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<Setting, FinalValues> each : arm.entrySet()) {
            if (each.getValue().replicates() < most) {
                return;
            }
            double median = each.getValue().median().orElse(Double.POSITIVE_INFINITY);
            if (median < least) {
                best = each.getKey();
                least = median;
            }
        }
        if (best != null) {
            for (Setting setting : arm.keySet()) {
                chosen.put(setting, best);
            }
        }
    }

    /** Of the deciding runs, the sign turned where more is better; nothing before all of them have a result. */
    private static FinalValues values(Sweep sweep, Sweep.Choose choose, SettingRuns runs, TaskShelf tasks) {
        Optional<Metric> metric = tasks.get(runs.setting()).metrics().stream()
                .filter(each -> each.name().equals(bare(choose.by())))
                .findFirst();
        boolean own = sweep.choosing() > 0;
        List<RunRecord> deciding = (own ? runs.choosing() : runs.records())
                .stream().filter(record -> record.outcome().isResult()).toList();
        if (metric.isEmpty() || deciding.size() < (own ? sweep.choosing() : sweep.replicates())) {
            return FinalValues.of(List.of(), 0, true);
        }
        double sign = metric.get().lowerIsBetter() ? 1.0 : -1.0;
        List<Double> finite = deciding.stream()
                .flatMap(record -> SettingRuns.end(record, choose.by()).stream())
                .map(value -> sign * value)
                .toList();
        return FinalValues.of(finite, deciding.size() - finite.size(), true);
    }

    private static String bare(String metric) {
        for (Split split : Split.values()) {
            if (metric.startsWith(split.key() + '.')) {
                return metric.substring(split.key().length() + 1);
            }
        }
        return metric;
    }

    private static String arm(Setting setting, String among) {
        return Json.canonical(without(setting.tree(), List.of(among.split("\\."))));
    }

    @SuppressWarnings("unchecked") // a setting's maps have text keys
    private static Map<String, Object> without(Map<String, Object> tree, List<String> path) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        if (path.size() == 1) {
            copy.remove(path.get(0));
        } else {
            copy.computeIfPresent(
                    path.get(0), (key, below) -> without((Map<String, Object>) below, path.subList(1, path.size())));
        }
        return copy;
    }
}
