package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.CostTrial;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OtherCode;
import org.bpttbench.experiments.run.RunCosts;
import org.bpttbench.experiments.run.RunMemory;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.report.Labels;
import org.bpttbench.harness.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bptt plan}: what a run would do, without doing it. */
@Command(
        name = "plan",
        description = {
            "Show a sweep's settings and runs, what is done already, how long the rest will take and how much memory, and the"
                    + " draws that its margin needs. Writes nothing.",
            "Times are those of the setting's runs that are done; else the work is tried here for a moment (--calibrate)."
        },
        sortOptions = false)
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private SweepArgument sweep;

    @Mixin
    private JobsOption jobs;

    @Option(
            names = "--calibrate",
            paramLabel = "TIME",
            defaultValue = "20s",
            description =
                    "How long, for the whole sweep, settings without a time are tried, a second each at most; off for"
                            + " not at all. ${DEFAULT-VALUE} by default.")
    private String calibrate = "";

    @Option(names = "--json", description = "One JSON line for each setting, and one for all that is left to make.")
    private boolean json;

    @Mixin
    private BackendOption backend;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<Duration> trial = Durations.orOff("--calibrate", calibrate);
        int workers = jobs.workers();
        Kernels kernels = backend.kernels();
        Sweep read = sweep.read();
        Journal journal = sweep.journal(read);
        PrintWriter err = spec.commandLine().getErr();
        read.warnings().forEach(err::println);
        journal.notices().forEach(err::println);
        tellOfOtherCode(OtherCode.of(journal, read.runs()), kernels, err);
        PlannedDraws draws = new PlannedDraws(sweep.tasks(), kernels);
        Map<Setting, PlannedDraws.Cells> cells = new LinkedHashMap<>();
        read.settings().forEach(setting -> cells.put(setting, draws.of(setting)));
        RunCosts costs = RunCosts.of(read, journal, sweep.tasks());
        trial.ifPresent(time ->
                new CostTrial(sweep.tasks(), kernels, draws::count).run(untimed(read, journal, costs), time, costs));
        PlanTable table = new PlanTable();
        Labels labels = new Labels(read);
        cells.forEach((setting, planned) ->
                table.add(row(read, setting, labels, journal, costs, planned, draws.count(setting))));
        List<RunSpec> left =
                read.runs().stream().filter(run -> !journal.isDone(run.id())).toList();
        print(
                read,
                table,
                draws.note(),
                RunMemory.fit(left, workers, Runtime.getRuntime().maxMemory(), sweep.tasks()));
        return ExitCode.FINE;
    }

    private void print(Sweep read, PlanTable table, String note, RunMemory.Fit fit) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            table.json(fit).forEach(out::println);
        } else {
            out.println(read.name() + (read.about().isEmpty() ? "" : ": " + read.about()));
            out.print(table.text(Terminal.width()));
            out.print(table.note());
            out.print(note);
            String choosing = read.choosing() == 0 ? "" : " (and " + read.choosing() + " to choose by)";
            out.println(Words.count(read.settings().size(), "setting") + " × "
                    + Words.count(read.replicates(), "replicate") + choosing + " = "
                    + Words.count(read.runs().size(), "run") + ", " + table.done() + " done; results in "
                    + sweep.folder(read));
            table.totals(fit).forEach(line -> Words.wrap(line, Terminal.width()).forEach(out::println));
        }
        out.flush();
    }

    /** Settings of which runs are to be made and none has been timed, with the number of those runs. */
    private static Map<Setting, Integer> untimed(Sweep read, Journal journal, RunCosts costs) {
        Map<Setting, Integer> untimed = new LinkedHashMap<>();
        for (Setting setting : read.settings()) {
            int left = read.runs(setting).size() - done(read, setting, journal);
            if (left > 0 && costs.basis(setting) != RunCosts.Basis.RUNS) {
                untimed.put(setting, left);
            }
        }
        return untimed;
    }

    private PlanTable.Row row(
            Sweep read,
            Setting setting,
            Labels labels,
            Journal journal,
            RunCosts costs,
            PlannedDraws.Cells planned,
            int draws) {
        return new PlanTable.Row(
                setting.id(),
                labels.of(setting),
                read.runs(setting).size(),
                done(read, setting, journal),
                costs.seconds(setting),
                costs.basis(setting),
                RunMemory.bytes(setting, sweep.tasks().get(setting)),
                draws,
                setting.bias().map(bias -> bias.at().size()).orElse(0),
                planned);
    }

    private static void tellOfOtherCode(OtherCode others, Kernels kernels, PrintWriter err) {
        if (!others.isEmpty()) {
            err.println(others.runs() + " runs were made by other code: 'bptt run' will ask whether to reuse them"
                    + " (--accept-code) or to make all anew (--fresh)");
            err.print(Terminal.plain(others.differences(kernels.name())));
            err.flush();
        }
    }

    private static int done(Sweep read, Setting setting, Journal journal) {
        return (int) read.runs(setting).stream()
                .filter(run -> journal.isDone(run.id()))
                .count();
    }
}
