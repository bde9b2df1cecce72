package org.bpttbench.variants;

import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.variants.truncation.Artbp;
import org.bpttbench.variants.truncation.Full;
import org.bpttbench.variants.truncation.Tbptt;
import org.bpttbench.variants.truncation.Uncompensated;

/** The gradient estimators that {@code estimator} can name. */
public final class Estimators {
    public static final Catalog<GradientEstimator> CATALOG =
            Catalog.of("estimator", Full.ENTRY, Tbptt.ENTRY, Artbp.ENTRY, Uncompensated.ENTRY);

    private Estimators() {}
}
