package org.bpttbench.harness.stats;

import java.util.List;
import java.util.OptionalDouble;
import org.bpttbench.experiments.spec.Setting;

/** The length of TBPTT's windows and the mean length of random segments are one quantity: how far credit reaches. */
public final class SegmentLength {
    /** The estimators' parameters that hold it. */
    public static final List<String> KEYS = List.of("length", "mean");

    private SegmentLength() {}

    /** Steps of a window, or of a segment on average; empty for an estimator that is not cut. */
    public static OptionalDouble of(Setting setting) {
        return KEYS.stream()
                .flatMap(key -> setting.value("estimator." + key).stream())
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .findFirst();
    }
}
