package org.bpttbench.harness.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bpttbench.harness.inference.BinomialBounds;

/**
 * Whether a cell keeps what verdicts and intervals promise. Shares have one-sided Clopper–Pearson bounds:
 *
 * <ul>
 *   <li>without bias, {@code alarms} no more often than 2.5 %: refuted where the lower bound is above. It is about the test alone:
 *       under a smaller margin no row would be equivalent before its p value is asked
 *   <li>without bias, {@code far_alarms}, nominally 0.125 %, in no cell more often than 0.8 %: the upper tail may be heavier than it
 *       should be, but not by much. All cells together are held to the nominal share by {@link Pooled}
 *   <li>without bias, {@code biased} no more often than 5 %, where the guard stops the cell too, and in any of a sequence of looks
 *   <li>with a bias of the margin or more, {@code equivalent} no more often than 5 %
 *   <li>the interval contains the truth: the lower bound of its {@code coverage} is at least 93 %
 * </ul>
 *
 * <p>Refutations hold together: the bound of each cell is at 1 − 0.01/m with m the cells of the plan (Bonferroni), so that a plan
 * without a fault is refuted anywhere with a chance of 1 % a column at most. The bound that coverage must reach is at 99 % in each
 * cell. Too few repetitions cannot bring that about: below {@value CalibrationPlan#ENOUGH} a coverage whose upper bound is at least
 * 93 % is unsettled.
 */
public record Check(Outcome outcome, List<String> problems) {
    /** Of the bounds that are shown, and of those of all cells together. */
    static final double LEVEL = 0.99;

    private static final double ALARMS = 0.025;
    private static final double FAR_ALARMS = 0.008;
    private static final double WRONG = 0.05;
    private static final double COVERAGE = 0.93;

    /** What is said of a cell. */
    public enum Outcome {
        PASS,
        FAIL,
        /** Not refuted, but repetitions are too few to show it. */
        UNSETTLED,
        /** The guard stops it: it promises no more than that a verdict is rarely wrong. */
        GUARDED;

        /** As written. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param problems columns whose figures are not what they should be; empty if it passes or is guarded */
    public Check {
        problems = List.copyOf(problems);
    }

    public static Check of(CalibrationPlan plan, CalibrationCell cell, CellResult result) {
        double level = 1 - (1 - LEVEL) / plan.cells().size();
        int trials = result.repetitions();
        List<String> refuted = new ArrayList<>();
        List<String> open = new ArrayList<>();
        if (cell.bias() == 0 && tooOften(result.biased(), trials, WRONG, level)) {
            refuted.add("biased");
        }
        if (!result.stopped()) {
            ask(cell, result, level, refuted);
            cover(result, refuted, open);
        }
        if (!refuted.isEmpty()) {
            return new Check(Outcome.FAIL, refuted);
        }
        if (result.stopped()) {
            return new Check(Outcome.GUARDED, List.of());
        }
        return new Check(open.isEmpty() ? Outcome.PASS : Outcome.UNSETTLED, open);
    }

    private static void ask(CalibrationCell cell, CellResult result, double level, List<String> refuted) {
        int trials = result.repetitions();
        if (cell.bias() == 0 && cell.looks() == 1) {
            if (tooOften(result.alarms(), trials, ALARMS, level)) {
                refuted.add("alarms");
            }
            boolean far = trials < CalibrationPlan.ENOUGH
                    ? tooOften(result.farAlarms(), trials, FAR_ALARMS, level)
                    : result.farAlarms() > FAR_ALARMS * trials;
            if (far) {
                refuted.add("far_alarms");
            }
        }
        if (cell.bias() >= 1 && tooOften(result.equivalent(), trials, WRONG, level)) {
            refuted.add("equivalent");
        }
    }

    private static boolean tooOften(int count, int trials, double nominal, double level) {
        return BinomialBounds.lower(count, trials, level) > nominal;
    }

    private static void cover(CellResult result, List<String> refuted, List<String> open) {
        int trials = result.repetitions();
        if (BinomialBounds.lower(result.covered(), trials, LEVEL) < COVERAGE) {
            boolean few = trials < CalibrationPlan.ENOUGH
                    && BinomialBounds.upper(result.covered(), trials, LEVEL) >= COVERAGE;
            (few ? open : refuted).add("coverage");
        }
    }
}
