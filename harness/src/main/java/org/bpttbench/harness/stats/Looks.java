package org.bpttbench.harness.stats;

/** How a further look at a measurement is paid for. */
final class Looks {
    private Looks() {}

    /** w: the share of the level that a look has; those of all looks add up to 1. */
    static double share(int look) {
        return look == 1 ? 0.8 : 0.2 / Math.scalb(1.0, look - 1);
    }

    /** A p value that has paid. */
    static double paid(double p, int look) {
        return Math.min(1.0, p / share(look));
    }
}
