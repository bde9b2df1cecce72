package org.bpttbench.harness.stats;

import java.util.List;
import java.util.OptionalDouble;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Setting;

/**
 * A setting against its reference: replicates with the same number start from the same weights and see the same data, so
 * that they are compared one by one.
 *
 * @param reference what is compared with
 * @param mean of setting less reference, over the replicates that ended well in both; empty without any
 */
public record Difference(Setting reference, OptionalDouble mean) {

    static Difference of(SettingRuns setting, SettingRuns reference, String metric) {
        OptionalDouble mean = setting.records().stream()
                .flatMap(record -> pair(record, reference.records(), metric).stream())
                .mapToDouble(Double::doubleValue)
                .average();
        return new Difference(reference.setting(), mean);
    }

    private static List<Double> pair(RunRecord record, List<RunRecord> others, String metric) {
        return others.stream()
                .filter(other -> other.replicate() == record.replicate())
                .flatMap(other -> SettingRuns.end(other, metric).stream()
                        .flatMap(theirs ->
                                SettingRuns.end(record, metric).stream().map(own -> own - theirs)))
                .toList();
    }
}
