package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.CompletedRequest;
import org.bpttbench.experiments.run.Fingerprint;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.JournalMerge;
import org.bpttbench.experiments.run.JournalMerge.Merged;
import org.bpttbench.experiments.run.JournalMerge.Version;
import org.bpttbench.experiments.run.OwnFiles;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepErrors;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.report.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bptt merge}: joins results folders. */
@Command(
        name = "merge",
        description = {
            "Join the journals of results folders, as of shards that ran on several machines, and write the CSV files and the"
                    + " report of all.",
            "Sources are only read. A run that several folders have is taken once. Where its results differ, or are of other"
                    + " code than this, all are kept and told, and the exit code is 3. What a source gains later, the same"
                    + " command adds."
        },
        sortOptions = false)
final class MergeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = "Results folder to merge into; made if need be.")
    private Path target = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Results folders to merge. A new TARGET gets the sweep of the first.")
    private List<Path> sources = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    private final TaskShelf tasks = new TaskShelf();

    @Override
    public Integer call() throws IOException {
        checkFolders();
        Path sweepFile = copy(target);
        Path first = Files.isRegularFile(sweepFile) ? sweepFile : copy(sources.get(0));
        Sweep sweep = read(first);
        tellOfOtherSweeps(sweep, first);
        JournalMerge merge = JournalMerge.of(sources);
        merge.notices().forEach(err()::println);
        Set<String> runs = sweep.runs().stream().map(RunSpec::id).collect(Collectors.toSet());
        Merged merged;
        Results results;
        FolderLock lock = FolderLock.take(target);
        try {
            if (!Files.isRegularFile(sweepFile)) {
                OwnFiles.replace(sweepFile, Files.readAllBytes(first));
            }
            merged = merge.into(target, runs);
            Journal journal = Journal.read(target);
            CompletedRequest.merge(target, sweep, journal);
            results = Results.of(sweep, journal, tasks);
            ReportFiles.write(target, results);
        } finally {
            lock.close();
        }
        answer(merged, sweep, results);
        tell(merged);
        return merged.conflicts().isEmpty() && merged.foreign().isEmpty() ? ExitCode.FINE : ExitCode.CHECK_FAILED;
    }

    private void checkFolders() throws IOException {
        for (Path source : sources) {
            if (!Files.isDirectory(source)) {
                throw new UsageException(source + (Files.exists(source) ? " is no folder" : ": no such folder"));
            }
            if (!Files.isRegularFile(copy(source))) {
                throw new UsageException(source + " holds no " + SweepArgument.COPY + ": it is not a results folder");
            }
            if (Files.isDirectory(target) && Files.isSameFile(source, target)) {
                throw new UsageException(source + " is the target itself: 'bptt merge TARGET SOURCE…'");
            }
        }
        if (Files.isDirectory(target) && !Files.isRegularFile(copy(target)) && !isEmpty(target)) {
            throw new UsageException(target + " holds no " + SweepArgument.COPY
                    + " and is not empty: it is not a results folder. Nothing has been changed");
        }
    }

    /** But for what the project leaves in a folder before anything else. */
    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.getFileName().toString().startsWith(".lock"));
        }
    }

    private static Path copy(Path folder) {
        return folder.resolve(SweepArgument.COPY);
    }

    private Sweep read(Path file) throws IOException {
        return new SweepReader(Bundled.catalogs(tasks)).read(file, List.of());
    }

    private void tellOfOtherSweeps(Sweep sweep, Path file) throws IOException {
        String text = Files.readString(file);
        for (Path source : sources) {
            if (!Files.readString(copy(source)).equals(text)) {
                try {
                    difference(sweep, read(copy(source)))
                            .ifPresent(words ->
                                    err().println(copy(source) + " is not the sweep of " + file + ": " + words));
                } catch (SweepErrors e) {
                    err().println(copy(source) + " cannot be read, its journal is merged all the same:\n"
                            + Terminal.plain(String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private static Optional<String> difference(Sweep ours, Sweep theirs) {
        int more = without(theirs, ours);
        int fewer = without(ours, theirs);
        return more == 0 && fewer == 0
                ? Optional.empty()
                : Optional.of(more + " of its " + theirs.runs().size()
                        + " runs are none of that sweep's: they are merged, but stand in no CSV file of it; " + fewer
                        + " of that sweep's "
                        + ours.runs().size() + " runs are none of its");
    }

    private static int without(Sweep runs, Sweep of) {
        Set<String> others = new HashSet<>();
        of.runs().forEach(run -> others.add(run.id()));
        return (int)
                runs.runs().stream().filter(run -> !others.contains(run.id())).count();
    }

    private void answer(Merged merged, Sweep sweep, Results results) {
        long done = sweep.runs().stream()
                .filter(run -> results.journal().isDone(run.id()))
                .count();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Merged into " + target + ": " + merged.taken() + " new records of runs, " + merged.known()
                + " that were there already; " + done + " of the sweep's "
                + sweep.runs().size() + " runs are done.");
        if (done > 0) {
            out.println(results.answer());
        }
        out.println("Results: " + target + "/*.csv, " + target.resolve(ReportFiles.PAGE));
        if (done < sweep.runs().size()) {
            out.println("Next: bptt run " + target + " makes the runs that are missing");
        }
        out.flush();
    }

    private void tell(Merged merged) {
        merged.conflicts().forEach((run, versions) -> {
            err().println("run " + run + ": its results differ; all are kept, the newest counts");
            versions.forEach(this::tell);
        });
        Map<String, List<Version>> foreign = merged.foreign();
        foreign.forEach((run, versions) -> {
            err().println("run " + run + ": made by other code than this, of fingerprint " + Fingerprint.current());
            versions.forEach(this::tell);
        });
        if (!merged.conflicts().isEmpty()) {
            err().println(merged.conflicts().size() + " runs have results that differ, and ought not to: 'bptt run "
                    + target + " --fresh' makes all runs anew; nothing was dropped");
        }
        if (!foreign.isEmpty()) {
            err().println(foreign.size() + " runs were made by other code: 'bptt run " + target
                    + " --accept-code' uses them as they are, and says so once and for all; --fresh makes all runs anew;"
                    + " nothing was dropped");
        }
        err().flush();
    }

    private void tell(Version version) {
        err().println(Terminal.plain("  " + version.file() + ": session " + version.session() + " of "
                + version.started() + ", fingerprint " + version.fingerprint()));
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
