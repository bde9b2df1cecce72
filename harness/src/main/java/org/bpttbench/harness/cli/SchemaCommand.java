package org.bpttbench.harness.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.JsonSchema;
import org.bpttbench.experiments.spec.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bptt schema}: what editors complete and check sweep files by. */
@Command(
        name = "schema",
        description = "Print the JSON Schema (draft 7) of sweep files, by which editors complete and check them.",
        footer = {
            "",
            "Beside a sweep file, as " + JsonSchema.FILE + ", editors that know YAML find it by the file's first line:",
            "  " + JsonSchema.FIRST_LINE,
            "'bptt new' writes both."
        })
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Of all that this build can run. */
    static String text() {
        return JsonSchema.of(new Schema(Bundled.catalogs(new TaskShelf())));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text());
        out.flush();
        return ExitCode.FINE;
    }
}
