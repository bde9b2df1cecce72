package org.bpttbench.harness.report;

import java.util.List;
import java.util.Optional;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TimingRecord;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.PairedMean;

/**
 * What a setting's benchmark found.
 *
 * @param nanos for a time step of all lanes: mean over forks
 * @param interval of it, 95 %, Student's over forks; empty with one
 * @param bytes allocated in a step: mean over forks
 * @param backend the arithmetic
 */
public record Timing(double nanos, Optional<Interval> interval, double bytes, String backend) {
    private static final double LEVEL = 0.95;

    /** The newest that the journal has. */
    public static Optional<Timing> of(Setting setting, Journal journal) {
        return Optional.ofNullable(journal.timings().get(setting.id())).map(Timing::of);
    }

    static Timing of(TimingRecord record) {
        double[] nanos = record.nanos().stream().mapToDouble(each -> each).toArray();
        return new Timing(
                mean(record.nanos()),
                PairedMean.interval(nanos, LEVEL),
                mean(record.bytes()),
                record.conditions().backend());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(each -> each).average().orElseThrow();
    }
}
