package org.bpttbench.core.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.state.Checkpointed;

/**
 * A biased coin. Truncations draw their cuts from it and from nothing else, so that the same rule can be run at random or
 * driven through every pattern of cuts.
 */
@FunctionalInterface
public interface Coin extends Checkpointed {
    /**
     * @param probability of true, in [0, 1)
     * @return whether the event happens
     */
    boolean flip(double probability);

    /** A coin that takes one number of the generator for each flip. It can be saved if the generator can. */
    static Coin of(UniformRandomProvider random) {
        return new GeneratorCoin(random);
    }
}
