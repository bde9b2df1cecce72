package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
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
            StatusCommand.class,
            RuntimeCommand.class,
            ReportCommand.class,
            CompareCommand.class,
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
        CommandLine line = commandLine();
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            line.getErr()
                    .println(Terminal.plain("out of memory: the Java heap has "
                            + Runtime.getRuntime().maxMemory()
                            + " bytes. Every run recorded before is kept; give the same command"
                            + " again with more, as in BPTT_JAVA_OPTS=-Xmx4g"));
            return ExitCode.RUNS_FAILED;
        }
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

    /** Some have nothing to say but the file. */
    private static String words(IOException thrown) {
        if (!(thrown instanceof FileSystemException file)) {
            return String.valueOf(thrown.getMessage());
        }
        String path = file.getOtherFile() == null ? file.getFile() : file.getOtherFile();
        if (file.getReason() != null) {
            return path + ": " + file.getReason();
        }
        String what = thrown instanceof AccessDeniedException
                ? "permission denied"
                : thrown instanceof DirectoryNotEmptyException
                        ? "a folder that is not empty has that name"
                        : "cannot be used";
        return path + ": " + what;
    }

    static int report(Exception thrown, CommandLine command) {
        PrintWriter err = command.getErr();
        if (thrown instanceof SweepErrors || thrown instanceof UsageException) {
            err.println(Terminal.plain(String.valueOf(thrown.getMessage())));
            return ExitCode.USAGE;
        }
        if (thrown instanceof NoSuchFileException missing) {
            err.println(Terminal.plain("no such file: " + missing.getMessage()));
            return ExitCode.USAGE;
        }
        if (thrown instanceof IOException io) {
            err.println(Terminal.plain(words(io)));
            return ExitCode.RUNS_FAILED;
        }
        thrown.printStackTrace(err);
        return ExitCode.RUNS_FAILED;
    }
}
