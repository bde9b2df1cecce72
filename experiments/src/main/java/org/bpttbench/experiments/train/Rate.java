package org.bpttbench.experiments.train;

import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Parameter;

/**
 * A learning rate that may decay with time.
 *
 * @param initial η₀
 */
record Rate(double initial, Decay decay) {
    static final Parameter INITIAL =
            Parameter.real("rate", "the learning rate η₀").above(0);
    static final Parameter DECAY = Parameter.entry("decay", "how the rate changes with time", Decays.CATALOG)
            .orElse("none")
            .hashedAsName();

    static Rate of(Arguments arguments) {
        Decay decay = Decays.CATALOG.create(DECAY.tag(), arguments.nested(DECAY.name()));
        return new Rate(arguments.real(INITIAL.name()), decay);
    }

    /** @param step time steps done */
    double at(long step) {
        return decay.rate(initial, step);
    }
}
