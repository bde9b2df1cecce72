package org.bpttbench.variants.truncation;

import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Traits;
import org.bpttbench.core.random.Coin;

/**
 * Randomly truncated backpropagation without compensation: the control that shows what ARTBP's factor buys.
 *
 * <p><b>Idea.</b> Cut where {@link Artbp} would cut, with the same draws, and multiply by nothing.
 *
 * <p><b>Update.</b> X_t = 1: δ̃_t = ∂ℓ_t/∂s_t. X_t = 0: δ̃_t = ∂ℓ_t/∂s_t + J_{t+1}ᵀ δ̃_{t+1}.
 *
 * <p><b>Bias.</b> Towards the short term: E[W[t,s]] is the probability that no cut falls between t and s.
 *
 * <p><b>Cost.</b> As {@link Artbp}.
 *
 * <p><b>Reference.</b> The negative control implied by Tallec &amp; Ollivier 2017, section 3.
 *
 * <p><b>Departures.</b> None.
 */
public record Uncompensated(Cuts cuts) implements RandomTruncation {
    /** {@code type: uncompensated}. */
    public static final Entry<GradientEstimator> ENTRY = new Entry<>(
            "uncompensated",
            "the cuts of artbp without its factor: the control that shows what the compensation buys; biased",
            "negative control to Tallec & Ollivier 2017",
            Cuts.PARAMETERS,
            a -> new Uncompensated(Cuts.from(a)));

    @Override
    public Traits traits() {
        return new Traits(false, false, true, false, cuts.memory());
    }

    @Override
    public LinkRule rule() {
        return Uncompensated::carry;
    }

    private static double carry(CutLaw law, long age, Coin coin) {
        return coin.flip(law.cut(age)) ? 0.0 : 1.0;
    }
}
