package org.bpttbench.experiments.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;

/**
 * How a setting evaluates what it has learned.
 *
 * @param every time steps between two checkpoints of the curves
 * @param target value of each named metric that counts as reached; empty if none is looked for
 * @param on the split that checkpoints use, {@code valid} or {@code test}; absent for tasks without splits
 */
public record AccuracySpec(long every, Map<String, Double> target, Optional<String> on) {
    public AccuracySpec {
        target = Collections.unmodifiableMap(new LinkedHashMap<>(target));
    }

    static AccuracySpec of(Arguments accuracy) {
        Map<String, Double> target = new LinkedHashMap<>();
        if (accuracy.has("target")) {
            Arguments metrics = accuracy.nested("target");
            metrics.values().keySet().forEach(metric -> target.put(metric, metrics.real(metric)));
        }
        return new AccuracySpec(
                accuracy.whole("every"),
                target,
                accuracy.has("on") ? Optional.of(accuracy.text("on")) : Optional.empty());
    }
}
