package org.bpttbench.harness.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.stats.SettingRuns;

/** Rows of {@code runtime.csv}. */
record RuntimeRows(Journal journal) {

    /** All that there are of a setting. */
    Stream<Row> rows(SettingRuns runs) {
        return Stream.concat(sweep(runs).stream(), jmh(runs.setting()).stream());
    }

    /**
     * What training took; empty if no run of the setting has trained to its end. A run that diverged was stopped inside a
     * piece of unknown length, and arithmetic on what is not finite has another speed.
     */
    Optional<Row> sweep(SettingRuns runs) {
        OptionalDouble median = nanosPerStep(runs);
        return median.isEmpty()
                ? Optional.empty()
                : Optional.of(new Row(runs.setting())
                        .put("source", "sweep")
                        .put("nanos_per_step", median)
                        .put("backend", backends(timed(runs))));
    }

    /** The median of the runs that trained to their end. */
    static OptionalDouble nanosPerStep(SettingRuns runs) {
        double[] nanosPerStep = timed(runs).stream()
                .mapToDouble(record ->
                        (double) record.training().nanos() / record.training().steps())
                .sorted()
                .toArray();
        if (nanosPerStep.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = nanosPerStep.length / 2;
        return OptionalDouble.of(
                nanosPerStep.length % 2 == 1
                        ? nanosPerStep[middle]
                        : (nanosPerStep[middle - 1] + nanosPerStep[middle]) / 2.0);
    }

    private static List<RunRecord> timed(SettingRuns runs) {
        return runs.results().stream()
                .filter(record ->
                        record.outcome() == Outcome.DONE && record.training().steps() > 0)
                .toList();
    }

    /** What its benchmark found; empty if it has none. */
    Optional<Row> jmh(Setting setting) {
        return Timing.of(setting, journal).map(timing -> {
            Row row = new Row(setting)
                    .put("source", "jmh")
                    .put("nanos_per_step", timing.nanos())
                    .put("bytes_per_step", timing.bytes())
                    .put("backend", timing.backend());
            timing.interval()
                    .ifPresent(interval -> row.put("nanos_low", interval.low()).put("nanos_high", interval.high()));
            return row;
        });
    }

    private String backends(List<RunRecord> records) {
        return records.stream()
                .map(record -> journal.sessions()
                        .getOrDefault(record.provenance(), Map.of())
                        .get("backend"))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
    }
}
