package org.bpttbench.core.init;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/** Independent normal weights with mean 0. */
record Gaussian(double sd) implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "gaussian",
            "independent normal weights with mean 0",
            "Pascanu, Mikolov & Bengio 2013, temporal order",
            List.of(Parameter.real("sd", "the standard deviation").above(0)),
            arguments -> new Gaussian(arguments.real("sd")));

    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = sd * normal.sample();
        }
    }
}
