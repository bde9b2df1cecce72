package org.bpttbench.harness.calibration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.core.random.Seeds;

/**
 * One kind of row.
 *
 * @param tail of the draws
 * @param parameters P
 * @param draws N
 * @param bias that is added along the gradient, in margins
 */
public record CalibrationCell(Tail tail, int parameters, int draws, double bias) {

    /** What tells it from other cells. */
    Map<String, Object> identity() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("tail", tail.name());
        tree.put("a", tail.a());
        tree.put("law", tail.lawName());
        tree.put("mean", tail.mean());
        tree.put("steps", (long) DrivenLine.STEPS);
        tree.put("parameters", (long) parameters);
        tree.put("draws", (long) draws);
        tree.put("bias", bias);
        return tree;
    }

    /** Of its inputs: the same for any number of draws and any bias. */
    Seeds inputs(Seeds root) {
        return root.at("inputs").at(tail.name()).at(parameters);
    }

    /** Of the draws from which the margin is found: the same for any bias. */
    Seeds pilot(Seeds root) {
        return root.at("pilot").at(tail.name()).at(parameters).at(draws);
    }

    Seeds repetitions(Seeds root) {
        return root.at("rows").at(tail.name()).at(parameters).at(draws).at(bias);
    }

    @Override
    public String toString() {
        return tail.name() + ", " + parameters + (parameters == 1 ? " parameter, " : " parameters, ") + draws
                + " draws, bias " + bias + " margins";
    }
}
