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
 * @param asked how many the sweep asks for
 * @param records of its replicates that there are, in their order
 * @param choosing of those that only decide what is chosen, and count in no other figure
 */
public record SettingRuns(Setting setting, Asked asked, List<RunRecord> records, List<RunRecord> choosing) {
    /**
     * How many runs of a setting a sweep asks for.
     *
     * @param replicates that are reported
     * @param choosing that come before those and only decide what is chosen
     */
    public record Asked(int replicates, int choosing) {}

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
        return new SettingRuns(setting, new Asked(sweep.replicates(), sweep.choosing()), records, choosing);
    }

    /**
     * Whether any run of any setting has not ended. Then the sweep's request is not completed: what would be said of differences
     * depends on where it was stopped, so nothing is.
     */
    static boolean partial(List<SettingRuns> settings) {
        return settings.stream().anyMatch(runs -> !runs.ended());
    }

    /** Whether every run that is asked for has a result or has failed. */
    private boolean ended() {
        return records.size() == asked.replicates && choosing.size() == asked.choosing;
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

    /** Of {@link #results} those of the first replicates that are reported, so many. */
    List<RunRecord> firstResults(int replicates) {
        return results().stream()
                .filter(record -> record.replicate() < asked.choosing + replicates)
                .toList();
    }

    /** Those that came to a result: done or diverged. */
    public List<RunRecord> results() {
        return records.stream().filter(record -> record.outcome().isResult()).toList();
    }
}
