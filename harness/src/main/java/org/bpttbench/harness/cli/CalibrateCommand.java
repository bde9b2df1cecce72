package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.bpttbench.harness.calibration.Calibration;
import org.bpttbench.harness.calibration.CalibrationCell;
import org.bpttbench.harness.calibration.CalibrationCsv;
import org.bpttbench.harness.calibration.CalibrationPlan;
import org.bpttbench.harness.calibration.CellResult;
import org.bpttbench.harness.calibration.Check;
import org.bpttbench.harness.calibration.Pooled;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bptt calibrate}: how often the verdicts on bias are wrong, where the truth is known. */
@Command(
        name = "calibrate",
        description = {
            "Judge draws whose true bias is known, thousands of times, by the code that judges a sweep: how often are"
                    + " verdicts wrong and intervals beside the truth? Exit 3 if more often than promised.",
            "Finished cells are kept: the same command goes on where it was broken off."
        },
        sortOptions = false)
final class CalibrateCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "Cells with 200 draws alone, 400 repetitions: minutes instead of an hour.")
    private boolean quick;

    @Option(
            names = "--sweeps",
            negatable = true,
            description =
                    "With networks, drawn by the engine, beside the linear system; without them by --quick alone.")
    private @Nullable Boolean sweeps;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Rows of each cell; by default 4000, with --quick 400. With fewer than 4000 a cell fails only where"
                            + " the counts refute it.")
    private int repetitions;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of draws.")
    private long seed;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "0",
            description = "Cells at a time; one a processor by default.")
    private int jobs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/calibration",
            description = "Folder of the results; ${DEFAULT-VALUE} by default.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        require("--repetitions", repetitions);
        require("--jobs", jobs);
        CalibrationPlan plan = plan();
        int workers = jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs;
        Map<CalibrationCell, CellResult> results = new Calibration(plan, out, new Progress(plan)).run(workers);
        CalibrationCsv.write(out, plan, results);
        return answer(plan, results);
    }

    private static void require(String option, int value) {
        if (value < 0) {
            throw new UsageException(option + " is " + value + ": must be at least 1");
        }
    }

    private CalibrationPlan plan() {
        int least = quick ? CalibrationPlan.QUICK : CalibrationPlan.ENOUGH;
        int count = repetitions == 0 ? least : repetitions;
        CalibrationPlan line = quick ? CalibrationPlan.quick(seed, count) : CalibrationPlan.full(seed, count);
        return Objects.requireNonNullElse(sweeps, !quick) ? line.withNetworks() : line;
    }

    private final class Progress implements Calibration.Listener {
        private final CalibrationPlan plan;

        Progress(CalibrationPlan plan) {
            this.plan = plan;
        }

        @Override
        public void ended(CalibrationCell cell, CellResult result, double seconds, int done, int missing) {
            PrintWriter err = spec.commandLine().getErr();
            Check check = Check.of(plan, cell, result);
            String problems = check.problems().isEmpty() ? "" : ": " + String.join(", ", check.problems());
            err.println(done + "/" + missing + " cells: " + cell + ", "
                    + check.outcome().key() + problems + String.format(Locale.ROOT, ", %.0f s", seconds));
            err.flush();
        }

        @Override
        public void note(String sentence) {
            spec.commandLine().getErr().println(sentence);
        }
    }

    private int answer(CalibrationPlan plan, Map<CalibrationCell, CellResult> results) {
        TextTable table = new TextTable(
                "cell",
                "draws",
                "bias",
                "unseen",
                "flips",
                "alarms",
                "far",
                "biased",
                "equivalent",
                "undecided",
                "coverage",
                "");
        results.forEach((cell, result) -> table.row(
                cell.words(),
                cell.looks() == 1 ? Integer.toString(cell.draws()) : cell.looks() + " looks",
                String.format(Locale.ROOT, "%.1f", cell.bias()),
                String.format(Locale.ROOT, "%.3f", result.unseenVariance()),
                String.format(Locale.ROOT, "%.0f", result.effectiveFlips()),
                share(result.alarms(), result),
                share(result.farAlarms(), result),
                share(result.biased(), result),
                share(result.equivalent(), result),
                share(result.tail() + result.draws(), result),
                share(result.covered(), result),
                word(plan, cell, result)));
        Pooled pooled = Pooled.of(results);
        PrintWriter text = spec.commandLine().getOut();
        text.print(table.text());
        text.println();
        text.println(sentence(plan, results));
        text.println(pooled.words());
        text.println("Left out:");
        CalibrationPlan.LEFT_OUT.forEach(sentence -> text.println("- " + sentence));
        text.println("Results: " + out.resolve(CalibrationCsv.FILE));
        text.flush();
        return count(plan, results, Check.Outcome.FAIL) == 0 && pooled.holds() ? ExitCode.FINE : ExitCode.CHECK_FAILED;
    }

    private static String share(int count, CellResult result) {
        return String.format(Locale.ROOT, "%.4f", (double) count / result.repetitions());
    }

    private static String word(CalibrationPlan plan, CalibrationCell cell, CellResult result) {
        Check check = Check.of(plan, cell, result);
        return check.outcome().key() + (check.problems().isEmpty() ? "" : ": " + String.join(", ", check.problems()));
    }

    private static String sentence(CalibrationPlan plan, Map<CalibrationCell, CellResult> results) {
        return "Of " + results.size() + " cells with " + plan.repetitions() + " rows each, "
                + count(plan, results, Check.Outcome.PASS) + " pass, " + count(plan, results, Check.Outcome.FAIL)
                + " fail, " + count(plan, results, Check.Outcome.UNSETTLED) + " are unsettled, and "
                + count(plan, results, Check.Outcome.GUARDED) + " are stopped by the guard.";
    }

    private static long count(CalibrationPlan plan, Map<CalibrationCell, CellResult> results, Check.Outcome outcome) {
        return results.entrySet().stream()
                .filter(entry ->
                        Check.of(plan, entry.getKey(), entry.getValue()).outcome() == outcome)
                .count();
    }
}
