package org.bpttbench.variants.truncation;

import java.util.List;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Traits;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;

/**
 * Full backpropagation through time.
 *
 * <p><b>Idea.</b> Unroll the whole sequence and differentiate it: the reference that all others are compared with.
 *
 * <p><b>Update.</b> δ_t = ∂ℓ_t/∂s_t + J_{t+1}ᵀ δ_{t+1}, δ_{T+1} = 0, g = Σ_t (∂⁺s_t/∂θ)ᵀ δ_t. One window, all carries 1:
 * W = 1.
 *
 * <p><b>Bias.</b> None; every draw is the exact gradient.
 *
 * <p><b>Cost.</b> One forward and one backward step per time step; T steps of tape.
 *
 * <p><b>Reference.</b> Werbos 1990, "Backpropagation through time: what it does and how to do it".
 *
 * <p><b>Departures.</b> None.
 */
public record Full() implements Truncation {
    /** {@code type: full}. */
    public static final Entry<GradientEstimator> ENTRY = new Entry<>(
            "full",
            "full backpropagation through time: exact, keeps the whole sequence",
            "Werbos 1990",
            List.of(),
            a -> new Full());

    @Override
    public Traits traits() {
        return new Traits(true, true, false, true, "the whole sequence");
    }

    @Override
    public Schedule schedule(StreamPlan plan, List<Coin> coins) {
        return new Schedule() {
            private long left;

            @Override
            public void begin(long steps) {
                left = steps;
            }

            @Override
            public void next(Window window) {
                window.reset(Math.toIntExact(left), 0);
                left = 0;
            }
        };
    }
}
