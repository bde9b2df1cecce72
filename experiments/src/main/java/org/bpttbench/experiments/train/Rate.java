package org.bpttbench.experiments.train;

import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Parameter;

/**
 * A learning rate that may decay with time.
 *
 * @param initial η₀
 * @param decays whether the rate is η₀/√(1+t) after t time steps, instead of η₀ throughout
 */
record Rate(double initial, boolean decays) {
    private static final String NONE = "none";
    private static final String INVERSE_SQRT = "inverse-sqrt";

    static final Parameter INITIAL =
            Parameter.real("rate", "the learning rate η₀").above(0);
    static final Parameter DECAY = Parameter.word(
                    "decay", "inverse-sqrt: the rate is η₀/√(1+t) after t time steps", NONE, INVERSE_SQRT)
            .orElse(NONE);

    static Rate of(Arguments arguments) {
        return new Rate(
                arguments.real(INITIAL.name()), arguments.text(DECAY.name()).equals(INVERSE_SQRT));
    }

    /** @param step time steps done */
    double at(long step) {
        return decays ? initial / Math.sqrt(1 + (double) step) : initial;
    }
}
