package org.bpttbench.variants.truncation;

import org.bpttbench.core.catalog.Catalog;

/** The probability of cutting after a step, given the age of the segment: 1 after its first step. */
@FunctionalInterface
public interface CutLaw {
    /** In [0, 1). */
    double cut(long age);

    /** A law but for its mean segment length, which belongs to the estimator. */
    @FunctionalInterface
    interface Family {
        /** @param mean L₀ above 1 */
        CutLaw of(double mean);
    }

    /** The laws that {@code law} can name. */
    Catalog<Family> CATALOG = Catalog.of("law", ConstantLaw.ENTRY, PolynomialLaw.ENTRY);
}
