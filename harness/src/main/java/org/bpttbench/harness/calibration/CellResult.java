package org.bpttbench.harness.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.harness.stats.BiasInference;
import org.bpttbench.harness.stats.BiasRow;
import org.bpttbench.harness.stats.Judgement;
import org.bpttbench.harness.stats.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What became of a cell's repetitions, counted. Where rows are looked at more than once, {@code biased}, {@code alarms} and
 * {@code farAlarms} are about any of the looks, all else about the last.
 *
 * @param margin relative to ‖g‖
 * @param bias the true one, relative to ‖g‖
 * @param unseenVariance mean of the share that the guard looks at; 0 where it is not shown
 * @param effectiveFlips mean of the flips that the guard counts; 0 where they are not shown
 * @param repetitions all of them
 * @param guarded rows that the guard stopped, or in which no draw differed from another: their tests do not count
 * @param biased verdicts
 * @param equivalent verdicts
 * @param tail undecided because of the guard
 * @param draws undecided because neither could be shown
 * @param alarms p values below 0.05, nominally 2.5 % of unbiased rows, whatever guard and verdict
 * @param farAlarms p values below 0.0025, nominally 0.125 %
 * @param covered how often the interval of the relative bias had the true one
 */
public record CellResult(
        double margin,
        double bias,
        double unseenVariance,
        double effectiveFlips,
        int repetitions,
        int guarded,
        int biased,
        int equivalent,
        int tail,
        int draws,
        int alarms,
        int farAlarms,
        int covered) {

    /** Whether the guard stops the cell: it asks what may be drawn, not what was, so that it stops all rows or none. */
    public boolean stopped() {
        return guarded == repetitions;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("margin", margin);
        tree.put("bias", bias);
        tree.put("unseen_variance", unseenVariance);
        tree.put("effective_flips", effectiveFlips);
        tree.put("repetitions", (long) repetitions);
        tree.put("guarded", (long) guarded);
        tree.put("biased", (long) biased);
        tree.put("equivalent", (long) equivalent);
        tree.put("tail", (long) tail);
        tree.put("draws", (long) draws);
        tree.put("alarms", (long) alarms);
        tree.put("far_alarms", (long) farAlarms);
        tree.put("covered", (long) covered);
        return tree;
    }

    static CellResult of(Arguments tree) {
        return new CellResult(
                tree.real("margin"),
                tree.real("bias"),
                tree.real("unseen_variance"),
                tree.real("effective_flips"),
                tree.integer("repetitions"),
                tree.integer("guarded"),
                tree.integer("biased"),
                tree.integer("equivalent"),
                tree.integer("tail"),
                tree.integer("draws"),
                tree.integer("alarms"),
                tree.integer("far_alarms"),
                tree.integer("covered"));
    }

    /** Counts rows of one cell. */
    static final class Tally {
        private static final double ALARM = 0.05;
        private static final double FAR_ALARM = 0.0025;

        private final double margin;
        private final double bias;
        private double unseen;
        private double flips;
        private int repetitions;
        private int guarded;
        private int biased;
        private int equivalent;
        private int tail;
        private int draws;
        private int alarms;
        private int farAlarms;
        private int covered;

        /**
         * @param margin of the verdicts
         * @param bias the true one, of ‖g‖
         */
        Tally(double margin, double bias) {
            this.margin = margin;
            this.bias = bias;
        }

        /** A row that is looked at once. */
        void add(BiasRow row) {
            add(List.of(row));
        }

        /** The looks at a row, in their order. One that the guard forbids to test is no look. */
        void add(List<BiasRow> looks) {
            boolean everBiased = false;
            double smallest = 1;
            int look = 1;
            BiasRow.@Nullable Judged last = null;
            for (BiasRow row : looks) {
                last = BiasRow.judge(List.of(row), new double[] {margin}, new int[] {look})
                        .get(0);
                everBiased |= last.judgement().verdict() == Verdict.BIASED;
                look += last.sampled().isPresent() ? 1 : 0;
                boolean counts = looks.size() == 1 || last.sampled().isPresent();
                double p = row.inference().map(BiasInference::pValue).orElse(1.0);
                smallest = counts ? Math.min(smallest, p) : smallest;
            }
            count(looks.get(looks.size() - 1), Objects.requireNonNull(last));
            biased += everBiased ? 1 : 0;
            alarms += smallest < ALARM ? 1 : 0;
            farAlarms += smallest < FAR_ALARM ? 1 : 0;
        }

        private void count(BiasRow row, BiasRow.Judged judged) {
            repetitions++;
            unseen += row.unseenVariance().orElse(0.0);
            flips += row.effectiveFlips().orElse(0.0);
            guarded += judged.sampled().isPresent() ? 0 : 1;
            covered += row.inference()
                            .filter(own -> own.relativeBias().contains(bias))
                            .isPresent()
                    ? 1
                    : 0;
            count(judged.judgement());
        }

        private void count(Judgement judgement) {
            switch (judgement.verdict()) {
                case BIASED -> {}
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

        CellResult result() {
            return new CellResult(
                    margin,
                    bias,
                    unseen / repetitions,
                    flips / repetitions,
                    repetitions,
                    guarded,
                    biased,
                    equivalent,
                    tail,
                    draws,
                    alarms,
                    farAlarms,
                    covered);
        }
    }
}
