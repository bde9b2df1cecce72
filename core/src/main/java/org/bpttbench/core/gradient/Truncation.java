package org.bpttbench.core.gradient;

import java.util.List;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.tape.Memory;

/** A rule that chooses windows and carries: a gradient estimator that works by the one backward pass. Immutable. */
public interface Truncation extends GradientEstimator {
    /**
     * @param plan what the stream works on; not one that this truncation refuses
     * @param coins one for each draw, the only source of chance
     */
    Schedule schedule(StreamPlan plan, List<Coin> coins);

    /**
     * How much of a window its stream may keep until it is walked back: something else than all only if every window is a
     * whole sequence without carries and injections.
     */
    default Memory memory() {
        return Memory.ALL;
    }

    @Override
    default GradientStream open(Network network, Source source, StreamPlan plan, List<Coin> coins) {
        return new WindowStream(this, network, source, plan, coins);
    }
}
