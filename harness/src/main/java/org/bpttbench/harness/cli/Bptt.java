package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.bpttbench.experiments.spec.SweepErrors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code bptt COMMAND …}. Results go to standard output, logs and progress to standard error. */
@Command(
        name = "bptt",
        description = "What does truncating backpropagation through time cost in bias, in accuracy and in time?",
        subcommands = {
            NewCommand.class,
            RunCommand.class,
            PlanCommand.class,
            RuntimeCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            ListCommand.class,
            ShowCommand.class,
            ExplainCommand.class,
            SchemaCommand.class,
            GradcheckCommand.class,
            CalibrateCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "SWEEP is a bundled name (see 'bptt list sweeps'), a file if it has a '/' or ends in .yaml, or a results folder.",
            "",
            "Exit codes: 0 fine; 1 some runs failed; 2 usage or sweep file; 3 a check failed; 130 interrupted."
        })
public final class Bptt implements Runnable {
    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bptt())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((thrown, command, parsed) -> report(thrown, command));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }

    private static int report(Exception thrown, CommandLine command) {
        PrintWriter err = command.getErr();
        if (thrown instanceof SweepErrors || thrown instanceof UsageException) {
            err.println(thrown.getMessage());
            return ExitCode.USAGE;
        }
        if (thrown instanceof NoSuchFileException missing) {
            err.println("no such file: " + missing.getMessage());
            return ExitCode.USAGE;
        }
        if (thrown instanceof IOException) {
            err.println(thrown.getMessage());
            return ExitCode.RUNS_FAILED;
        }
        thrown.printStackTrace(err);
        return ExitCode.RUNS_FAILED;
    }
}
