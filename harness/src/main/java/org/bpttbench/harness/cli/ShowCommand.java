package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.variants.Estimators;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bptt show}: one catalogue entry with its parameters, a truncation's credit matrix, or a bundled sweep's file. */
@Command(
        name = "show",
        description =
                "Show an entry of the catalogues (an estimator with its credit matrix) or a bundled sweep's file.",
        sortOptions = false)
final class ShowCommand implements Callable<Integer> {
    /** What an estimator is drawn with where the command line does not say. */
    private static final Map<String, String> USUAL = Map.of("length", "4", "mean", "4");

    @Parameters(index = "0", paramLabel = "NAME", description = "As 'bptt list' shows it.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "parameter=value",
            arity = "0..*",
            description = "An estimator's parameters, as in mean=8 law={type: polynomial, alpha: 4}.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--steps", paramLabel = "T", defaultValue = "12", description = "Size of the credit matrix.")
    private int steps;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the cuts drawn.")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (BundledSweeps.NAMES.contains(name)) {
            out.print(new String(BundledSweeps.source(name), StandardCharsets.UTF_8));
        } else {
            Entry<?> entry = Shelves.find(name)
                    .orElseThrow(() ->
                            new UsageException("nothing is named '" + name + "'; 'bptt list' shows what there is"));
            describe(entry, out);
            if (Estimators.CATALOG.find(name).isPresent()) {
                draw(entry, out);
            }
        }
        out.flush();
        return ExitCode.FINE;
    }

    private static void describe(Entry<?> entry, PrintWriter out) {
        out.println(entry.name() + ": " + entry.summary());
        if (!entry.reference().isEmpty()) {
            out.println("[" + entry.reference() + "]");
        }
        TextTable table = new TextTable("parameter", "default", "range", "meaning");
        for (Parameter parameter : entry.parameters()) {
            String fallback = parameter.required()
                    ? "required"
                    : parameter.fallback().map(Object::toString).orElse("");
            table.row(parameter.name(), fallback, allowed(parameter), parameter.about());
        }
        if (!entry.parameters().isEmpty()) {
            out.println();
            out.print(table.text());
        }
    }

    private static String allowed(Parameter parameter) {
        return parameter
                .catalog()
                .map(catalog -> String.join(" | ", catalog.names()))
                .orElse(parameter.words().isEmpty() ? parameter.range() : words(parameter));
    }

    private static String words(Parameter parameter) {
        String words = String.join(" | ", parameter.words());
        return parameter.type() == Parameter.Type.SIZE ? "bytes, KiB, MiB, GiB | " + words : words;
    }

    private void draw(Entry<?> entry, PrintWriter out) {
        if (steps < 1 || steps > 40) {
            throw new UsageException("--steps is " + steps + ": must be from 1 to 40");
        }
        Setting setting = setting(entry);
        GradientEstimator estimator = Estimators.CATALOG.create("type", setting.estimator());
        if (estimator instanceof Truncation truncation) {
            out.println();
            out.print(CreditDrawing.of(truncation, steps, seed));
        }
    }

    /** The estimator's arguments, read as a sweep file's would be: one parser, one set of messages. */
    private Setting setting(Entry<?> entry) {
        List<String> overrides = new ArrayList<>();
        arguments.forEach(argument -> overrides.add("estimator." + argument));
        for (Parameter parameter : entry.parameters()) {
            String usual = USUAL.get(parameter.name());
            if (usual != null && arguments.stream().noneMatch(a -> a.startsWith(parameter.name() + "="))) {
                overrides.add("estimator." + parameter.name() + '=' + usual);
            }
        }
        String text =
                "name: show\nseed: " + seed + "\ntask: {type: linear-drive, a: 0.9}\nestimator: {type: " + name + "}\n";
        return new SweepReader(Bundled.catalogs(new TaskShelf()))
                .read(name, text.getBytes(StandardCharsets.UTF_8), overrides)
                .settings()
                .get(0);
    }
}
