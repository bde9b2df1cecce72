package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.CurvePoint;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/**
 * What the journal has of a setting.
 *
 * @param records of its replicates that there are, in their order
 * @param choosing of those that only decide what is chosen, and count in no other figure
 */
public record SettingRuns(Setting setting, List<RunRecord> records, List<RunRecord> choosing) {
    public SettingRuns {
        records = List.copyOf(records);
        choosing = List.copyOf(choosing);
    }

    /** Of every setting, in sweep order. Records of other sweeps and of replicates no longer asked for play no part. */
    public static List<SettingRuns> of(Sweep sweep, Journal journal) {
        return sweep.settings().stream()
                .map(setting -> of(setting, sweep, journal))
                .toList();
    }

    private static SettingRuns of(Setting setting, Sweep sweep, Journal journal) {
        List<RunRecord> records = new ArrayList<>();
        List<RunRecord> choosing = new ArrayList<>();
        for (RunSpec run : sweep.runs(setting)) {
            RunRecord record = journal.runs().get(run.id());
            if (record != null) {
                (run.replicate() < sweep.choosing() ? choosing : records).add(record);
            }
        }
        return new SettingRuns(setting, records, choosing);
    }

    /** Those that choose, then the others. */
    public List<RunRecord> all() {
        return Stream.concat(choosing.stream(), records.stream()).toList();
    }

    /** The metric at the end of a run that ended well. */
    static Optional<Double> end(RunRecord record, String metric) {
        return record.outcome() == Outcome.DONE
                ? record.curves().stream()
                        .filter(point -> point.metric().equals(metric))
                        .reduce((first, second) -> second)
                        .map(CurvePoint::value)
                : Optional.empty();
    }

    /** {@link #results} by the number of their replicate. */
    Map<Integer, RunRecord> byReplicate() {
        Map<Integer, RunRecord> byReplicate = new HashMap<>();
        results().forEach(record -> byReplicate.put(record.replicate(), record));
        return byReplicate;
    }

    /** Those that came to a result: done or diverged. */
    public List<RunRecord> results() {
        return records.stream().filter(record -> record.outcome().isResult()).toList();
    }
}
