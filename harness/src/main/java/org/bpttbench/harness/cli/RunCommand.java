package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.CheckpointFolder;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OtherCode;
import org.bpttbench.experiments.run.RunCosts;
import org.bpttbench.experiments.run.RunListener;
import org.bpttbench.experiments.run.RunMemory;
import org.bpttbench.experiments.run.RunPolicy;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.Runner;
import org.bpttbench.experiments.run.RunnerEnd;
import org.bpttbench.experiments.run.StopSignal;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Summary;
import org.bpttbench.harness.report.Words;
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

    @Option(names = "--quiet", description = "Say nothing but errors and the answer.")
    private boolean quiet;

    @Mixin
    private ScheduleOptions schedule;

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
        read.warnings().forEach(warning -> tell(warning.toString()));
        Path folder = sweep.folder(read);
        FolderLock lock = FolderLock.take(folder);
        Screen screen = new Screen(err(), Terminal.err());
        Interrupts interrupts = Interrupts.stopping(stop, screen);
        try {
            return run(read, folder, kernels, workers, policy, screen);
        } finally {
            interrupts.close();
            screen.close();
            lock.close();
        }
    }

    private int run(Sweep read, Path folder, Kernels kernels, int workers, RunPolicy policy, Screen screen)
            throws IOException {
        Journal before = Journal.read(folder);
        before.notices().forEach(this::tell);
        OtherCode others = OtherCode.of(before, read.runs());
        if (!others.isEmpty() && !acceptCode && !fresh) {
            throw new UsageException(question(folder, read, others, kernels));
        }
        RunCosts costs = RunCosts.of(read, before, sweep.tasks());
        List<RunSpec> missing = schedule.sorted(missing(read, before, fresh), costs);
        List<String> accepts = acceptCode ? others.fingerprints() : List.of();
        new CheckpointFolder(folder).tidy(run -> isDone(run, before));
        if (!missing.isEmpty()) {
            SweepArgument.keep(read, folder);
        }
        RunPolicy told = new RunPolicy(policy.checkpoints(), accepts, fresh, policy.stop(), schedule.limits(costs));
        RunnerEnd end = missing.isEmpty()
                ? new Runner(folder, sweep.tasks(), kernels, RunListener.NONE, told).run(missing, workers)
                : make(
                        new SweepWork(read, read.runs(), folder, before, missing, fitting(missing, workers)),
                        kernels,
                        told,
                        costs,
                        screen);
        boolean unchanged = missing.isEmpty() && accepts.isEmpty();
        Journal journal = unchanged ? before : Journal.read(folder);
        Results results = Results.of(read, journal, sweep.tasks());
        if (policy.stop().wished() && !missing(read, journal, false).isEmpty()) {
            Reports.write(folder, results); // who interrupts does not wait for pictures
            return interrupted(read, journal);
        }
        ReportFiles.write(folder, results);
        answer(read, results, folder, read.runs().size() - missing.size());
        new StoppedShort(read, schedule.budgetText(), run -> isDone(run, journal))
                .sentence(end)
                .ifPresent(err()::println);
        return failures(read, journal) == 0 ? ExitCode.FINE : ExitCode.RUNS_FAILED;
    }

    private RunnerEnd make(SweepWork work, Kernels kernels, RunPolicy policy, RunCosts costs, Screen screen)
            throws IOException {
        try (RunWatch watch = work.watch(screen, quiet, command(), kernels, costs, policy)) {
            watch.start();
            try {
                RunnerEnd end = new Runner(work.folder(), sweep.tasks(), kernels, watch, policy)
                        .run(work.missing(), work.workers());
                watch.finished(end);
                return end;
            } catch (IOException | RuntimeException | Error e) {
                watch.broke(e);
                throw e;
            }
        }
    }

    /** As it was given. */
    private String command() {
        return spec.root().commandLine().getParseResult().originalArgs().stream()
                .map(Shell::quoted)
                .collect(Collectors.joining(" ", "bptt ", ""));
    }

    /** What is no error. */
    private void tell(String sentence) {
        if (!quiet) {
            err().println(sentence);
        }
    }

    private static String question(Path folder, Sweep read, OtherCode others, Kernels kernels) {
        return folder + ": " + others.runs() + " of the sweep's " + read.runs().size()
                + " runs were made by other code than this:\n" + others.differences(kernels.name())
                + "Nothing was run. Give --accept-code to use them as they are, or --fresh to make all runs anew, or --out"
                + " for another folder.";
    }

    private int interrupted(Sweep read, Journal journal) {
        int left = missing(read, journal, false).size();
        err().println("interrupted: " + (read.runs().size() - left) + " of "
                + read.runs().size() + " runs are done; the same command goes on" + (fresh ? ", without --fresh" : ""));
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
            tell("--jobs: " + MemoryWords.tooMuch(fit) + ": runs are made " + fit.jobs() + " at a time");
        }
        return fit.jobs();
    }

    /** In the order of the sweep. */
    private static List<RunSpec> missing(Sweep read, Journal journal, boolean all) {
        return read.runs().stream()
                .filter(run -> all || !isDone(run.id(), journal))
                .toList();
    }

    private void answer(Sweep read, Results results, Path folder, int kept) {
        PrintWriter out = spec.commandLine().getOut();
        if (kept > 0) {
            tell(kept + " of " + read.runs().size() + " runs were there already");
        }
        out.println(Summary.text(results, Terminal.width()));
        out.println();
        out.println("Report: " + folder.resolve(ReportFiles.PAGE)
                + ", opens in any browser; figures/ has its figures as files");
        out.println("Results: " + folder + "/*.csv; bptt explain COLUMN says what a column means");
        out.println("Next: bptt plan " + folder + " shows what is done; add an axis or replicates and run again");
        out.flush();
    }

    private long failures(Sweep read, Journal journal) {
        List<RunRecord> failed = read.runs().stream()
                .map(run -> journal.runs().get(run.id()))
                .filter(record -> record != null && !record.outcome().isResult())
                .toList();
        failed.stream()
                .limit(5)
                .forEach(record -> err().println(Terminal.plain(
                        "run " + record.run() + " " + record.outcome().key() + ": " + record.message())));
        if (!failed.isEmpty()) {
            err().println(Words.count(failed.size(), "run") + " of the sweep failed or timed out; "
                    + sweep.folder(read).resolve(RunLog.FILE) + " has the stack traces");
        }
        return failed.size();
    }
}
