package org.bpttbench.core.init;

import org.apache.commons.rng.UniformRandomProvider;

/** A law of initial weights. Immutable; all randomness comes from the generator it is handed. */
@FunctionalInterface
public interface Initializer {
    /**
     * Fills one weight matrix {@code [fanIn×fanOut]}, row-major; a recurrent matrix is square, one for each gate.
     *
     * @param matrix overwritten
     */
    void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random);
}
