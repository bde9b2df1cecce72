package org.bpttbench.harness.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.harness.stats.SettingRuns;

/** Rows of {@code runtime.csv}. */
record RuntimeRows(Journal journal) {

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
