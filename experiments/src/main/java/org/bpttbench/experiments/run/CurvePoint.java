package org.bpttbench.experiments.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;

/**
 * A metric at a checkpoint.
 *
 * @param step time steps trained
 * @param metric with its split, if there are splits: {@code valid.bpc}
 * @param value finite
 */
public record CurvePoint(long step, String metric, double value) {
    /** @throws IllegalArgumentException if the step is negative */
    public CurvePoint {
        RunRecord.requireCount("step", step);
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("step", step);
        tree.put("metric", metric);
        tree.put("value", value);
        return tree;
    }

    static CurvePoint of(Arguments tree) {
        return new CurvePoint(
                tree.whole("step"), tree.text("metric").intern(), tree.real("value")); // few names, many points
    }
}
