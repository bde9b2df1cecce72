package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.report.ExportFormat;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bptt export}: one table of a sweep, for another program or for a paper. */
@Command(
        name = "export",
        description =
                "Print a table of a sweep: csv and json with every digit, md and latex rounded and without columns that"
                        + " say nothing.",
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private SweepArgument sweep;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv (default), json, md or latex.")
    private String format = "csv";

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            defaultValue = "bias",
            description = "bias (default), bias_blocks, bias_other, bias_pairs, accuracy, runtime, curves or runs.")
    private String table = "";

    @Option(
            names = "--columns",
            paramLabel = "A,B,…",
            split = ",",
            description = "Those columns alone, in that order; 'bptt explain' lists them.")
    private List<String> columns = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Table wanted = table();
        ExportFormat written = Formats.named(format);
        Sweep read = sweep.read();
        Results results = Results.of(read, sweep.journal(read), sweep.tasks());
        String csv = Reports.text(wanted, results);
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.print(written.of(csv, columns));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--columns: " + e.getMessage());
        }
        out.flush();
        return ExitCode.FINE;
    }

    private Table table() {
        String file = table.endsWith(".csv") ? table : table + ".csv";
        return Table.ofSweep().stream()
                .filter(each -> each.file().equals(file))
                .findFirst()
                .orElseThrow(() -> new UsageException("--table is '" + table + "': there are "
                        + Table.ofSweep().stream()
                                .map(each -> each.file().replace(".csv", ""))
                                .collect(Collectors.joining(", "))));
    }
}
