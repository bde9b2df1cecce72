package org.bpttbench.core.init;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.matrix.Decompositions;

/**
 * A square Gaussian matrix scaled so that its largest eigenvalue has the given magnitude: below 1 a linear network
 * forgets, above 1 its gradients can explode. It may be sparse: each unit then hears as many others, chosen at random.
 *
 * <p><b>Reference.</b> Jaeger 2001, section 2; Pascanu, Mikolov &amp; Bengio 2013, section 2.1, and their experiments for
 * 15 connections with radius 0.95.
 *
 * @param connections weights other than 0 into each unit; all if absent
 */
record SpectralRadius(double radius, OptionalInt connections) implements Initializer {
    private static final String CONNECTIONS = "connections";

    static final Entry<Initializer> ENTRY = new Entry<>(
            "spectral-radius",
            "normal weights, all or a few into each unit, scaled to a given largest magnitude of an eigenvalue;"
                    + " square matrices only",
            "Jaeger 2001; Pascanu, Mikolov & Bengio 2013",
            List.of(
                    Parameter.real("radius", "the largest magnitude of an eigenvalue")
                            .above(0),
                    Parameter.integer(CONNECTIONS, "weights other than 0 into each unit; all by default")
                            .atLeast(1)
                            .atMost(Integer.MAX_VALUE)
                            .optional()),
            SpectralRadius::of);

    private static SpectralRadius of(Arguments arguments) {
        OptionalInt connections =
                arguments.has(CONNECTIONS) ? OptionalInt.of(arguments.integer(CONNECTIONS)) : OptionalInt.empty();
        return new SpectralRadius(arguments.real("radius"), connections);
    }

    @Override
    public Optional<String> refusal(int fanIn, int fanOut) {
        if (connections.isPresent() && connections.getAsInt() > fanIn) {
            return Optional.of("spectral-radius with " + connections.getAsInt()
                    + " connections needs as many units, not a matrix [" + fanIn + "×" + fanOut + "]");
        }
        return SquareOnly.refusal("spectral-radius", fanIn, fanOut);
    }

    /** @throws IllegalArgumentException if the matrix is not square or has fewer rows than there are connections */
    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        requireFit(fanIn, fanOut);
        int kept = connections.orElse(fanIn);
        // With this deviation the radius is near 1 already (the circular law), so that the scaling is a mild one.
        new Gaussian(1 / Math.sqrt(kept)).fill(matrix, fanIn, fanOut, random);
        for (int unit = 0; unit < fanOut && kept < fanIn; unit++) {
            silence(matrix, unit, fanIn, fanOut, fanIn - kept, random);
        }
        // Not 0: a unit that hears some other is on a cycle or behind one.
        double scale = radius / Decompositions.spectralRadius(matrix, fanIn);
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] *= scale;
        }
    }

    /** Sets so many weights into a unit to 0, each set of sources as likely as any other (selection sampling). */
    private static void silence(
            double[] matrix, int unit, int fanIn, int fanOut, int count, UniformRandomProvider random) {
        int left = count;
        for (int source = 0; source < fanIn; source++) {
            if (random.nextInt(fanIn - source) < left) {
                matrix[source * fanOut + unit] = 0.0;
                left--;
            }
        }
    }
}
