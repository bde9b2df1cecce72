package org.bpttbench.harness.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;

/**
 * What is to be calibrated, and how thoroughly.
 *
 * @param seed of everything
 * @param repetitions of each cell
 * @param resamples of the joint test; a sweep's rows have {@link org.bpttbench.harness.inference.MaxT#RESAMPLES}
 * @param cells in the order of the table
 */
public record CalibrationPlan(long seed, int repetitions, int resamples, List<CalibrationCell> cells) {
    /** Repetitions from which a cell either passes or fails. */
    public static final int ENOUGH = 4000;

    public static final int QUICK = 400;

    private static final int[] PARAMETERS = {1, 20, 500};
    private static final double[] BIASES = {0, 0.5, 1, 2};

    public CalibrationPlan {
        if (repetitions < 1 || resamples < 1) {
            throw new IllegalArgumentException(
                    repetitions + " repetitions with " + resamples + " resamples: there is at least one of each");
        }
        cells = List.copyOf(cells);
    }

    /** All cells. */
    public static CalibrationPlan full(long seed, int repetitions, int resamples) {
        return new CalibrationPlan(seed, repetitions, resamples, cells(200, 2000));
    }

    /** The cells with few draws, where most could go wrong. */
    public static CalibrationPlan quick(long seed, int repetitions, int resamples) {
        return new CalibrationPlan(seed, repetitions, resamples, cells(200));
    }

    private static List<CalibrationCell> cells(int... draws) {
        List<CalibrationCell> cells = new ArrayList<>();
        for (Tail tail : List.of(Tail.LIGHT, Tail.MODERATE, Tail.EDGE, Tail.HEAVY)) {
            for (int parameters : PARAMETERS) {
                for (int count : draws) {
                    for (double bias : BIASES) {
                        cells.add(new CalibrationCell(tail, parameters, count, bias));
                    }
                }
            }
        }
        return cells;
    }

    /** How many rows apart each margin is found from: about a twentieth, so many that the third quartile is one of them. */
    int pilot() {
        return 4 * Math.max(10, Math.min(50, repetitions / 80)) - 1;
    }

    Seeds seeds() {
        return Seeds.of(seed).at("calibration");
    }

    /** By which a finished cell is known: 16 hexadecimal digits of the hash of all that its counts depend on. */
    String id(CalibrationCell cell) {
        Map<String, Object> tree = new LinkedHashMap<>(cell.identity());
        tree.put("seed", seed);
        tree.put("repetitions", (long) repetitions);
        tree.put("resamples", (long) resamples);
        tree.put("judging", JudgingMark.VALUE);
        return Json.digest(tree, 16);
    }
}
