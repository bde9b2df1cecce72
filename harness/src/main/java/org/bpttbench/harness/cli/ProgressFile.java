package org.bpttbench.harness.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.run.Holder;
import org.bpttbench.experiments.run.OwnFiles;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.harness.cli.SweepProgress.Running;
import org.bpttbench.harness.cli.SweepProgress.State;

/**
 * {@code progress.json} of a results folder, or one for each shard at work in it: what the journal cannot tell of a process
 * that makes runs, for whoever asks from another. It is replaced in one step every few seconds and removed at the end; one that a killed process left behind names
 * that process.
 */
final class ProgressFile implements Closeable {
    private static final Pattern FILE = Pattern.compile("progress(-.+)?\\.json");

    private final Path file;
    private final String command;
    private final int jobs;

    /**
     * @param folder which exists
     * @param part of the runs that the process makes, as its file is to be named; empty for all
     * @param command that was given
     * @param jobs runs at a time
     */
    ProgressFile(Path folder, String part, String command, int jobs) {
        this.file = folder.resolve(part.isEmpty() ? "progress.json" : "progress-" + part + ".json");
        this.command = command;
        this.jobs = jobs;
    }

    /**
     * What it says.
     *
     * @param pid of the process that wrote it
     * @param host that it runs on
     * @param written when
     * @param command that was given to it
     * @param tree all of it, as {@link Json} has it
     */
    record Content(long pid, String host, Instant written, String command, Arguments tree) {}

    /** Says how it stands. That it cannot be written is no harm: those who ask are told less. */
    void write(State state, Instant now) {
        try {
            OwnFiles.replace(file, (Json.write(tree(state, now)) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Then there is none, or an older one, which says when it was written.
        }
    }

    private Map<String, Object> tree(State state, Instant now) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("pid", ProcessHandle.current().pid());
        tree.put("host", Holder.thisHost());
        tree.put("written", now.toString());
        tree.put("command", command);
        tree.put("jobs", (long) jobs);
        Finite.put(tree, "share", state.share());
        Finite.put(tree, "elapsed_seconds", state.elapsed());
        state.left().ifPresent(left -> Finite.put(tree, "left_seconds", left));
        List<Object> running = new ArrayList<>();
        state.running().forEach(run -> running.add(tree(run)));
        tree.put("running", running);
        return tree;
    }

    private static Map<String, Object> tree(Running run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", run.spec().id());
        tree.put("step", run.step());
        tree.put("end", run.end());
        Finite.put(tree, "share", run.share());
        Finite.put(tree, "seconds", run.seconds());
        return tree;
    }

    /** All that there are in a folder; nothing of what cannot be read. */
    static List<Content> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            FILE.matcher(String.valueOf(file.getFileName())).matches())
                    .flatMap(file -> content(file).stream())
                    .toList();
        }
    }

    @SuppressWarnings("unchecked") // JSON maps have text keys
    private static Optional<Content> content(Path file) {
        try {
            if (!(Json.read(Files.readString(file)) instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            Arguments tree = new Arguments((Map<String, ?>) map);
            return Optional.of(new Content(
                    tree.whole("pid"),
                    tree.text("host"),
                    Instant.parse(tree.text("written")),
                    tree.text("command"),
                    tree));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty(); // gone while it was opened, or somebody else's
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It names this process, which is gone in a moment.
        }
    }
}
