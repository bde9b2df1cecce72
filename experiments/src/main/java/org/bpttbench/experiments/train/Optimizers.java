package org.bpttbench.experiments.train;

import org.bpttbench.core.catalog.Catalog;

/** The optimisers that a sweep file can name. */
public final class Optimizers {
    public static final Catalog<OptimizerFactory> CATALOG =
            Catalog.of("optimiser", Sgd.ENTRY, RmsProp.ENTRY, Adam.ENTRY);

    private Optimizers() {}
}
