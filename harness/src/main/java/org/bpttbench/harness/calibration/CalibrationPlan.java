package org.bpttbench.harness.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;

/**
 * What is to be calibrated, and how thoroughly.
 *
 * @param seed of everything
 * @param repetitions of each cell
 * @param cells in the order of the table
 */
public record CalibrationPlan(long seed, int repetitions, List<CalibrationCell> cells) {
    /** Repetitions from which a cell either passes or fails. */
    public static final int ENOUGH = 4000;

    public static final int QUICK = 400;

    /** The most cells that a plan has. */
    static final int MOST_CELLS = 160;

    /** What is not in it, in sentences: the full crossing would have thousands of cells. */
    public static final List<String> LEFT_OUT = List.of(
            "Losses other than at every step, and lanes other than one, are crossed with each other but not with tails, P and bias:"
                    + " they have the tail 'moderate', P = 20 and a bias of 0, with 1,000 draws of 1 margin too; one lane with its"
                    + " loss at the end has 'light' and P = 1 and 500 beside it, and 'rarest' with P = 1 and 20.",
            "A bias of 1/2 and of 2 margins has 200 draws only, one lane and a loss at every step.",
            "'heavy' and 'rare' have no bias added but one of 2 margins with 200 draws of 'heavy'.",
            "Networks have a constant law of mean 10, two sequences cut independently, 30 steps and 200 draws.",
            "Sequences of looks have 200 to 25,600 draws of one lane, and no bias.");

    private static final int[] PARAMETERS = {1, 20, 500};
    private static final double[] BIASES = {0, 0.5, 1, 2};
    private static final int FEW = 200;
    private static final int MANY = 1000;
    private static final int LOOKS = 8;

    public CalibrationPlan {
        if (repetitions < 1) {
            throw new IllegalArgumentException(repetitions + " repetitions: there is at least one");
        }
        cells = List.copyOf(cells);
    }

    /** All cells of the line. */
    public static CalibrationPlan full(long seed, int repetitions) {
        Set<CalibrationCell> cells = new LinkedHashSet<>(few());
        cells.addAll(many());
        cells.addAll(looks());
        return new CalibrationPlan(seed, repetitions, List.copyOf(cells));
    }

    /** The cells of the line with 200 draws, where most could go wrong. */
    public static CalibrationPlan quick(long seed, int repetitions) {
        return new CalibrationPlan(seed, repetitions, few());
    }

    /** The same and networks. */
    public CalibrationPlan withNetworks() {
        List<CalibrationCell> all = new ArrayList<>(cells);
        for (NetworkSubject subject : NetworkSubject.all()) {
            all.add(new CalibrationCell(subject, FEW, subject.compensated() ? 0 : 1));
        }
        return new CalibrationPlan(seed, repetitions, all);
    }

    private static List<CalibrationCell> few() {
        List<CalibrationCell> cells = new ArrayList<>();
        for (Tail tail : List.of(Tail.LIGHT, Tail.MODERATE, Tail.EDGE)) {
            for (int parameters : PARAMETERS) {
                for (double bias : BIASES) {
                    cells.add(new CalibrationCell(new LineSubject(tail, parameters), FEW, bias));
                }
            }
        }
        for (int parameters : PARAMETERS) {
            cells.add(new CalibrationCell(new LineSubject(Tail.HEAVY, parameters), FEW, 0));
            cells.add(new CalibrationCell(new LineSubject(Tail.HEAVY, parameters), FEW, 2));
            cells.add(new CalibrationCell(new LineSubject(Tail.RARE, parameters), FEW, 0));
        }
        late().forEach(subject -> cells.add(new CalibrationCell(subject, FEW, 0)));
        return cells;
    }

    private static List<CalibrationCell> many() {
        List<CalibrationCell> cells = new ArrayList<>();
        for (Tail tail : List.of(Tail.LIGHT, Tail.MODERATE, Tail.EDGE)) {
            for (int parameters : PARAMETERS) {
                cells.add(new CalibrationCell(new LineSubject(tail, parameters), MANY, 0));
                cells.add(new CalibrationCell(new LineSubject(tail, parameters), MANY, 1));
            }
        }
        for (int parameters : PARAMETERS) {
            cells.add(new CalibrationCell(new LineSubject(Tail.HEAVY, parameters), MANY, 0));
            cells.add(new CalibrationCell(new LineSubject(Tail.RARE, parameters), MANY, 0));
        }
        for (LineSubject subject : late()) {
            cells.add(new CalibrationCell(subject, MANY, 0));
            cells.add(new CalibrationCell(subject, MANY, 1));
        }
        for (int parameters : new int[] {1, 500}) {
            LineSubject last = new LineSubject(Tail.LIGHT, Losses.LAST, Lanes.ONE, parameters);
            cells.add(new CalibrationCell(last, FEW, 0));
            cells.add(new CalibrationCell(last, MANY, 0));
        }
        for (int parameters : new int[] {1, 20}) {
            cells.add(new CalibrationCell(new LineSubject(Tail.RAREST, Losses.LAST, Lanes.ONE, parameters), FEW, 0));
        }
        return cells;
    }

    /** Losses by lanes, but for the loss at every step of one lane, which the tails have. */
    private static List<LineSubject> late() {
        List<LineSubject> subjects = new ArrayList<>();
        for (Losses losses : Losses.values()) {
            for (Lanes lanes : Lanes.values()) {
                if (losses != Losses.EVERY || lanes != Lanes.ONE) {
                    subjects.add(new LineSubject(Tail.MODERATE, losses, lanes, 20));
                }
            }
        }
        return subjects;
    }

    private static List<CalibrationCell> looks() {
        int last = FEW << (LOOKS - 1);
        return List.of(
                new CalibrationCell(new LineSubject(Tail.LIGHT, 1), last, 0, LOOKS),
                new CalibrationCell(new LineSubject(Tail.MODERATE, 20), last, 0, LOOKS),
                new CalibrationCell(new LineSubject(Tail.EDGE, Losses.LAST, Lanes.ONE, 1), last, 0, LOOKS));
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
        tree.put("judging", JudgingMark.VALUE);
        return Json.digest(tree, 16);
    }
}
