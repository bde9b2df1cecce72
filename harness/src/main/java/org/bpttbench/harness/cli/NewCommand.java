package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bpttbench.experiments.spec.JsonSchema;
import org.bpttbench.experiments.spec.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bptt new}: a sweep file to start from. */
@Command(
        name = "new",
        description = "Write NAME.yaml, a sweep file to start from: it runs as it is, in seconds, and shows every key.",
        sortOptions = false,
        footer = {
            "",
            "Beside it goes " + JsonSchema.FILE + ", by which editors that know YAML complete and check it.",
            "A sweep file that is there already is left alone."
        })
final class NewCommand implements Callable<Integer> {
    private static final String TEMPLATE = "new.yaml";
    private static final String NAME_MARK = "@NAME@";

    @Parameters(paramLabel = "NAME", description = "Name of the sweep: lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder to write into, made if need be; the current one by default.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Schema.isName(name)) {
            throw new UsageException(
                    "'" + name + "' is no name of a sweep: lower-case letters, digits and hyphens" + suggestion());
        }
        Path sweep = folder.resolve(name + ".yaml");
        Files.createDirectories(sweep.toAbsolutePath().getParent());
        try {
            Files.writeString(sweep, scaffold(name), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(
                    sweep + " is there already and stays as it is: take another name, or move it away first");
        }
        boolean completes = writeSchema(folder.resolve(JsonSchema.FILE));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Written: " + sweep + (completes ? ", and " + JsonSchema.FILE + " for editors" : ""));
        out.println("Next: bptt plan " + sweep + " says what it would do");
        out.println("      bptt run " + sweep + " --smoke tries a tiny version of it");
        out.println("      bptt run " + sweep);
        out.flush();
        return ExitCode.FINE;
    }

    /** The nearest name, if there is one: what stands before an ending, in lower case, hyphens for all else. */
    private String suggestion() {
        String near = name.replaceFirst("\\.ya?ml$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return near.isEmpty() ? "" : "; did you mean '" + near + "'?";
    }

    /** The file for a sweep of some name. */
    static String scaffold(String name) throws IOException {
        try (InputStream in = NewCommand.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException("the sweep to start from is missing from the jar");
            }
            String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            boolean plain = name.matches("[a-z].*") && !name.equals("null");
            return template.replace(NAME_MARK, plain ? name : '"' + name + '"');
        }
    }

    /** @return whether the file that is there now is the schema of this build */
    private boolean writeSchema(Path file) throws IOException {
        if (Files.exists(file) && !isSchema(file)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(file + " is something else and stays as it is: editors will not complete the sweep by it;"
                    + " 'bptt schema' prints what they need");
            err.flush();
            return false;
        }
        Files.writeString(file, SchemaCommand.text(), StandardCharsets.UTF_8);
        return true;
    }

    private static boolean isSchema(Path file) throws IOException {
        return Files.isRegularFile(file)
                && JsonSchema.isOne(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }
}
