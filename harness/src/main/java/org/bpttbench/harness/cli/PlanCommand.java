package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OtherCode;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.report.Labels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bptt plan}: what a run would do, without doing it. */
@Command(
        name = "plan",
        description = "Show a sweep's settings and runs, what is done already, and the draws that its margin needs.",
        sortOptions = false)
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private SweepArgument sweep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Sweep read = sweep.read();
        Journal journal = sweep.journal(read);
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable("setting", "done", "draws", "needed", "what");
        Labels labels = new Labels(read);
        PlannedDraws draws = new PlannedDraws(sweep.tasks(), Backends.find("auto"));
        long done = 0;
        for (Setting setting : read.settings()) {
            long ended = ended(read, setting, journal);
            done += ended;
            PlannedDraws.Cells planned = draws.of(setting);
            String runs = ended + "/" + read.runs(setting).size();
            table.row(setting.id(), runs, planned.made(), planned.needed(), labels.of(setting));
        }
        PrintWriter err = spec.commandLine().getErr();
        read.warnings().forEach(err::println);
        journal.notices().forEach(err::println);
        tellOfOtherCode(OtherCode.of(journal, read.runs()), err);
        out.println(read.name() + (read.about().isEmpty() ? "" : ": " + read.about()));
        out.print(table.text());
        out.print(draws.note());
        String choosing = read.choosing() == 0 ? "" : " (and " + read.choosing() + " to choose by)";
        out.println(read.settings().size() + " settings × " + read.replicates() + " replicates" + choosing + " = "
                + read.runs().size() + " runs, " + done + " done; results in " + sweep.folder(read));
        out.flush();
        return ExitCode.FINE;
    }

    private static void tellOfOtherCode(OtherCode others, PrintWriter err) {
        if (!others.isEmpty()) {
            err.println(others.runs() + " runs were made by other code: 'bptt run' will ask whether to reuse them"
                    + " (--accept-code) or to make all anew (--fresh)");
            err.print(Terminal.plain(others.differences(Backends.find("auto").name())));
            err.flush();
        }
    }

    private static long ended(Sweep read, Setting setting, Journal journal) {
        long ended = 0;
        for (RunSpec run : read.runs(setting)) {
            RunRecord record = journal.runs().get(run.id());
            if (record != null && record.outcome().isResult()) {
                ended++;
            }
        }
        return ended;
    }
}
