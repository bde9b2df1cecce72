package org.bpttbench.core.init;

import org.bpttbench.core.catalog.Catalog;

/** The laws of initial weights that a sweep file can name. */
public final class Initializers {
    public static final Catalog<Initializer> CATALOG = Catalog.of(
            "initialiser",
            Constant.ENTRY,
            Uniform.ENTRY,
            Gaussian.ENTRY,
            Glorot.ENTRY,
            LeCun.ENTRY,
            He.ENTRY,
            Orthogonal.ENTRY,
            Identity.ENTRY,
            SpectralRadius.ENTRY,
            Zero.ENTRY);

    private Initializers() {}
}
