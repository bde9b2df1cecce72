package org.bpttbench.core.init;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;

/**
 * Normal weights with variance 1/fanIn: sums of independent inputs with variance 1 have variance 1.
 *
 * <p><b>Reference.</b> LeCun, Bottou, Orr &amp; Müller 1998, section 4.6.
 */
final class LeCun implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "lecun",
            "normal weights with variance 1/fan in",
            "LeCun, Bottou, Orr & Müller 1998, section 4.6",
            List.of(),
            arguments -> new LeCun());

    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        new Gaussian(Math.sqrt(1.0 / fanIn)).fill(matrix, fanIn, fanOut, random);
    }
}
