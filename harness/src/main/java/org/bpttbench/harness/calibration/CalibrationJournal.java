package org.bpttbench.harness.calibration;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.JournalLines;
import org.bpttbench.experiments.run.JournalWriter;
import org.bpttbench.experiments.run.OwnFiles;

/**
 * The finished cells of a results folder, in {@code journal/cells.jsonl}: a file that only grows. Many threads may add at a
 * time.
 */
final class CalibrationJournal implements Closeable {
    private static final String TYPE = "cell";
    private static final String FOLDER = "journal";

    private final FolderLock lock;
    private final JournalWriter writer;

    private CalibrationJournal(FolderLock lock, JournalWriter writer) {
        this.lock = lock;
        this.writer = writer;
    }

    /**
     * Finished cells by their id; none if there is no journal yet.
     *
     * @param notices told what there is to say of the file
     */
    static Map<String, CellResult> read(Path folder, Consumer<String> notices) throws IOException {
        Map<String, CellResult> results = new HashMap<>();
        Path file = file(folder);
        if (Files.isRegularFile(file)) {
            JournalLines.read(file, tree -> accept(tree, results)).notices().forEach(notices);
        }
        return results;
    }

    private static void accept(Arguments tree, Map<String, CellResult> results) {
        if (!tree.text("type").equals(TYPE)) {
            throw new IllegalArgumentException("its type is '" + tree.text("type") + "'");
        }
        results.put(tree.text("id"), CellResult.of(tree.nested("result")));
    }

    /** @throws IOException if another process uses the folder */
    static CalibrationJournal open(Path folder) throws IOException {
        FolderLock lock = FolderLock.take(folder);
        try {
            OwnFiles.below(folder, FOLDER);
            return new CalibrationJournal(lock, new JournalWriter(file(folder)));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    synchronized void append(String id, CalibrationCell cell, CellResult result, double seconds) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", TYPE);
        tree.put("id", id);
        tree.put("cell", cell.identity());
        tree.put("result", result.toTree());
        tree.put("seconds", seconds);
        writer.append(tree);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            writer.close();
        }
    }

    private static Path file(Path folder) {
        return folder.resolve(FOLDER).resolve("cells.jsonl");
    }
}
