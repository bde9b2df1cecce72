package org.bpttbench.core.init;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/** Every weight the same value. */
record Constant(double value) implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "constant",
            "every weight the same value",
            "for a system of one parameter, as in Tallec & Ollivier 2017, section 6.1",
            List.of(Parameter.real("value", "the weight")),
            arguments -> new Constant(arguments.real("value")));

    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        Arrays.fill(matrix, value);
    }
}
