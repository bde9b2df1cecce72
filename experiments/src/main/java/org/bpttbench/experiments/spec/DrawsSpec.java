package org.bpttbench.experiments.spec;

import org.bpttbench.core.catalog.Arguments;

/**
 * How many draws a measurement makes of a random estimator.
 *
 * @param most the number; if the margin decides, the largest that it may ask for
 * @param forMargin whether the margin decides: as many as show an unbiased estimator to lie within it
 */
public record DrawsSpec(int most, boolean forMargin) {
    /** @param bias has {@code draws}, a number or a map */
    static DrawsSpec of(Arguments bias) {
        return bias.values().get("draws") instanceof Number
                ? new DrawsSpec(bias.integer("draws"), false)
                : new DrawsSpec(bias.nested("draws").integer("at_most"), true);
    }
}
