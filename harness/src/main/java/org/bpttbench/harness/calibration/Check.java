package org.bpttbench.harness.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bpttbench.harness.inference.BinomialBounds;

/**
 * Whether a cell keeps what verdicts and intervals promise. Shares have one-sided Clopper–Pearson bounds, each at 99 %:
 *
 * <ul>
 *   <li>without bias, {@code biased} no more often than 5 %: refuted where the lower bound is above; and p values below
 *       0.05 no more often either: under a smaller margin no row would be equivalent before its p value is asked
 *   <li>with a bias of the margin or more, {@code equivalent} no more often than 5 %: likewise
 *   <li>both intervals contain the truth: the lower bound of their coverage is at least 93 %
 * </ul>
 *
 * <p>Too few repetitions cannot bring the last about: below {@value CalibrationPlan#ENOUGH} a coverage whose upper bound is
 * at least 93 % is unsettled.
 */
public record Check(Outcome outcome, List<String> problems) {
    /** Of each bound. */
    static final double LEVEL = 0.99;

    private static final double ALARMS = 0.05;
    private static final double COVERAGE = 0.93;

    /** What is said of a cell. */
    public enum Outcome {
        PASS,
        FAIL,
        /** Not refuted, but repetitions are too few to show it. */
        UNSETTLED,
        /** The guard stops it: it promises nothing. */
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

    public static Check of(CalibrationCell cell, CellResult result) {
        if (result.guarded()) {
            return new Check(Outcome.GUARDED, List.of());
        }
        List<String> refuted = new ArrayList<>();
        List<String> open = new ArrayList<>();
        int trials = result.repetitions();
        if (cell.bias() == 0 && tooOften(result.biased(), trials)) {
            refuted.add("biased");
        }
        if (cell.bias() == 0 && tooOften(result.significant(), trials)) {
            refuted.add("significant");
        }
        if (cell.bias() >= 1 && tooOften(result.equivalent(), trials)) {
            refuted.add("equivalent");
        }
        cover("coverage", result.covered(), trials, refuted, open);
        cover("projection_coverage", result.projectionCovered(), trials, refuted, open);
        if (!refuted.isEmpty()) {
            return new Check(Outcome.FAIL, refuted);
        }
        return open.isEmpty() ? new Check(Outcome.PASS, open) : new Check(Outcome.UNSETTLED, open);
    }

    private static boolean tooOften(int count, int trials) {
        return BinomialBounds.lower(count, trials, LEVEL) > ALARMS;
    }

    private static void cover(String column, int count, int trials, List<String> refuted, List<String> open) {
        if (BinomialBounds.lower(count, trials, LEVEL) >= COVERAGE) {
            return;
        }
        boolean few = trials < CalibrationPlan.ENOUGH && BinomialBounds.upper(count, trials, LEVEL) >= COVERAGE;
        (few ? open : refuted).add(column);
    }
}
