package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpttbench.harness.calibration.Calibration;
import org.bpttbench.harness.calibration.CalibrationCell;
import org.bpttbench.harness.calibration.CalibrationCsv;
import org.bpttbench.harness.calibration.CalibrationPlan;
import org.bpttbench.harness.calibration.CellResult;
import org.bpttbench.harness.calibration.Check;
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
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Rows of each cell; by default 4000, with --quick 400. With fewer than 4000 a cell fails only where"
                            + " the counts refute it.")
    private int repetitions;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "999",
            description =
                    "Of the joint test, 9999 in a sweep; ${DEFAULT-VALUE} by default, which the rows' p values, being"
                            + " alone in their family, can do with.")
    private int resamples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of draws and resamples.")
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
        require("--repetitions", repetitions, 0);
        require("--resamples", resamples, 99);
        require("--jobs", jobs, 0);
        CalibrationPlan plan = plan();
        int workers = jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs;
        Map<CalibrationCell, CellResult> results = new Calibration(plan, out, new Progress()).run(workers);
        CalibrationCsv.write(out, plan, results);
        return answer(plan, results);
    }

    private static void require(String option, int value, int least) {
        if (value < least) {
            throw new UsageException(option + " is " + value + ": must be at least " + (least == 0 ? 1 : least));
        }
    }

    private CalibrationPlan plan() {
        if (quick) {
            return CalibrationPlan.quick(seed, repetitions == 0 ? CalibrationPlan.QUICK : repetitions, resamples);
        }
        return CalibrationPlan.full(seed, repetitions == 0 ? CalibrationPlan.ENOUGH : repetitions, resamples);
    }

    private final class Progress implements Calibration.Listener {
        @Override
        public void ended(CalibrationCell cell, CellResult result, double seconds, int done, int missing) {
            PrintWriter err = spec.commandLine().getErr();
            Check check = Check.of(cell, result);
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
                "tail",
                "P",
                "draws",
                "bias",
                "unseen",
                "biased",
                "equivalent",
                "undecided",
                "coverage",
                "projection",
                "");
        results.forEach((cell, result) -> table.row(
                cell.tail().name(),
                Integer.toString(cell.parameters()),
                Integer.toString(cell.draws()),
                String.format(Locale.ROOT, "%.1f", cell.bias()),
                String.format(Locale.ROOT, "%.3f", result.unseenVariance()),
                share(result.biased(), result),
                share(result.equivalent(), result),
                share(result.tail() + result.draws(), result),
                share(result.covered(), result),
                share(result.projectionCovered(), result),
                word(cell, result)));
        PrintWriter text = spec.commandLine().getOut();
        text.print(table.text());
        text.println();
        text.println(sentence(plan, results));
        text.println("Results: " + out.resolve(CalibrationCsv.FILE));
        text.flush();
        return count(results, Check.Outcome.FAIL) == 0 ? ExitCode.FINE : ExitCode.CHECK_FAILED;
    }

    private static String share(int count, CellResult result) {
        return String.format(Locale.ROOT, "%.4f", (double) count / result.repetitions());
    }

    private static String word(CalibrationCell cell, CellResult result) {
        Check check = Check.of(cell, result);
        return check.outcome().key() + (check.problems().isEmpty() ? "" : ": " + String.join(", ", check.problems()));
    }

    private static String sentence(CalibrationPlan plan, Map<CalibrationCell, CellResult> results) {
        return "Of " + results.size() + " cells with " + plan.repetitions() + " rows each, judged with "
                + plan.resamples() + " resamples of the joint test, " + count(results, Check.Outcome.PASS) + " pass, "
                + count(results, Check.Outcome.FAIL) + " fail, " + count(results, Check.Outcome.UNSETTLED)
                + " are unsettled, and " + count(results, Check.Outcome.GUARDED) + " are stopped by the guard.";
    }

    private static long count(Map<CalibrationCell, CellResult> results, Check.Outcome outcome) {
        return results.entrySet().stream()
                .filter(entry -> Check.of(entry.getKey(), entry.getValue()).outcome() == outcome)
                .count();
    }
}
