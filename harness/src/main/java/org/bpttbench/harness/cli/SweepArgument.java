package org.bpttbench.harness.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OwnFiles;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which sweep a command is about, with its overrides, and where its results lie. */
final class SweepArgument {
    /** The copy of the sweep file in a results folder. */
    static final String COPY = "sweep.yaml";

    @Parameters(index = "0", paramLabel = "SWEEP", description = "Bundled name, sweep file or results folder.")
    private String sweep = "";

    @Parameters(
            index = "1..*",
            paramLabel = "path=value",
            arity = "0..*",
            description = "Overrides of the file's entries, as in train.steps=1000 or grid.estimator=full.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Results folder; ./results/NAME of the current folder by default.")
    private @Nullable Path out;

    @Option(
            names = "--smoke",
            description = "One replicate, few steps and draws, in a results folder of its own: does it work at all?")
    private boolean smoke;

    private final TaskShelf tasks = new TaskShelf();

    TaskShelf tasks() {
        return tasks;
    }

    /** Takes a word away that stands in front of the sweep, as in {@code export slurm quickstart}, if it does. */
    boolean takeWord(String word) {
        boolean leads =
                sweep.equals(word) && !overrides.isEmpty() && !overrides.get(0).contains("=");
        if (leads) {
            sweep = overrides.get(0);
            overrides = new ArrayList<>(overrides.subList(1, overrides.size()));
        }
        return leads;
    }

    /** Words that mean the same sweep from any folder. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        Path given = Path.of(sweep);
        boolean path = Files.isDirectory(given) || sweep.contains("/") || sweep.endsWith(".yaml");
        words.add(path ? given.toAbsolutePath().normalize().toString() : sweep);
        words.addAll(overrides);
        if (smoke) {
            words.add("--smoke");
        }
        return words;
    }

    /** Reads and checks the sweep. */
    Sweep read() throws IOException {
        Sweep read = read(overrides);
        if (!smoke) {
            return read;
        }
        List<String> all = new ArrayList<>(overrides);
        all.addAll(Smoke.overrides(read));
        return read(all);
    }

    private Sweep read(List<String> applied) throws IOException {
        return read(sweep, applied, tasks);
    }

    /**
     * Reads a sweep.
     *
     * @param given a bundled name, a file or a results folder
     */
    static Sweep read(String given, List<String> applied, TaskShelf tasks) throws IOException {
        SweepReader reader = new SweepReader(Bundled.catalogs(tasks));
        Path folder = Path.of(given);
        if (Files.isDirectory(folder)) {
            Path copy = folder.resolve(COPY);
            if (!Files.isRegularFile(copy)) {
                throw new UsageException(folder + " holds no " + COPY + ": it is not a results folder");
            }
            return reader.read(copy, applied);
        }
        if (given.contains("/") || given.endsWith(".yaml")) {
            return reader.read(folder, applied);
        }
        return reader.read(given + ".yaml", BundledSweeps.source(given), applied);
    }

    /** Where the sweep's results are, or will be. */
    Path folder(Sweep read) {
        if (out != null) {
            return out;
        }
        return smoke ? usual(read) : folder(sweep, read);
    }

    /** The results folder that was given, or the usual one of the sweep that was. */
    static Path folder(String given, Sweep read) {
        Path folder = Path.of(given);
        return Files.isDirectory(folder) ? folder : usual(read);
    }

    private static Path usual(Sweep read) {
        return Path.of("results", read.name());
    }

    /** Leaves the copy of the sweep file in a results folder, made if need be. What other shards may be reading stays. */
    static Path keep(Sweep read, Path folder) throws IOException {
        Path copy = OwnFiles.folder(folder).resolve(COPY);
        byte[] text = read.text().getBytes(StandardCharsets.UTF_8);
        boolean there = Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS);
        if (!there || !Arrays.equals(Files.readAllBytes(copy), text)) {
            OwnFiles.replace(copy, text);
        }
        return copy;
    }

    /** Whether the sweep is to be tried rather than run. */
    boolean smoke() {
        return smoke;
    }

    Journal journal(Sweep read) throws IOException {
        return Journal.read(folder(read));
    }
}
