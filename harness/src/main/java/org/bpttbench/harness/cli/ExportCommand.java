package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.report.ExportFormat;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Table;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bptt export}: one table of a sweep, for another program or for a paper, or a script that runs it on a cluster. */
@Command(
        name = "export",
        description = {
            "Print a table of a sweep: csv and json with every digit, md and latex rounded and without columns that"
                    + " say nothing.",
            "Or a job script that runs it on a cluster, in shards: --format slurm. The format may also stand in front:"
                    + " bptt export slurm SWEEP > night.sh"
        },
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {
    private static final String SLURM = "slurm";
    private static final List<String> FORMATS = List.of("csv", "json", "md", "latex", SLURM);

    @Mixin
    private SweepArgument sweep;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv (default), json, md or latex; slurm for a job script.")
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

    @ArgGroup(validate = false, heading = "%nOf a job script:%n")
    private SlurmOptions slurm = new SlurmOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        FORMATS.stream().filter(sweep::takeWord).findFirst().ifPresent(word -> format = word);
        return format.equalsIgnoreCase(SLURM) ? script() : export();
    }

    private int script() throws IOException {
        if (!columns.isEmpty()) {
            throw new UsageException("--columns: a job script has none");
        }
        Sweep read = sweep.read();
        SlurmScript script = new SlurmScript(
                read.name(),
                launcher(),
                Path.of("").toAbsolutePath(),
                sweep.words(),
                sweep.folder(read).toAbsolutePath().normalize());
        PrintWriter out = spec.commandLine().getOut();
        out.print(script.text(slurm, read.runs().size()));
        out.flush();
        return ExitCode.FINE;
    }

    private static Path launcher() {
        String home = System.getProperty("bptt.home");
        if (home == null) {
            throw new UsageException(
                    "a job script needs to know where this project is: give the command as scripts/bptt");
        }
        return Path.of(home).toAbsolutePath().resolve("scripts").resolve("bptt");
    }

    private int export() throws IOException {
        slurm.given().ifPresent(option -> {
            throw new UsageException(option + " is for --format slurm; a table has none");
        });
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
