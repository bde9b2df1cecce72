package org.bpttbench.core.init;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;

/**
 * Normal weights with variance 2/fanIn: rectifiers let half of the second moment through, and the 2 makes up for it.
 *
 * <p><b>Reference.</b> He, Zhang, Ren &amp; Sun 2015, equation 10.
 */
final class He implements Initializer {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "he",
            "normal weights with variance 2/fan in, for rectifiers",
            "He, Zhang, Ren & Sun 2015, equation 10",
            List.of(),
            arguments -> new He());

    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        new Gaussian(Math.sqrt(2.0 / fanIn)).fill(matrix, fanIn, fanOut, random);
    }
}
