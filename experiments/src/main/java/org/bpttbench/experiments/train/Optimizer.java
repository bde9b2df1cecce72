package org.bpttbench.experiments.train;

/** Moves parameters against a gradient. Belongs to one run and one thread. */
public interface Optimizer {
    /**
     * One update of all parameters.
     *
     * @param theta {@code [P]}, overwritten
     * @param gradient {@code [P]}, not modified
     * @param step time steps done when the update is applied, for the decay of the rate
     */
    void update(double[] theta, double[] gradient, long step);

    /** The learning rate η after so many time steps. */
    double rate(long step);

    /**
     * Whether a step is an affine function of its gradient, so that the step of a mean gradient is the mean step and the
     * optimiser adds no bias of its own.
     */
    boolean affine();

    /** A copy of everything that updates have changed, for a checkpoint; empty if there is nothing. */
    double[] state();

    /**
     * Continues from a {@link #state()} of an optimiser with the same settings.
     *
     * @param state not modified
     * @throws IllegalArgumentException if its length is another
     */
    void restore(double[] state);
}
