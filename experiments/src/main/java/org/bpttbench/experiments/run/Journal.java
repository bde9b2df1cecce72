package org.bpttbench.experiments.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;

/**
 * Everything that was ever computed for a sweep: JSON lines in the files {@code *.jsonl} below {@code journal/} of a results
 * folder, one file a worker, each line with a checksum. They only grow. A last line without its end was torn by a crash and
 * does not count; any other line that is damaged or cannot be read is an error with its place.
 *
 * <p>Of several records of a run the newest result counts, else the newest record; those from before the last session that
 * made it anew do not count at all.
 */
public final class Journal {
    /** Of sessions and runs as they are written now; sessions without a version are older. */
    static final long SCHEMA = 1;

    static final String FOLDER = "journal";
    private static final String SUFFIX = ".jsonl";

    private final Map<String, Versions> versions = new LinkedHashMap<>();
    private final Map<String, RunRecord> runs = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> sessions = new LinkedHashMap<>();
    private final Identities identities = new Identities();
    private final Map<String, TimingRecord> timings = new LinkedHashMap<>();
    private final Set<RequestRecord> requests = new LinkedHashSet<>();
    private final List<JournalLines.Found> files = new ArrayList<>();

    private Journal() {}

    /** What there is of one run. */
    private static final class Versions {
        private final List<RunRecord> records = new ArrayList<>(1);
        /** The sessions of records that this version cannot read. */
        private final List<String> unreadable = new ArrayList<>(0);
    }

    /** Reads all records; a folder without a journal has none. */
    public static Journal read(Path results) throws IOException {
        Journal journal = new Journal();
        Path folder = folder(results);
        for (Path file : files(folder)) {
            journal.files.add(JournalLines.read(file, journal::accept));
        }
        journal.choose();
        return journal;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(Files::isRegularFile) // a device may have no end
                    .sorted()
                    .toList();
        }
    }

    /** Opens one worker's file for appending. */
    static JournalWriter open(Path results, String worker) throws IOException {
        OwnFiles.below(results, FOLDER);
        return new JournalWriter(file(results, worker));
    }

    /** One of the journal's files. */
    static Path file(Path results, String name) {
        return folder(results).resolve(name + SUFFIX);
    }

    static Path folder(Path results) {
        return results.resolve(FOLDER);
    }

    /** Run id → the record that counts. Not to be modified. */
    public Map<String, RunRecord> runs() {
        return runs;
    }

    /** Whether a run has a result, so that it need not be made. */
    public boolean isDone(String run) {
        RunRecord record = runs.get(run);
        return record != null && record.outcome().isResult();
    }

    /**
     * Run id → session, for the runs of which there are only records of another schema that this version cannot read. Not to
     * be modified.
     */
    public Map<String, String> unreadable() {
        return unreadable;
    }

    /** Session id → where and with what its runs were made. Not to be modified. */
    public Map<String, Map<String, Object>> sessions() {
        return sessions;
    }

    /** When the newest session started, if there is any. */
    Optional<Instant> newest() {
        return sessions.keySet().stream().map(this::started).max(Instant::compareTo);
    }

    /** Setting id → its newest benchmark. Not to be modified. */
    public Map<String, TimingRecord> timings() {
        return timings;
    }

    /** The requests that were completed, each once: whether their runs still count makes no difference. Not to be modified. */
    public Set<RequestRecord> requests() {
        return requests;
    }

    /** Files whose last line was torn. */
    public List<Path> torn() {
        return files.stream()
                .filter(found -> found.torn() > 0)
                .map(JournalLines.Found::file)
                .toList();
    }

    /** How each file was found, in the order in which they were read. */
    List<JournalLines.Found> files() {
        return files;
    }

    /** What is worth telling of the files, a sentence each. */
    public List<String> notices() {
        return files.stream().flatMap(found -> found.notices().stream()).toList();
    }

    private void accept(Arguments tree) {
        switch (tree.text("type")) {
            case RunRecord.TYPE -> acceptRun(tree);
            case Session.TYPE -> acceptSession(Session.read(tree));
            case TimingRecord.TYPE -> {
                TimingRecord timing = TimingRecord.of(tree);
                timings.put(timing.setting(), timing);
            }
            case RequestRecord.TYPE -> requests.add(RequestRecord.of(tree));
            default -> throw new IllegalArgumentException("its type is '" + tree.text("type") + "'");
        }
    }

    /** Every worker writes it. */
    private void acceptSession(Map<String, Object> session) {
        Map<String, Object> before = sessions.putIfAbsent(String.valueOf(session.get("id")), session);
        if (before != null && !before.equals(session)) {
            throw new IllegalArgumentException("another session has its id, " + session.get("id"));
        }
    }

    private void acceptRun(Arguments tree) {
        String session = tree.text("provenance");
        Versions known = versions.computeIfAbsent(tree.text("run"), id -> new Versions());
        try {
            known.records.add(identities.shared(RunRecord.of(tree)));
        } catch (IllegalArgumentException | ClassCastException e) {
            if (isOfThisSchema(session)) {
                throw e;
            }
            known.unreadable.add(session);
        }
    }

    private boolean isOfThisSchema(String session) {
        Object schema = sessions.getOrDefault(session, Map.of()).get(Session.SCHEMA);
        return schema != null && schema.equals(SCHEMA);
    }

    /** Of several records from one session the one that was read last; known only when all sessions are. */
    private Optional<RunRecord> newest(Versions known, boolean results) {
        RunRecord newest = null;
        for (RunRecord record : known.records) {
            boolean later = newest == null || !started(record.provenance()).isBefore(started(newest.provenance()));
            if (record.outcome().isResult() == results && later) {
                newest = record;
            }
        }
        return Optional.ofNullable(newest);
    }

    private Instant started(String session) {
        return Session.started(sessions.getOrDefault(session, Map.of()));
    }

    private void choose() {
        Freshness freshness = Freshness.of(sessions.values());
        versions.forEach((run, known) -> {
            newest(known, true)
                    .filter(record -> freshness.counts(run, started(record.provenance())))
                    .or(() ->
                            newest(known, false).filter(record -> freshness.counts(run, started(record.provenance()))))
                    .ifPresentOrElse(
                            record -> runs.put(run, record),
                            () -> known.unreadable.stream()
                                    .filter(session -> freshness.counts(run, started(session)))
                                    .max(Comparator.comparing(this::started))
                                    .ifPresent(session -> unreadable.put(run, session)));
        });
        versions.clear();
    }
}
