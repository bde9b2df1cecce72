package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** What a command said, and with what it ended. */
record Said(int exit, String out, String err) {
    /** A message is for people: no stack, and no name of a class. */
    private static final Pattern INSIDES = Pattern.compile(
            "(?m)^\\s+at [a-z]|\\b(?:java|javax|sun|jdk)\\.[a-z]|org\\.bpttbench|com\\.fasterxml|picocli\\."
                    + "|[A-Za-z]+(?:Exception|Error)\\b");

    /** Runs a command in this very process. */
    static Said of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i] instanceof Path path ? path.toString() : String.valueOf(arguments[i]);
        }
        CommandLine line = Bptt.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return new Said(line.execute(words), out.toString(), err.toString());
    }

    /** Ended in a way that is meant, without showing its insides. */
    Said civil() {
        assertThat(exit).as(err).isIn(ExitCode.FINE, ExitCode.RUNS_FAILED, ExitCode.USAGE);
        assertThat(err).as("what is said on stderr").doesNotContainPattern(INSIDES);
        assertThat(err.chars().filter(c -> c != '\n' && c != '\t' && Character.isISOControl(c)))
                .as(err)
                .isEmpty();
        assertThat(exit == ExitCode.FINE || !err.isBlank())
                .as("a reason is given")
                .isTrue();
        return this;
    }

    Said ended(int expected) {
        assertThat(exit).as(err).isEqualTo(expected);
        return civil();
    }
}
