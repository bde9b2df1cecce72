package org.bpttbench.core.init;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * A multiple of the identity matrix: at scale 1 a network without input keeps its state, and its gradients.
 *
 * <p><b>Reference.</b> Le, Jaitly &amp; Hinton 2015, with rectified linear units.
 */
record Identity(double scale) implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "identity",
            "a multiple of the identity matrix; square matrices only",
            "Le, Jaitly & Hinton 2015",
            List.of(Parameter.real("scale", "the weight of each unit to itself").orElse(1.0)),
            arguments -> new Identity(arguments.real("scale")));

    @Override
    public Optional<String> refusal(int fanIn, int fanOut) {
        return SquareOnly.refusal("identity", fanIn, fanOut);
    }

    /** @throws IllegalArgumentException if the matrix is not square */
    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        requireFit(fanIn, fanOut);
        Arrays.fill(matrix, 0.0);
        for (int i = 0; i < fanIn; i++) {
            matrix[i * fanOut + i] = scale;
        }
    }
}
