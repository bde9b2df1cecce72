package org.bpttbench.harness.calibration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.core.random.Seeds;

/**
 * One kind of row.
 *
 * @param subject that is drawn
 * @param draws N; of the last look where there are more
 * @param bias in margins; added along the gradient, or the subject's own
 * @param looks how often the row is judged while its draws are doubled
 */
public record CalibrationCell(Subject subject, int draws, double bias, int looks) {

    CalibrationCell(Subject subject, int draws, double bias) {
        this(subject, draws, bias, 1);
    }

    /** What tells it from other cells. */
    Map<String, Object> identity() {
        Map<String, Object> tree = new LinkedHashMap<>(subject.identity());
        tree.put("draws", (long) draws);
        tree.put("bias", bias);
        tree.put("looks", (long) looks);
        return tree;
    }

    /** Draws at a look, from 1. */
    int drawsAt(int look) {
        return draws >> (looks - look);
    }

    /** Of the draws from which the margin is found: the same for any bias. */
    Seeds pilot(Seeds root) {
        return subject.below(root.at("pilot")).at(draws);
    }

    Seeds repetitions(Seeds root) {
        return subject.below(root.at("rows")).at(draws).at(bias).at(looks);
    }

    /** What is drawn, in a few words. */
    public String words() {
        return subject.words();
    }

    @Override
    public String toString() {
        return subject.words() + ", " + draws + " draws"
                + (looks == 1 ? ", bias " + bias + " margins" : " at the last of " + looks + " looks");
    }
}
