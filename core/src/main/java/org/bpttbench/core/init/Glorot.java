package org.bpttbench.core.init;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;

/**
 * Weights uniform in ±√(6/(fanIn + fanOut)): a compromise between keeping the variance of activations on the way
 * forward and that of gradients on the way back.
 *
 * <p><b>Reference.</b> Glorot &amp; Bengio 2010, equation 16.
 */
final class Glorot implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "glorot",
            "uniform in ±√(6/(fan in + fan out))",
            "Glorot & Bengio 2010, equation 16",
            List.of(),
            arguments -> new Glorot());

    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        double bound = Math.sqrt(6.0 / (fanIn + fanOut));
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = bound * (2 * random.nextDouble() - 1);
        }
    }
}
