package org.bpttbench.experiments.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.TimingRecord.Conditions;
import org.bpttbench.experiments.run.TimingRecord.Effort;
import org.bpttbench.experiments.spec.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Takes the benchmarks of a sweep fork by fork. A setting whose forks are all there becomes a record of the journal; those
 * before its last are kept beside the journal, so that a benchmark that is broken off goes on where it was. Writes
 * nothing before the first fork. One thread's.
 */
public final class TimingJournal implements Closeable {
    private static final String WORKER = "timing";
    private static final String FOLDER = "timing";
    private static final String FORKS = "forks.partial";

    private final Path results;
    private final Kernels kernels;
    private final Conditions conditions;
    private final Map<String, TimingRecord> newest;
    private final Map<String, TimingRecord> begun = new LinkedHashMap<>();
    private @Nullable Writers writers;

    private TimingJournal(Path results, Kernels kernels, Effort effort, Journal journal) {
        this.results = results;
        this.kernels = kernels;
        this.conditions = Conditions.here(kernels.name(), effort);
        this.newest = new LinkedHashMap<>(journal.timings());
    }

    /** What is open once there is something to write. */
    private record Writers(Session session, JournalWriter journal, JournalWriter forks) implements Closeable {
        @Override
        public void close() throws IOException {
            try (journal) {
                forks.close();
            }
        }
    }

    /** Where benchmarks leave what is no record: below the results folder. */
    public static Path folder(Path results) {
        return results.resolve(FOLDER);
    }

    /**
     * Looks at what there is.
     *
     * @param journal of the results folder
     * @param fresh whether nothing that there is counts
     */
    public static TimingJournal open(Path results, Journal journal, Kernels kernels, Effort effort, boolean fresh)
            throws IOException {
        TimingJournal timing = new TimingJournal(results, kernels, effort, journal);
        Path forks = folder(results).resolve(FORKS);
        if (fresh) {
            timing.newest.clear();
            Files.deleteIfExists(forks);
        } else if (Files.isRegularFile(forks)) {
            JournalLines.read(forks, tree -> timing.begin(TimingRecord.of(tree)));
        }
        return timing;
    }

    /** A setting that has all its forks is the journal's business: what follows is the start of another benchmark. */
    private void begin(TimingRecord fork) {
        if (fork.conditions().equals(conditions)) {
            TimingRecord sum = begun.merge(fork.setting(), fork, TimingRecord::plus);
            if (sum.complete()) {
                begun.remove(fork.setting());
            }
        }
    }

    /** Whether the newest benchmark of a setting was made under the same conditions, so that nothing is to be done. */
    public boolean isDone(Setting setting) {
        TimingRecord record = newest.get(setting.id());
        return record != null && record.conditions().equals(conditions);
    }

    /** Forks that there are of a setting that is not done. */
    public int forks(Setting setting) {
        TimingRecord record = begun.get(setting.id());
        return record == null ? 0 : record.nanos().size();
    }

    /**
     * Takes the result of one fork; the last one completes the setting.
     *
     * @param nanos of a step
     * @param bytes allocated in a step
     * @throws IOException if it cannot be written
     */
    public void add(Setting setting, double nanos, double bytes) throws IOException {
        Writers to = writers();
        TimingRecord fork = new TimingRecord(setting.id(), conditions, List.of(nanos), List.of(bytes), to.session.id());
        TimingRecord sum = begun.merge(setting.id(), fork, TimingRecord::plus);
        if (sum.complete()) {
            to.journal.append(sum.toTree());
            newest.put(setting.id(), sum);
            begun.remove(setting.id());
        }
        to.forks.append(fork.toTree());
    }

    private Writers writers() throws IOException {
        if (writers == null) {
            OwnFiles.below(results, FOLDER);
            Session session = Session.now(kernels, 1);
            JournalWriter journal = Journal.open(results, WORKER);
            journal.append(session.tree());
            writers = new Writers(
                    session, journal, new JournalWriter(folder(results).resolve(FORKS)));
        }
        return writers;
    }

    /** Lets go of the single forks once they have all become records. */
    @Override
    public void close() throws IOException {
        if (writers != null) {
            writers.close();
            if (begun.isEmpty()) {
                Files.deleteIfExists(folder(results).resolve(FORKS));
            }
        }
    }
}
