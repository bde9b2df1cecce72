package org.bpttbench.experiments.train;

/** The settings of an optimiser, from which each run makes its own. Immutable. */
@FunctionalInterface
public interface OptimizerFactory {
    /** @param parameters the number P of parameters */
    Optimizer create(int parameters);
}
