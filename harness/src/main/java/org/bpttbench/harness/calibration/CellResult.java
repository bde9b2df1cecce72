package org.bpttbench.harness.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.BiasRow;
import org.bpttbench.harness.stats.Judgement;

/**
 * What became of a cell's repetitions, counted.
 *
 * @param margin relative to ‖g‖
 * @param unseenVariance mean of the share that the guard looks at; 0 where it is not shown
 * @param repetitions all of them
 * @param biased verdicts
 * @param equivalent verdicts
 * @param tail undecided because of the guard
 * @param draws undecided because neither could be shown
 * @param significant p values below 0.05, whatever the verdict
 * @param covered how often the interval of the relative bias had the true one
 * @param projectionCovered how often the interval of the projection had the true one
 */
public record CellResult(
        double margin,
        double unseenVariance,
        int repetitions,
        int biased,
        int equivalent,
        int tail,
        int draws,
        int significant,
        int covered,
        int projectionCovered) {

    /** Whether the guard stops the cell. */
    public boolean guarded() {
        return tail == repetitions;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("margin", margin);
        tree.put("unseen_variance", unseenVariance);
        tree.put("repetitions", (long) repetitions);
        tree.put("biased", (long) biased);
        tree.put("equivalent", (long) equivalent);
        tree.put("tail", (long) tail);
        tree.put("draws", (long) draws);
        tree.put("significant", (long) significant);
        tree.put("covered", (long) covered);
        tree.put("projection_covered", (long) projectionCovered);
        return tree;
    }

    static CellResult of(Arguments tree) {
        return new CellResult(
                tree.real("margin"),
                tree.real("unseen_variance"),
                tree.integer("repetitions"),
                tree.integer("biased"),
                tree.integer("equivalent"),
                tree.integer("tail"),
                tree.integer("draws"),
                tree.integer("significant"),
                tree.integer("covered"),
                tree.integer("projection_covered"));
    }

    /** Counts rows of one cell. */
    static final class Tally {
        private static final double SIGNIFICANCE = 0.05;

        private final double margin;
        private final double bias;
        private double unseen;
        private int repetitions;
        private int biased;
        private int equivalent;
        private int tail;
        private int draws;
        private int significant;
        private int covered;
        private int projectionCovered;

        /**
         * @param margin of the verdicts
         * @param bias the true one, along g, of ‖g‖
         */
        Tally(double margin, double bias) {
            this.margin = margin;
            this.bias = bias;
        }

        void add(BiasRow row) {
            BiasRow.Judged judged = BiasRow.judge(List.of(row), new double[] {margin}, new int[] {1})
                    .get(0);
            repetitions++;
            unseen += row.unseenVariance().orElse(0.0);
            count(judged.judgement());
            BiasResult.Sampled sampled = judged.sampled().orElseThrow();
            significant += sampled.pHolm() < SIGNIFICANCE ? 1 : 0;
            covered += contains(sampled.inference().relativeBias(), bias);
            projectionCovered += contains(sampled.inference().projection(), 1 + bias);
        }

        private void count(Judgement judgement) {
            switch (judgement.verdict()) {
                case BIASED -> biased++;
                case EQUIVALENT -> equivalent++;
                case UNDECIDED -> {
                    switch (judgement.reason()) {
                        case "tail" -> tail++;
                        case "draws" -> draws++;
                        default -> throw new IllegalStateException("undecided because of " + judgement.reason());
                    }
                }
            }
        }

        private static int contains(Interval interval, double truth) {
            return interval.contains(truth) ? 1 : 0;
        }

        CellResult result() {
            return new CellResult(
                    margin,
                    unseen / repetitions,
                    repetitions,
                    biased,
                    equivalent,
                    tail,
                    draws,
                    significant,
                    covered,
                    projectionCovered);
        }
    }
}
