package org.bpttbench.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.report.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bptt report}: everything that is made of the journal, made anew. */
@Command(
        name = "report",
        description = "Write the CSV files, report.html and figures/ of a sweep anew from its journal.",
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private SweepArgument sweep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Sweep read = sweep.read();
        Path folder = sweep.folder(read);
        Journal journal = sweep.journal(read);
        journal.notices().forEach(spec.commandLine().getErr()::println);
        Results results = Results.of(read, journal, sweep.tasks());
        if (results.settings().stream().allMatch(runs -> runs.all().isEmpty())) {
            throw new UsageException(folder + " has no run of this sweep: 'bptt run' makes them");
        }
        List<Figure> figures = ReportFiles.write(folder, results);
        ReportFiles.paint(folder, figures).ifPresent(spec.commandLine().getErr()::println);
        spec.commandLine().getOut().println(results.answer());
        spec.commandLine().getOut().println("Report: " + folder.resolve(ReportFiles.PAGE));
        spec.commandLine().getOut().flush();
        return ExitCode.FINE;
    }
}
