package org.bpttbench.variants.example;

import java.util.Arrays;
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

/** Blocks of K steps at a random phase, so that no step is always a block's first: E[W[t,s]] = max(0, 1 − (s−t)/K). */
public record RandomPhase(int length) implements Truncation {
    public static final Entry<GradientEstimator> ENTRY = new Entry<>(
            "random-phase",
            "blocks of fixed length at a random phase: biased towards the short term",
            "an example, not a paper",
            List.of(Parameter.integer("length", "steps of a block, K")
                    .atLeast(1)
                    .atMost(1 << 20)),
            a -> new RandomPhase(a.integer("length")));

    @Override
    public Traits traits() {
        return new Traits(false, false, true, true, "the whole sequence");
    }

    @Override
    public Schedule schedule(StreamPlan plan, List<Coin> coins) {
        return new Schedule() {
            private int steps;

            @Override
            public void begin(long sequence) {
                steps = Math.toIntExact(sequence);
            }

            @Override
            public void next(Window window) { // one window, the whole sequence; the blocks are its cuts
                window.reset(steps, 0);
                double[] carries = window.makeCarries();
                for (int draw = 0; draw < plan.draws(); draw++) {
                    for (int last = phase(coins.get(draw)); last < steps - 1; last += length) {
                        int row = last * window.rows() + draw * plan.lanes();
                        Arrays.fill(carries, row, row + plan.lanes(), 0.0); // nothing passes from last + 1 to last
                    }
                }
            }
        };
    }

    /** Uniform in 0 … K−1, from the coin alone: so every pattern of cuts can be enumerated. */
    private int phase(Coin coin) {
        int phase = 0;
        while (phase < length - 1 && !coin.flip(1.0 / (length - phase))) {
            phase++;
        }
        return phase;
    }
}
