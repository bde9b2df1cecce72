package org.bpttbench.harness.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.report.InventedJournal;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.stats.Choices;

/** Results of sweeps of several shapes, with figures that follow from the setting by plain formulas. */
public final class InventedResults {
    /** Would run, close, or turn round whatever it is put into unescaped. */
    public static final String HOSTILE = "<script>alert('x')</script> \"quoted\" & </title></pre> \u202Egnp.exe \u0007";

    private static final TaskShelf TASKS = new TaskShelf();

    private static final String TRAINED = "train: {steps: 1000, sequence: 100, optimizer: {type: sgd, rate: 3.0e-4}}\n";
    private static final String BIAS = "  bias: {at: [0, end], length: 50, draws: 2000}\n";
    private static final String ACCURACY = "  accuracy: {every: 500, target: {theta_error: 1.0e-3}}\n";

    private InventedResults() {}

    /** Lengths, laws and initial weights are varied; there is training. */
    public static Results full(Path folder) throws IOException {
        return full(folder, "A question?", "a parameter left the finite");
    }

    /** @param message of the runs that diverge and of the one that fails */
    public static Results full(Path folder, String about, String message) throws IOException {
        return of(
                folder,
                head(3, about) + TRAINED + "measure:\n" + BIAS + ACCURACY
                        + "grid:\n  init.value: [0.5, 1.0]\n  estimator:\n    - full\n    - {type: tbptt, length: [5, 20]}\n"
                        + "    - {type: artbp, mean: [5, 20], law: [constant, {type: polynomial, alpha: 4}]}\n",
                message);
    }

    /** TBPTT as the baseline, ARTBP as the candidate, of one sweep: two lengths, two laws, two initial weights. */
    public static ComparisonReport compared(Results results, String baseline, String candidate) {
        SweepReader reader = new SweepReader(Bundled.catalogs(TASKS));
        return ComparisonReport.ofEstimators(
                results,
                baseline,
                reader.partial("A", List.of("estimator.type=tbptt")),
                candidate,
                reader.partial("B", List.of("estimator.type=artbp")),
                Choices.of(results.sweep(), results.settings(), TASKS));
    }

    /** One length, no training. */
    public static Results untrained(Path folder) throws IOException {
        return of(
                folder,
                head(1, "x") + "measure:\n  bias: {at: [0], length: 50, draws: 2000}\n"
                        + "grid:\n  estimator: [full, {type: tbptt, length: 5}]\n",
                "");
    }

    /** Training only. */
    static Results trained(Path folder) throws IOException {
        return of(
                folder,
                head(2, "x") + TRAINED + "measure:\n" + ACCURACY
                        + "grid:\n  estimator: [full, {type: tbptt, length: 5}]\n",
                "");
    }

    /** 1,000 runs. */
    public static Results large(Path folder) throws IOException {
        return of(
                folder,
                head(10, "x") + TRAINED + "measure:\n" + BIAS + "  accuracy: {every: 20}\n"
                        + "grid:\n  init.value: [0.1, 0.2, 0.3, 0.4, 0.5]\n  estimator:\n    - full\n"
                        + "    - {type: tbptt, length: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]}\n",
                "");
    }

    private static String head(int replicates, String about) {
        return "name: invented\nseed: 1\nreplicates: " + replicates + "\nabout: " + yaml(about)
                + "\ntask: {type: influence-balancing, units: 5, positive: 2}\ninit: {type: constant, value: 0.5}\n";
    }

    private static String yaml(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(point -> quoted.append(
                        point > 126 || point < 32 || point == '"' || point == '\\'
                                ? String.format(java.util.Locale.ROOT, "\\u%04x", point)
                                : Character.toString(point)));
        return quoted.append('"').toString();
    }

    static Results of(Path folder, String text, String message) throws IOException {
        Sweep sweep = new SweepReader(Bundled.catalogs(TASKS)).read("sweep.yaml", text);
        InventedJournal journal = new InventedJournal(folder);
        for (RunSpec run : sweep.runs()) {
            add(journal, run, message);
        }
        return Results.of(sweep, journal.read(), TASKS);
    }

    /** A setting's bias falls with its length; TBPTT of length 5 diverges in its last replicate, one run fails. */
    private static void add(InventedJournal journal, RunSpec run, String message) {
        Arguments estimator = run.setting().estimator();
        String type = estimator.text("type");
        double length = estimator.has("length")
                ? estimator.real("length")
                : estimator.has("mean") ? estimator.real("mean") : 50;
        boolean trains = run.setting().train().isPresent();
        boolean diverges = trains && type.equals("tbptt") && length == 5 && run.replicate() == 2;
        boolean fails = trains && !message.isEmpty() && type.equals("tbptt") && length == 20 && run.replicate() == 2;
        if (fails) {
            journal.ended(run, "failed", message).add();
            return;
        }
        InventedJournal.Run made =
                (diverges ? journal.ended(run, "diverged", message) : journal.done(run)).trained(1000, 100);
        double spread = 0.01 * run.replicate();
        for (long at : run.setting().bias().map(bias -> bias.at()).orElse(List.of())) {
            switch (type) {
                case "full" -> made.exactBias(at, 0, 1);
                case "tbptt" -> made.exactBias(at, 1 / Math.sqrt(length) + spread, 1 - 0.5 / length);
                default ->
                    made.sampledBias(at, spread - 0.01, 0.995, 1.5 * length, 85)
                            .quantiles(IntStream.range(0, 201)
                                    .mapToDouble(i -> -1 + 0.02 * i)
                                    .toArray());
            }
        }
        if (trains) {
            for (long step = 0;
                    step <= 1000;
                    step += run.setting().accuracy().orElseThrow().every()) {
                if (!diverges || step < 1000) {
                    made.point(step, "theta", 0.5)
                            .point(step, "theta_error", 2 / (1.0 + step) + spread)
                            .point(step, "loss", 0.1);
                }
            }
        }
        made.add();
    }
}
