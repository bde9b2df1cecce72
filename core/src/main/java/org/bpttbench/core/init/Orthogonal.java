package org.bpttbench.core.init;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.matrix.Decompositions;

/**
 * A multiple of a random orthogonal matrix, uniform (Haar) over all of them; of a matrix that is not square, the rows
 * or the columns are orthogonal, whichever are fewer.
 *
 * <p><b>Idea.</b> The orthogonal factor of a Gaussian matrix, with each column's sign set by the diagonal of R; without
 * the signs it would depend on the algorithm of the decomposition and not be uniform.
 *
 * <p><b>Reference.</b> Saxe, McClelland &amp; Ganguli 2014; Mezzadri 2007, section 5.
 */
record Orthogonal(double gain) implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "orthogonal",
            "a multiple of a random orthogonal matrix, uniform over all of them",
            "Saxe, McClelland & Ganguli 2014; Mezzadri 2007",
            List.of(Parameter.real("gain", "every singular value").above(0).orElse(1.0)),
            arguments -> new Orthogonal(arguments.real("gain")));

    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        new Gaussian(1).fill(matrix, fanIn, fanOut, random);
        Decompositions.orthogonalise(matrix, fanIn, fanOut);
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] *= gain;
        }
    }
}
