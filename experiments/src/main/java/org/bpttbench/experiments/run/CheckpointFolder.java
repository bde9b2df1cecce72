package org.bpttbench.experiments.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;

/**
 * The folder {@code checkpoints/} of a results folder: where runs were that had not ended, a file each, gone when the run's
 * record is in the journal. A file is replaced in one step, so that whenever the process or the power fails there is the old
 * one or the new one.
 */
public final class CheckpointFolder {
    private static final String FOLDER = "checkpoints";
    private static final String SUFFIX = ".ckpt";
    private static final String UNFINISHED = ".new";

    /** No state that is saved is larger; a file that is was not written here. */
    private static final long MOST_BYTES = (1L << 28) + 4096;

    private final Path results;
    private final Path folder;

    /** @param results the sweep's results folder */
    public CheckpointFolder(Path results) {
        this.results = results;
        this.folder = results.resolve(FOLDER);
    }

    private Path file(String run) {
        return folder.resolve(run + SUFFIX);
    }

    /**
     * Where a run was, if that was saved by this very code.
     *
     * @param notices told, with the file, why what is there is not used
     */
    Optional<Checkpoint> read(String run, Consumer<String> notices) throws IOException {
        Path file = file(run);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            require(Files.size(file) <= MOST_BYTES, "it has " + Files.size(file) + " bytes, no checkpoint has so many");
            Checkpoint checkpoint = Checkpoint.of(Files.readAllBytes(file));
            require(checkpoint.run().equals(run), "it is that of run " + checkpoint.run());
            require(
                    checkpoint.fingerprint().equals(Fingerprint.current()),
                    "it was saved by other code, of fingerprint " + checkpoint.fingerprint());
            return Optional.of(checkpoint);
        } catch (IllegalArgumentException e) {
            notices.accept(ignored(run, String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (OutOfMemoryError e) {
            notices.accept(ignored(run, "it does not fit in memory"));
            return Optional.empty();
        }
    }

    /** The sentence about a checkpoint that cannot be used. */
    String ignored(String run, String why) {
        return file(run) + " is ignored and the run starts afresh: " + why;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Replaces what there is of the run. */
    void write(Checkpoint checkpoint) throws IOException {
        OwnFiles.below(results, FOLDER);
        Path file = file(checkpoint.run());
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel out =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(checkpoint.toBytes());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
        } catch (IOException e) {
            throw new IOException(
                    file + " cannot be written: " + e.getMessage()
                            + ". Every run recorded before is kept; mend the cause and give the same command again",
                    e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** So that the new name is on the disk too; not every system can. */
    private void syncFolder() {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            // Then the old file may come back after a loss of power, which is a checkpoint as well.
        }
    }

    /** Run id → the step of training at which it was saved, for whoever wants to know; files that do not tell are left out. */
    public Map<String, Long> steps() throws IOException {
        Map<String, Long> steps = new TreeMap<>();
        for (Path file : files()) {
            if (file.toString().endsWith(SUFFIX)) {
                step(file, steps);
            }
        }
        return steps;
    }

    private static void step(Path file, Map<String, Long> steps) {
        try (InputStream in = Files.newInputStream(file)) {
            Arguments header = Checkpoint.header(in.readNBytes(Checkpoint.LONGEST_HEADER));
            steps.put(header.text("run"), header.whole("step"));
        } catch (IOException | IllegalArgumentException e) {
            // Replaced or removed while it was looked at, or damaged: who goes on with the run will say so.
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.toList();
        }
    }

    void remove(String run) throws IOException {
        if (Files.isDirectory(folder)) {
            Files.deleteIfExists(file(run));
        }
    }

    /**
     * Removes the files of runs that need none, and what writing left unfinished.
     *
     * @param needless tells it of a run id
     * @throws IOException if the folder is a link: files elsewhere are not this program's to remove
     */
    public void tidy(Predicate<String> needless) throws IOException {
        OwnFiles.refuseLink(folder);
        for (Path file : files()) {
            String name = file.getFileName().toString();
            boolean unfinished = name.endsWith(SUFFIX + UNFINISHED);
            boolean over = name.endsWith(SUFFIX) && needless.test(name.substring(0, name.length() - SUFFIX.length()));
            if (unfinished || over) {
                Files.deleteIfExists(file);
            }
        }
    }
}
