package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.Runner;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.page.ReportFiles;
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
        description = "Run a sweep: make the runs that are missing, write the CSV files and the report, answer.",
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private SweepArgument sweep;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "0",
            description = "Runs at a time; one a processor by default.")
    private int jobs;

    @Mixin
    private BackendOption backend;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Sweep read = sweep.read();
        Kernels kernels = backend.kernels();
        int workers = workers();
        PrintWriter err = spec.commandLine().getErr();
        read.warnings().forEach(err::println);
        Path folder = sweep.folder(read);
        List<RunSpec> missing = missing(read, Journal.read(folder));
        if (!missing.isEmpty()) {
            keep(read, folder);
            new Runner(folder, sweep.tasks(), kernels, new ProgressLines(read, err)).run(missing, workers);
        }
        Journal journal = Journal.read(folder);
        Results results = Results.of(read, journal, sweep.tasks());
        ReportFiles.write(folder, results).ifPresent(err::println);
        answer(read, results, folder, read.runs().size() - missing.size());
        return failures(read, journal) == 0 ? ExitCode.FINE : ExitCode.RUNS_FAILED;
    }

    private int workers() {
        if (jobs < 0) {
            throw new UsageException("--jobs is " + jobs + ": must be at least 1, or 0 for one a processor");
        }
        return jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs;
    }

    /** Replicate by replicate, so that a sweep that is broken off has compared all arms on the first ones. */
    private static List<RunSpec> missing(Sweep read, Journal journal) {
        return read.runs().stream()
                .filter(run -> {
                    RunRecord record = journal.runs().get(run.id());
                    return record == null || !record.outcome().isResult();
                })
                .sorted((a, b) -> Integer.compare(a.replicate(), b.replicate()))
                .toList();
    }

    private static void keep(Sweep read, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(SweepArgument.COPY), read.text(), StandardCharsets.UTF_8);
    }

    private void answer(Sweep read, Results results, Path folder, int kept) {
        PrintWriter out = spec.commandLine().getOut();
        if (kept > 0) {
            spec.commandLine().getErr().println(kept + " of " + read.runs().size() + " runs were there already");
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
        PrintWriter err = spec.commandLine().getErr();
        failed.stream()
                .limit(5)
                .forEach(record -> err.println(
                        "run " + record.run() + " " + record.outcome().key() + ": " + record.message()));
        return failed.size();
    }
}
