package org.bpttbench.variants.truncation;

import java.util.List;
import org.bpttbench.core.catalog.Entry;

/**
 * Cuts after each step with the same probability c = 1/L₀: geometric segments of mean L₀. The compensation grows as
 * (1−c)^−lag, so the variance of the gradient is finite only where the network forgets faster.
 *
 * <p><i>Reference:</i> Tallec &amp; Ollivier 2017, section 4.
 *
 * @param mean L₀ above 1, in steps
 */
public record ConstantLaw(double mean) implements CutLaw {
    /** {@code law: constant}. */
    public static final Entry<Family> ENTRY = new Entry<>(
            "constant",
            "cut after every step with probability 1/mean: geometric segments",
            "Tallec & Ollivier 2017, section 4",
            List.of(),
            a -> ConstantLaw::new);

    public ConstantLaw {
        if (!(mean > 1)) {
            throw new IllegalArgumentException("mean is " + mean + ", must be above 1");
        }
    }

    @Override
    public double cut(long age) {
        return 1.0 / mean;
    }
}
