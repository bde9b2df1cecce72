package org.bpttbench.harness.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.cell.Cell;
import org.bpttbench.core.cell.CellMaker;
import org.bpttbench.core.cell.Cells;
import org.bpttbench.core.cell.LinearSystem;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.CoordinateHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.GradientCheck;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.spec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bptt gradcheck}: every cell under every loss against finite differences. */
@Command(
        name = "gradcheck",
        description =
                "Compare analytic gradients with central differences: every cell, every loss. Exit 3 if one is off.",
        sortOptions = false)
final class GradcheckCommand implements Callable<Integer> {
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 4;
    private static final int LANES = 2;
    private static final int STEPS = 12;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "1e-6",
            description = "Largest relative error of a parameter block; ${DEFAULT-VALUE} by default.")
    private double tolerance;

    @Option(
            names = "--units",
            paramLabel = "N",
            defaultValue = "5",
            description = "Units of each cell; ${DEFAULT-VALUE} by default.")
    private int units;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of weights and data.")
    private long seed;

    @Option(names = "--json", description = "One JSON line for each parameter block.")
    private boolean json;

    @Mixin
    private BackendOption backend;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (units < 1) {
            throw new UsageException("--units is " + units + ": must be at least 1");
        }
        TextTable table = new TextTable("cell", "loss", "block", "parameters", "relative error", "");
        PrintWriter out = spec.commandLine().getOut();
        double worst = 0;
        for (Map.Entry<String, Model> subject : subjects().entrySet()) {
            Model model = subject.getValue();
            Seeds seeds = Seeds.of(seed).at("gradcheck");
            String loss = model.head().loss().name().toLowerCase(Locale.ROOT).replace('_', '-');
            for (GradientCheck.Result result : new GradientCheck(model, backend.kernels(), LANES, STEPS, seeds).run()) {
                worst = Math.max(worst, result.error());
                String verdict = result.error() <= tolerance ? "ok" : "OFF";
                if (json) {
                    out.println(Json.write(tree(subject.getKey(), loss, result)));
                } else {
                    String error = String.format(Locale.ROOT, "%.1e", result.error());
                    table.row(
                            cell(subject.getKey()),
                            loss,
                            result.block(),
                            Integer.toString(result.parameters()),
                            error,
                            verdict);
                }
            }
        }
        if (!json) {
            out.print(table.text());
            out.println(
                    "worst relative error " + String.format(Locale.ROOT, "%.1e", worst) + ", tolerance " + tolerance);
        }
        out.flush();
        return worst <= tolerance ? ExitCode.FINE : ExitCode.CHECK_FAILED;
    }

    private Map<String, Model> subjects() {
        Map<String, Model> subjects = new LinkedHashMap<>();
        for (Entry<? extends CellMaker> entry : Cells.CATALOG.entries()) {
            for (long layers = 1; layers <= 2; layers++) {
                Arguments arguments = new Arguments(Map.of("units", (long) units, "bias", true, "layers", layers));
                String name = entry.name() + (layers == 1 ? "" : " in " + layers + " layers");
                Cell cell = entry.create(arguments).make(INPUTS);
                for (Loss loss : Loss.values()) {
                    subjects.put(name + '/' + loss, new Model(cell, new AffineHead(units, OUTPUTS, true, loss)));
                }
            }
        }
        double[][] chain = {{0.5, 0.5, 0}, {0, 0.5, 0.5}, {0, 0, 0.5}};
        Cell system = new LinearSystem(chain, new double[] {1, 1, -1});
        for (Loss loss : List.of(Loss.SQUARED_ERROR, Loss.LINEAR)) {
            subjects.put("linear-system/" + loss, new Model(system, new CoordinateHead(3, 0, loss)));
        }
        return subjects;
    }

    private static Map<String, Object> tree(String subject, String loss, GradientCheck.Result result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cell", cell(subject));
        tree.put("loss", loss);
        tree.put("block", result.block());
        tree.put("parameters", (long) result.parameters());
        Finite.put(tree, "relative_error", result.error());
        return tree;
    }

    private static String cell(String subject) {
        return subject.substring(0, subject.indexOf('/'));
    }
}
