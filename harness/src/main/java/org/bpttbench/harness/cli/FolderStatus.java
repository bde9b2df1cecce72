package org.bpttbench.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.CheckpointFolder;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Holder;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OtherCode;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.report.Labels;

/**
 * How the sweep of a results folder stands, from what lies in the folder: its journal, its checkpoints, and what the process
 * at work says of itself. Takes no lock and writes nothing.
 *
 * @param folder of the results
 * @param sweep as last given
 * @param labels of its settings
 * @param state of the folder
 * @param processes at work in it, or that were when killed
 * @param counts runs of the sweep with a record, by outcome
 * @param otherCode runs that other code has made and nobody has accepted
 * @param computed seconds that went into the runs that have ended
 * @param saved run → step, of those that the next process goes on with
 * @param failures runs that failed or timed out, in the order of the sweep
 */
record FolderStatus(
        Path folder,
        Sweep sweep,
        Labels labels,
        State state,
        List<Worker> processes,
        Map<Outcome, Integer> counts,
        int otherCode,
        double computed,
        Map<RunSpec, Long> saved,
        List<Failure> failures) {

    /** What can be said of a folder. */
    enum State {
        /** A process of this host is at work in it. */
        RUNNING,
        /** One of another host says that it is. */
        ELSEWHERE,
        /** The process at work ended without a word. */
        KILLED,
        /** Nobody is at work and runs are missing. */
        STOPPED,
        /** All runs have a result. */
        FINISHED;

        /** In JSON and in lists. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A process.
     *
     * @param progress if it is at work and says something
     */
    record Worker(Holder holder, Holder.Life life, Optional<Progress> progress) {}

    /**
     * What a process says.
     *
     * @param age seconds since it said so
     * @param command that was given to it
     * @param share of its runs that is done
     * @param elapsed seconds
     * @param left seconds, if it can tell
     */
    record Progress(
            double age,
            String command,
            long jobs,
            double share,
            double elapsed,
            OptionalDouble left,
            List<SweepProgress.Running> running) {}

    /** A run without a result. */
    record Failure(RunSpec spec, Outcome outcome, String message) {}

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    /** Whether it looks like a results folder. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(SweepArgument.COPY));
    }

    /** @param folder that {@link #is} one */
    static FolderStatus of(Path folder, TaskShelf tasks, Instant now) throws IOException {
        // First who is at work, then what there is: a process that ends between has left all of it.
        List<Holder> holders = FolderLock.holders(folder);
        List<ProgressFile.Content> said = ProgressFile.read(folder);
        Map<String, Long> steps = new CheckpointFolder(folder).steps();
        Sweep sweep = new SweepReader(Bundled.catalogs(tasks)).read(folder.resolve(SweepArgument.COPY), List.of());
        Journal journal = Journal.read(folder);
        Map<String, RunSpec> runs = new LinkedHashMap<>();
        sweep.runs().forEach(run -> runs.put(run.id(), run));
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        List<Failure> failures = new ArrayList<>();
        Map<RunSpec, Long> saved = new LinkedHashMap<>();
        double computed = 0;
        for (Map.Entry<String, RunSpec> run : runs.entrySet()) {
            RunRecord record = journal.runs().get(run.getKey());
            if (record != null) {
                counts.merge(record.outcome(), 1, Integer::sum);
                computed += record.nanos().orElse(record.training().nanos()) / NANOS;
            }
            if (record != null && !record.outcome().isResult()) {
                failures.add(new Failure(run.getValue(), record.outcome(), record.message()));
            }
            if (!journal.isDone(run.getKey()) && steps.containsKey(run.getKey())) {
                saved.put(run.getValue(), Objects.requireNonNull(steps.get(run.getKey())));
            }
        }
        boolean complete =
                counts.getOrDefault(Outcome.DONE, 0) + counts.getOrDefault(Outcome.DIVERGED, 0) == runs.size();
        List<Worker> processes =
                holders.stream().map(holder -> worker(holder, said, runs, now)).toList();
        return new FolderStatus(
                folder,
                sweep,
                new Labels(sweep),
                state(processes, complete),
                processes,
                counts,
                OtherCode.of(journal, sweep.runs()).runs(),
                computed,
                saved,
                failures);
    }

    /** With what it says; not with what one before it left behind. */
    private static Worker worker(
            Holder holder, List<ProgressFile.Content> said, Map<String, RunSpec> runs, Instant now) {
        Holder.Life life = holder.life();
        Optional<Progress> progress = said.stream()
                .filter(content -> life != Holder.Life.GONE
                        && content.pid() == holder.pid()
                        && content.host().equals(holder.host())
                        && !content.written().isBefore(holder.since()))
                .findFirst()
                .flatMap(content -> progress(content, runs, now));
        return new Worker(holder, life, progress);
    }

    private static State state(List<Worker> processes, boolean complete) {
        if (any(processes, Holder.Life.GOES_ON)) {
            return State.RUNNING;
        }
        if (any(processes, Holder.Life.ELSEWHERE)) {
            return State.ELSEWHERE;
        }
        if (complete) {
            return State.FINISHED;
        }
        return any(processes, Holder.Life.GONE) ? State.KILLED : State.STOPPED;
    }

    private static boolean any(List<Worker> processes, Holder.Life life) {
        return processes.stream().anyMatch(process -> process.life == life);
    }

    private static Optional<Progress> progress(ProgressFile.Content said, Map<String, RunSpec> runs, Instant now) {
        try {
            Arguments tree = said.tree();
            List<SweepProgress.Running> running = new ArrayList<>();
            for (Object item : tree.list("running")) {
                Arguments run = new Arguments(Map.of("run", item)).nested("run");
                RunSpec spec = runs.get(run.text("run"));
                if (spec != null) {
                    running.add(new SweepProgress.Running(
                            spec,
                            run.whole("step"),
                            run.whole("end"),
                            Finite.read(run, "share"),
                            Finite.read(run, "seconds")));
                }
            }
            return Optional.of(new Progress(
                    Math.max(0, (now.toEpochMilli() - said.written().toEpochMilli()) / MILLIS),
                    said.command(),
                    tree.whole("jobs"),
                    Finite.read(tree, "share"),
                    Finite.read(tree, "elapsed_seconds"),
                    tree.has("left_seconds") ? OptionalDouble.of(tree.real("left_seconds")) : OptionalDouble.empty(),
                    running));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // another version's
        }
    }

    /** What all processes are at. */
    List<SweepProgress.Running> running() {
        return processes.stream()
                .flatMap(process -> process.progress.stream())
                .flatMap(progress -> progress.running.stream())
                .toList();
    }

    /** Seconds until the last process has made its runs, as far as those tell that are at work. */
    OptionalDouble secondsLeft() {
        return processes.stream()
                .flatMap(process -> process.progress.stream())
                .flatMapToDouble(progress -> progress.left.stream())
                .max();
    }

    int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    int total() {
        return sweep.runs().size();
    }

    /** Runs with a result. */
    int results() {
        return count(Outcome.DONE) + count(Outcome.DIVERGED);
    }

    /** Runs without a record. */
    int left() {
        return total() - counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The command that is of use now, and what it does. */
    String next() {
        String name = Shell.quoted(folder.toString());
        return switch (state) {
            case RUNNING, ELSEWHERE ->
                results() == 0
                        ? "bptt status " + name + " shows how it gets on"
                        : "bptt report " + name + " makes a report of what there is so far";
            case FINISHED -> "bptt report " + name + " makes the report anew";
            case KILLED, STOPPED ->
                otherCode > 0
                        ? "bptt run " + name + " --accept-code uses what other code has made, --fresh makes all anew"
                        : "bptt run " + name + (saved.isEmpty() ? " makes what is missing" : " goes on where it was");
        };
    }
}
