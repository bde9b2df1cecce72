package org.bpttbench.variants.truncation;

import java.util.List;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Traits;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/**
 * Truncated backpropagation through time, BPTT(h; h') of Williams and Peng.
 *
 * <p><b>Idea.</b> Every h' steps, send the h' new losses back over the last h steps and no further.
 *
 * <p><b>Update.</b> In the window [τ−h, τ): δ_t = [t ≥ τ−h'] ∂ℓ_t/∂s_t + J_{t+1}ᵀ δ_{t+1}, δ_τ = 0. {@code length} is h',
 * {@code lookback} is h − h'. W[t,s] = 1 if t lies in the window that carries ℓ_s, else 0. The first window starts at the
 * sequence's first step; where its length does not divide the sequence the last window is the short one.
 *
 * <p><b>Bias.</b> Towards the short term. On s_t = a·s_{t−1}+θ with a constant error it decays as 1/h' without lookback and
 * as a^(h−h') with one.
 *
 * <p><b>Cost.</b> One forward and h/h' backward steps per time step; h steps of tape.
 *
 * <p><b>Reference.</b> Williams &amp; Peng 1990, "An efficient gradient-based algorithm for on-line training of recurrent
 * network trajectories".
 *
 * <p><b>Departures.</b> None; public code calls five different windows "TBPTT(K)", hence the two numbers.
 *
 * @param length h': new losses of a window, at least 1
 * @param lookback h − h': earlier steps the adjoint goes back besides, at least 0
 */
public record Tbptt(int length, int lookback) implements Truncation {
    /** {@code type: tbptt}. */
    public static final Entry<GradientEstimator> ENTRY = new Entry<>(
            "tbptt",
            "truncated backpropagation through time: fixed windows, biased towards the short term",
            "Williams & Peng 1990, BPTT(h; h')",
            List.of(
                    Parameter.integer("length", "new losses of a window, h'")
                            .atLeast(1)
                            .atMost(Integer.MAX_VALUE),
                    Parameter.integer("lookback", "earlier steps the adjoint goes back besides, h − h'")
                            .atLeast(0)
                            .atMost(Integer.MAX_VALUE)
                            .orElse(0L)),
            a -> new Tbptt(a.integer("length"), a.integer("lookback")));

    public Tbptt {
        if (length < 1 || lookback < 0) {
            throw new IllegalArgumentException(
                    "tbptt of length " + length + ", lookback " + lookback + ": at least 1 and at least 0");
        }
    }

    @Override
    public Traits traits() {
        return new Traits(false, false, false, false, "length + lookback");
    }

    @Override
    public double nominalLength(StreamPlan plan) {
        return Math.min(length, plan.sequence());
    }

    @Override
    public long plannedTapeSteps(StreamPlan plan) {
        return Math.min((long) length + lookback, plan.sequence());
    }

    @Override
    public Schedule schedule(StreamPlan plan, List<Coin> coins) {
        return new Blocks();
    }

    private final class Blocks implements Schedule {
        private long done;
        private long left;

        @Override
        public void begin(long steps) {
            done = 0;
            left = steps;
        }

        @Override
        public void next(Window window) {
            int fresh = (int) Math.min(length, left);
            int back = (int) Math.min(lookback, done);
            window.reset(fresh + back, back);
            done += fresh;
            left -= fresh;
        }

        @Override
        public void save(StateWriter out) {
            out.section("blocks");
            out.putLong(done);
            out.putLong(left);
        }

        @Override
        public void load(StateReader in) {
            in.section("blocks");
            done = in.readLong();
            left = in.readLong();
        }

        @Override
        public int lookback() {
            return lookback;
        }
    }
}
