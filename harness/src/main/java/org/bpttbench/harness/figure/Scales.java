package org.bpttbench.harness.figure;

import java.util.Arrays;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Scale;

/** Whether an axis reads better as a logarithm. */
final class Scales {
    /** Largest over smallest from which small values would stick to zero. */
    private static final double MANY = 50;

    /** A relative figure above this has nothing to do with those near 1 any more. */
    private static final double HUGE = 20;

    private Scales() {}

    /** @param signed whether a value may be 0 or less and still mean something */
    static Axis of(Axis axis, double[] values, boolean signed) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        double most = Arrays.stream(finite).max().orElse(0);
        double least = Arrays.stream(finite).min().orElse(0);
        if (signed) {
            return most > HUGE && least > -1 ? scaled(axis, Scale.LOG_AND_ZERO) : axis;
        }
        return least > 0 && most / least > MANY ? scaled(axis, Scale.LOG) : axis;
    }

    private static Axis scaled(Axis axis, Scale scale) {
        return new Axis(axis.key(), axis.label(), axis.unit(), scale);
    }
}
