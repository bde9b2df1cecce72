package org.bpttbench.experiments.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;

/**
 * Everything that was ever computed for a sweep: JSON lines in the files {@code *.jsonl} below {@code journal/} of a results
 * folder, one file a worker. They only grow. A last line without its end was torn by a crash and does not count; any other
 * line that cannot be read is an error with its place.
 */
public final class Journal {
    private static final String FOLDER = "journal";
    private static final String SUFFIX = ".jsonl";

    private final Map<String, RunRecord> runs = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> sessions = new LinkedHashMap<>();
    private final Map<String, TimingRecord> timings = new LinkedHashMap<>();
    private final List<Path> torn = new ArrayList<>();

    private Journal() {}

    /** Reads all records; a folder without a journal has none. */
    public static Journal read(Path results) throws IOException {
        Journal journal = new Journal();
        Path folder = results.resolve(FOLDER);
        if (Files.isDirectory(folder)) {
            List<Path> files;
            try (Stream<Path> listed = Files.list(folder)) {
                files = listed.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                journal.readFile(file);
            }
        }
        return journal;
    }

    /** Opens one worker's file for appending. */
    static JournalWriter open(Path results, String worker) throws IOException {
        Path folder = Files.createDirectories(results.resolve(FOLDER));
        return new JournalWriter(folder.resolve(worker + SUFFIX));
    }

    /** Run id → record, a result preferred to a failure, else the last one. Not to be modified. */
    public Map<String, RunRecord> runs() {
        return runs;
    }

    /** Session id → where and with what its runs were made. Not to be modified. */
    public Map<String, Map<String, Object>> sessions() {
        return sessions;
    }

    /** Setting id → its newest benchmark. Not to be modified. */
    public Map<String, TimingRecord> timings() {
        return timings;
    }

    /** Files whose last line was torn. */
    public List<Path> torn() {
        return torn;
    }

    private void readFile(Path file) throws IOException {
        if (!JournalLines.read(file, this::accept)) {
            torn.add(file);
        }
    }

    private void accept(Arguments tree) {
        switch (tree.text("type")) {
            case RunRecord.TYPE -> accept(RunRecord.of(tree));
            case Session.TYPE -> sessions.put(tree.text("id"), tree.values());
            case TimingRecord.TYPE -> accept(TimingRecord.of(tree));
            default -> throw new IllegalArgumentException("its type is '" + tree.text("type") + "'");
        }
    }

    private void accept(TimingRecord record) {
        timings.put(record.setting(), record);
    }

    private void accept(RunRecord record) {
        RunRecord known = runs.get(record.run());
        if (known == null || record.outcome().isResult() || !known.outcome().isResult()) {
            runs.put(record.run(), record);
        }
    }
}
