package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.CheckpointFolder;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OtherCode;
import org.bpttbench.experiments.run.RunCosts;
import org.bpttbench.experiments.run.RunMemory;
import org.bpttbench.experiments.run.RunPolicy;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.Runner;
import org.bpttbench.experiments.run.RunnerEnd;
import org.bpttbench.experiments.run.Shard;
import org.bpttbench.experiments.run.StopSignal;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bptt run}: makes what is missing, writes the CSV files, answers. */
@Command(
        name = "run",
        description = {
            "Run a sweep: make the runs that are missing, write the CSV files and the report, answer.",
            "Killed or interrupted at any moment, the same command goes on where it was. Ctrl-C saves where the runs are"
                    + " and exits with 130; a second one does not wait for that."
        },
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private SweepArgument sweep;

    @Mixin
    private JobsOption jobs;

    @Option(
            names = "--checkpoint",
            paramLabel = "TIME",
            defaultValue = "60s",
            description =
                    "How often a run saves where it is, as in 30s or 10m; off for never. ${DEFAULT-VALUE} by default.")
    private String checkpoint = "";

    @Option(
            names = "--accept-code",
            description = "Use runs that other code has made as if this code had; goes on record.")
    private boolean acceptCode;

    @Option(
            names = "--fresh",
            description = "Make all runs anew. What the journal holds stays in it and counts no more.")
    private boolean fresh;

    @Mixin
    private ScheduleOptions schedule;

    @Mixin
    private ShardOption shard;

    @Mixin
    private BackendOption backend;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        schedule.check();
        Sweep read = sweep.read();
        Kernels kernels = backend.kernels();
        int workers = jobs.workers();
        StopSignal stop = new StopSignal();
        RunPolicy policy = new RunPolicy(Durations.orOff("--checkpoint", checkpoint), List.of(), fresh, stop);
        if (acceptCode && fresh) {
            throw new UsageException("--accept-code and --fresh: either runs are used or they are made anew");
        }
        Optional<Shard> part = shard.shard();
        read.warnings().forEach(err()::println);
        Path folder = sweep.folder(read);
        FolderLock lock = FolderLock.take(folder, part);
        Interrupts interrupts = Interrupts.stopping(stop, err());
        try {
            return run(read, part, folder, kernels, workers, policy);
        } finally {
            interrupts.close();
            lock.close();
        }
    }

    private int run(Sweep read, Optional<Shard> part, Path folder, Kernels kernels, int workers, RunPolicy policy)
            throws IOException {
        List<RunSpec> mine = part.map(shard -> shard.of(read)).orElseGet(read::runs);
        Journal before = Journal.read(folder);
        before.notices().forEach(err()::println);
        OtherCode others = OtherCode.of(before, mine);
        if (!others.isEmpty() && !acceptCode && !fresh) {
            throw new UsageException(question(folder, mine.size(), others, kernels));
        }
        RunCosts costs = RunCosts.of(read, before, sweep.tasks());
        List<RunSpec> missing = schedule.sorted(missing(mine, before, fresh), costs);
        List<String> accepts = acceptCode ? others.fingerprints() : List.of();
        Set<String> ids = mine.stream().map(RunSpec::id).collect(Collectors.toSet());
        new CheckpointFolder(folder).tidy(run -> part.isEmpty() || ids.contains(run), run -> isDone(run, before));
        if (!missing.isEmpty() || part.isPresent()) {
            SweepArgument.keep(read, folder);
        }
        RunPolicy told = new RunPolicy(policy.checkpoints(), accepts, fresh, policy.stop(), schedule.limits(costs));
        RunnerEnd end = new Runner(folder, sweep.tasks(), kernels, new ProgressLines(read, err()), told, part)
                .run(missing, fitting(missing, workers));
        boolean unchanged = missing.isEmpty() && accepts.isEmpty();
        // What other shards have written by now is in it, so that of those that end together one sees all.
        Journal journal = unchanged && part.isEmpty() ? before : Journal.read(folder);
        boolean interrupted =
                policy.stop().wished() && !missing(mine, journal, false).isEmpty();
        Optional<ShardEnd> incomplete =
                part.map(shard -> new ShardEnd(read, journal, shard)).filter(shard -> shard.missing() > 0);
        if (incomplete.isPresent()) {
            if (interrupted) {
                return interrupted(mine, journal);
            }
            tellIfShort(read, journal, end);
            return ended(incomplete.get(), mine, journal, folder);
        }
        Results results = Results.of(read, journal, sweep.tasks());
        if (interrupted) {
            Reports.write(folder, results); // who interrupts does not wait for pictures
            return interrupted(mine, journal);
        }
        ReportFiles.write(folder, results);
        answer(results, folder, mine.size() - missing.size(), mine.size());
        tellIfShort(read, journal, end);
        return failures(mine, journal) == 0 ? ExitCode.FINE : ExitCode.RUNS_FAILED;
    }

    private void tellIfShort(Sweep read, Journal journal, RunnerEnd end) {
        new StoppedShort(read, schedule.budgetText(), run -> isDone(run, journal))
                .sentence(end)
                .ifPresent(err()::println);
    }

    private int ended(ShardEnd end, List<RunSpec> mine, Journal journal, Path folder) {
        spec.commandLine().getOut().println(end.text(folder));
        spec.commandLine().getOut().flush();
        return failures(mine, journal) == 0 ? ExitCode.FINE : ExitCode.RUNS_FAILED;
    }

    private static String question(Path folder, int runs, OtherCode others, Kernels kernels) {
        return folder + ": " + others.runs() + " of the sweep's " + runs
                + " runs were made by other code than this:\n" + others.differences(kernels.name())
                + "Nothing was run. Give --accept-code to use them as they are, or --fresh to make all runs anew, or --out"
                + " for another folder.";
    }

    private int interrupted(List<RunSpec> mine, Journal journal) {
        int left = missing(mine, journal, false).size();
        err().println("interrupted: " + (mine.size() - left) + " of " + mine.size()
                + " runs are done; the same command goes on" + (fresh ? ", without --fresh" : ""));
        return ExitCode.INTERRUPTED;
    }

    private static boolean isDone(String run, Journal journal) {
        RunRecord record = journal.runs().get(run);
        return record != null && record.outcome().isResult();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** As many of the workers as have memory for whatever runs come together. */
    private int fitting(List<RunSpec> missing, int workers) {
        RunMemory.Fit fit = RunMemory.fit(missing, workers, Runtime.getRuntime().maxMemory(), sweep.tasks());
        if (fit.jobs() < fit.wanted()) {
            err().println("--jobs: " + MemoryWords.tooMuch(fit) + ": runs are made " + fit.jobs() + " at a time");
        }
        return fit.jobs();
    }

    /** In the order of the sweep. */
    private static List<RunSpec> missing(List<RunSpec> runs, Journal journal, boolean all) {
        return runs.stream().filter(run -> all || !isDone(run.id(), journal)).toList();
    }

    private void answer(Results results, Path folder, int kept, int runs) {
        PrintWriter out = spec.commandLine().getOut();
        if (kept > 0) {
            err().println(kept + " of " + runs + " runs were there already");
        }
        out.println(Summary.text(results, Terminal.width()));
        out.println();
        out.println("Report: " + folder.resolve(ReportFiles.PAGE)
                + ", opens in any browser; figures/ has its figures as files");
        out.println("Results: " + folder + "/*.csv; bptt explain COLUMN says what a column means");
        out.println("Next: bptt plan " + folder + " shows what is done; add an axis or replicates and run again");
        out.flush();
    }

    private long failures(List<RunSpec> runs, Journal journal) {
        List<RunRecord> failed = runs.stream()
                .map(run -> journal.runs().get(run.id()))
                .filter(record -> record != null && !record.outcome().isResult())
                .toList();
        failed.stream()
                .limit(5)
                .forEach(record -> err().println(Terminal.plain(
                        "run " + record.run() + " " + record.outcome().key() + ": " + record.message())));
        return failed.size();
    }
}
