package org.bpttbench.core.init;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * A square Gaussian matrix scaled so that its largest eigenvalue has the given magnitude: below 1 a linear network
 * forgets, above 1 its gradients can explode.
 *
 * <p><b>Reference.</b> Jaeger 2001, section 2; Pascanu, Mikolov &amp; Bengio 2013, section 2.1.
 */
record SpectralRadius(double radius) implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "spectral-radius",
            "normal weights, scaled to a given largest magnitude of an eigenvalue; square matrices only",
            "Jaeger 2001; Pascanu, Mikolov & Bengio 2013",
            List.of(Parameter.real("radius", "the largest magnitude of an eigenvalue")
                    .above(0)),
            arguments -> new SpectralRadius(arguments.real("radius")));

    /** @throws IllegalArgumentException if the matrix is not square */
    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        if (fanIn != fanOut) {
            throw new IllegalArgumentException(
                    "spectral-radius needs a square matrix, not [" + fanIn + "×" + fanOut + "]");
        }
        // With this deviation the radius is near 1 already (the circular law), so that the scaling is a mild one.
        new Gaussian(1 / Math.sqrt(fanIn)).fill(matrix, fanIn, fanOut, random);
        double scale = radius / Decompositions.spectralRadius(matrix, fanIn);
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] *= scale;
        }
    }
}
