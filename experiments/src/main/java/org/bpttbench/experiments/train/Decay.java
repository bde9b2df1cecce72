package org.bpttbench.experiments.train;

/** How a learning rate changes with time. Immutable. */
@FunctionalInterface
public interface Decay {
    /**
     * The rate after {@code step} time steps.
     *
     * @param initial η₀
     */
    double rate(double initial, long step);
}
