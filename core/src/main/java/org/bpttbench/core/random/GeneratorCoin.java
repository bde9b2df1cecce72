package org.bpttbench.core.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/** Takes one number of the generator for each flip. */
record GeneratorCoin(UniformRandomProvider random) implements Coin {
    @Override
    public boolean flip(double probability) {
        return random.nextDouble() < probability;
    }

    @Override
    public void save(StateWriter out) {
        Generators.save(random, out);
    }

    @Override
    public void load(StateReader in) {
        Generators.load(random, in);
    }
}
