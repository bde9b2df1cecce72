package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/**
 * What the journal has of a setting.
 *
 * @param records of its replicates that there are, in their order
 */
public record SettingRuns(Setting setting, List<RunRecord> records) {
    public SettingRuns {
        records = List.copyOf(records);
    }

    /** Of every setting, in sweep order. Records of other sweeps and of replicates no longer asked for play no part. */
    public static List<SettingRuns> of(Sweep sweep, Journal journal) {
        return sweep.settings().stream()
                .map(setting -> of(setting, sweep.replicates(), journal))
                .toList();
    }

    private static SettingRuns of(Setting setting, int replicates, Journal journal) {
        List<RunRecord> records = new ArrayList<>();
        IntStream.range(0, replicates).forEach(replicate -> {
            RunRecord record = journal.runs().get(new RunSpec(setting, replicate).id());
            if (record != null) {
                records.add(record);
            }
        });
        return new SettingRuns(setting, records);
    }

    /** Those that came to a result: done or diverged. */
    public List<RunRecord> results() {
        return records.stream().filter(record -> record.outcome().isResult()).toList();
    }
}
