package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.CompletedRequest;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OtherCode;
import org.bpttbench.experiments.run.RunCosts;
import org.bpttbench.experiments.run.RunListener;
import org.bpttbench.experiments.run.RunMemory;
import org.bpttbench.experiments.run.RunPolicy;
import org.bpttbench.experiments.run.Runner;
import org.bpttbench.experiments.run.RunnerEnd;
import org.bpttbench.experiments.run.Shard;
import org.bpttbench.experiments.run.StopSignal;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
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
        Optional<Shard> wanted = shard.shard();
        read.warnings().forEach(warning -> tell(warning.toString()));
        SweepPart part = SweepPart.of(read, wanted, sweep.folder(read));
        FolderLock lock = FolderLock.take(part.folder(), wanted);
        Screen screen = new Screen(err(), Terminal.err());
        Interrupts interrupts = Interrupts.stopping(stop, screen);
        try {
            return run(part, kernels, workers, policy, screen);
        } finally {
            interrupts.close();
            screen.close();
            lock.close();
        }
    }

    private int run(SweepPart part, Kernels kernels, int workers, RunPolicy policy, Screen screen) throws IOException {
        Journal before = Journal.read(part.folder());
        before.notices().forEach(this::tell);
        OtherCode others = OtherCode.of(before, part.runs());
        if (!others.isEmpty() && !acceptCode && !fresh) {
            throw new UsageException(question(part, others, kernels));
        }
        RunCosts costs = RunCosts.of(part.sweep(), before, sweep.tasks());
        List<RunSpec> missing = schedule.sorted(fresh ? part.runs() : part.missing(before), costs);
        if (missing.size() < part.runs().size()) {
            tell(part.runs().size() - missing.size() + " of " + part.runs().size() + " runs were there already");
        }
        List<String> accepts = acceptCode ? others.fingerprints() : List.of();
        part.tidy(before);
        if (!missing.isEmpty() || part.shard().isPresent()) {
            SweepArgument.keep(part.sweep(), part.folder());
        }
        RunPolicy told = new RunPolicy(policy.checkpoints(), accepts, fresh, policy.stop(), schedule.limits(costs));
        RunnerEnd end = missing.isEmpty()
                ? runner(part, kernels, RunListener.NONE, told).run(missing, workers)
                : make(new SweepWork(part, before, missing, fitting(missing, workers)), kernels, told, costs, screen);
        // What other shards have written by now is in it, so that of those that end together one sees all.
        boolean unchanged =
                missing.isEmpty() && accepts.isEmpty() && part.shard().isEmpty();
        Journal now = unchanged ? before : Journal.read(part.folder());
        CompletedRequest.append(part.folder(), part.sweep(), now, part.shard());
        return end(part, now, end, policy.stop());
    }

    private int end(SweepPart part, Journal journal, RunnerEnd why, StopSignal stop) throws IOException {
        RunEnd end = new RunEnd(part, journal, spec.commandLine().getOut(), err());
        boolean interrupted = stop.wished() && !part.missing(journal).isEmpty();
        Optional<ShardEnd> incomplete =
                part.shard().map(shard -> new ShardEnd(part, shard, journal)).filter(shard -> shard.missing() > 0);
        if (incomplete.isPresent()) {
            return interrupted ? end.interrupted(fresh) : end.shard(incomplete.get(), why, schedule.budgetText());
        }
        Results results = Results.of(part.sweep(), journal, sweep.tasks());
        if (interrupted) {
            Reports.write(part.folder(), results); // who interrupts does not wait for pictures
            return end.interrupted(fresh);
        }
        ReportFiles.write(part.folder(), results);
        return end.answered(results, why, schedule.budgetText());
    }

    private RunnerEnd make(SweepWork work, Kernels kernels, RunPolicy policy, RunCosts costs, Screen screen)
            throws IOException {
        try (RunWatch watch = work.watch(screen, quiet, command(), kernels, costs, policy)) {
            watch.start();
            try {
                RunnerEnd end = runner(work.part(), kernels, watch, policy).run(work.missing(), work.workers());
                watch.finished(end);
                return end;
            } catch (IOException | RuntimeException | Error e) {
                watch.broke(e);
                throw e;
            }
        }
    }

    private Runner runner(SweepPart part, Kernels kernels, RunListener listener, RunPolicy policy) {
        return new Runner(part.folder(), sweep.tasks(), kernels, listener, policy, part.shard());
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

    private static String question(SweepPart part, OtherCode others, Kernels kernels) {
        return part.folder() + ": " + others.runs() + " of the sweep's "
                + part.runs().size()
                + " runs were made by other code than this:\n" + others.differences(kernels.name())
                + "Nothing was run. Give --accept-code to use them as they are, or --fresh to make all runs anew, or --out"
                + " for another folder.";
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
}
