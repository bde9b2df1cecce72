package org.bpttbench.experiments.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.MeasurementKey;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/**
 * Puts on record that a sweep, as it stands, has been run to its end. Whether it has follows from the journal alone, so that it
 * makes no difference how often the sweep was stopped on the way, in how many shards it ran, and who saw it completed.
 */
public final class CompletedRequest {
    /** Of the journal's files the one that there always is. */
    private static final String WORKER = "worker-0";

    private CompletedRequest() {}

    /** Empty while a run of the sweep has neither a result nor failed, and if nothing is measured. */
    public static Optional<RequestRecord> of(Sweep sweep, Journal journal) {
        List<RequestRecord.Bias> bias = new ArrayList<>();
        List<RequestRecord.Accuracy> accuracy = new ArrayList<>();
        for (Setting setting : sweep.settings()) {
            List<RunRecord> reported = new ArrayList<>();
            for (RunSpec run : sweep.runs(setting)) {
                RunRecord record = journal.runs().get(run.id());
                if (record == null) {
                    return Optional.empty();
                }
                if (run.replicate() >= sweep.choosing()) {
                    reported.add(record);
                }
            }
            setting.bias().ifPresent(spec -> bias.addAll(measurements(setting, spec, reported)));
            if (setting.accuracy().isPresent()) {
                accuracy.add(new RequestRecord.Accuracy(MeasurementKey.ofAccuracy(setting), reported.size()));
            }
        }
        return bias.isEmpty() && accuracy.isEmpty() ? Optional.empty() : Optional.of(new RequestRecord(bias, accuracy));
    }

    private static List<RequestRecord.Bias> measurements(Setting setting, BiasSpec spec, List<RunRecord> reported) {
        String key = MeasurementKey.ofBias(setting);
        return spec.at().stream()
                .map(at -> {
                    List<BiasMeasurement> there = reported.stream()
                            .flatMap(record -> record.bias().stream())
                            .filter(measurement -> measurement.at() == at)
                            .toList();
                    return new RequestRecord.Bias(key, at, draws(there), reported.size());
                })
                .toList();
    }

    /** Made for a replicate, the most where they differ, as they may where the margin decides; 0 where none were. */
    public static long draws(List<BiasMeasurement> replicates) {
        return replicates.stream()
                .filter(measurement -> !measurement.exact())
                .mapToLong(BiasMeasurement::draws)
                .max()
                .orElse(0);
    }

    /**
     * Appends the record to the journal, unless it has it or there is none. For those who make runs, once theirs have ended.
     *
     * @param journal as it is now
     * @param shard whose journal files are written to
     * @throws IOException if the journal cannot be written
     */
    public static void append(Path results, Sweep sweep, Journal journal, Optional<Shard> shard) throws IOException {
        Optional<RequestRecord> request = unrecorded(sweep, journal);
        if (request.isPresent()) {
            try (JournalWriter writer = Runner.opener(shard).open(results, WORKER)) {
                writer.append(request.get().toTree());
            }
        }
    }

    /**
     * Adds the record to a journal that was merged, as a new file of it like all else that a merge adds, unless it has it or
     * there is none.
     *
     * @param journal as it is now
     * @throws IOException if the journal cannot be written; then it is as before
     */
    public static void merge(Path results, Sweep sweep, Journal journal) throws IOException {
        Optional<RequestRecord> request = unrecorded(sweep, journal);
        if (request.isPresent()) {
            try (MergedFile file = new MergedFile(results, Map.of())) {
                file.record(request.get().toTree());
                file.publish();
            }
        }
    }

    private static Optional<RequestRecord> unrecorded(Sweep sweep, Journal journal) {
        return of(sweep, journal).filter(request -> !journal.requests().contains(request));
    }
}
