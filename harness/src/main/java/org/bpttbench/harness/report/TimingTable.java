package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/** The benchmarks of a sweep's settings side by side. */
public final class TimingTable {
    /** What the columns of {@link #rows()} are called. */
    public static final List<String> HEADINGS =
            List.of("setting", "ns/step", "95 % interval", "bytes/step", "ratio", "backend");

    private static final String ESTIMATOR = "estimator.";

    private final Sweep sweep;
    private final Journal journal;
    private final Labels labels;

    public TimingTable(Sweep sweep, Journal journal) {
        this.sweep = sweep;
        this.journal = journal;
        this.labels = new Labels(sweep);
    }

    /** For reading, in sweep order; a setting without a benchmark has a row that says so. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Setting setting : sweep.settings()) {
            Optional<Timing> timing = Timing.of(setting, journal);
            rows.add(timing.map(found -> row(setting, found))
                    .orElseGet(() -> List.of(labels.of(setting), Digits.NONE, "", "", "", "")));
        }
        return rows;
    }

    private List<String> row(Setting setting, Timing timing) {
        return List.of(
                labels.of(setting),
                Digits.of(timing.nanos(), Digits.FEW),
                timing.interval()
                        .map(interval -> Digits.interval(interval, Digits.FEW))
                        .orElse(""),
                Digits.of(timing.bytes(), Digits.FEW),
                Digits.of(ratio(setting, timing), Digits.FEW),
                timing.backend());
    }

    /** For programs: the settings that have a benchmark, in sweep order, trees as JSON has them. */
    public List<Map<String, Object>> trees() {
        List<Map<String, Object>> trees = new ArrayList<>();
        for (Setting setting : sweep.settings()) {
            Timing.of(setting, journal).ifPresent(timing -> trees.add(tree(setting, timing)));
        }
        return trees;
    }

    private Map<String, Object> tree(Setting setting, Timing timing) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("setting", setting.id());
        tree.put("label", labels.of(setting));
        Finite.put(tree, "nanos_per_step", timing.nanos());
        timing.interval().ifPresent(interval -> {
            Finite.put(tree, "nanos_low", interval.low());
            Finite.put(tree, "nanos_high", interval.high());
        });
        Finite.put(tree, "bytes_per_step", timing.bytes());
        ratio(setting, timing).ifPresent(ratio -> Finite.put(tree, "ratio", ratio));
        tree.put("backend", timing.backend());
        return tree;
    }

    /** Of its time to that of what it is compared with. */
    private OptionalDouble ratio(Setting setting, Timing timing) {
        Optional<Timing> base = Timing.of(base(setting), journal);
        return base.isPresent() ? OptionalDouble.of(timing.nanos() / base.get().nanos()) : OptionalDouble.empty();
    }

    /**
     * What a setting is compared with: of the sweep's reference the setting that agrees with it in most of what is varied
     * beside estimators, or the first of the sweep if it names no reference.
     */
    private Setting base(Setting setting) {
        return sweep.settings().stream()
                .filter(each -> sweep.reference()
                        .map(reference -> reference.matches(each))
                        .orElse(false))
                .min(Comparator.comparingLong(each -> differences(setting, each)))
                .orElse(sweep.settings().get(0));
    }

    private long differences(Setting one, Setting other) {
        Map<String, String> texts = sweep.flatten(one);
        Map<String, String> others = sweep.flatten(other);
        return sweep.columns().stream()
                .filter(column -> !column.startsWith(ESTIMATOR))
                .filter(column -> !texts.getOrDefault(column, "").equals(others.getOrDefault(column, "")))
                .count();
    }
}
