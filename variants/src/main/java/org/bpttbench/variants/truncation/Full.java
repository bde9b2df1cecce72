package org.bpttbench.variants.truncation;

import java.util.List;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.gradient.TapePlan;
import org.bpttbench.core.gradient.Traits;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Memory;
import org.bpttbench.core.tape.SegmentPlan;
import org.bpttbench.core.tape.TapeShape;

/**
 * Full backpropagation through time.
 *
 * <p><b>Idea.</b> Unroll the whole sequence and differentiate it: the reference that all others are compared with. Where
 * the sequence is too long to be kept, keep the states at the starts of segments and run each segment forward again when
 * its turn comes to be walked back.
 *
 * <p><b>Update.</b> δ_t = ∂ℓ_t/∂s_t + J_{t+1}ᵀ δ_{t+1}, δ_{T+1} = 0, g = Σ_t (∂⁺s_t/∂θ)ᵀ δ_t. One window, all carries 1:
 * W = 1. The same bits with any memory.
 *
 * <p><b>Bias.</b> None; every draw is the exact gradient.
 *
 * <p><b>Cost.</b> One forward and one backward step per time step; T steps of tape. With {@code memory}, a second forward
 * step, and for sqrt ⌈√T⌉ steps of tape and about as many states; with a budget, the longest segments that keep within
 * it. If no length of segments does, up to three levels of states, each for one more forward step. Beside them stands what
 * the source gave, inputs, targets and masks of all T steps: the part that no division makes smaller.
 *
 * <p><b>Reference.</b> Werbos 1990, "Backpropagation through time: what it does and how to do it". Memory: Chen, Xu, Zhang
 * &amp; Guestrin 2016, "Training deep nets with sublinear memory cost", section 4; Gruslys, Munos, Danihelka, Lanctot &amp;
 * Graves 2016, "Memory-efficient backpropagation through time", section 3.
 *
 * <p><b>Departures.</b> Segments are of equal length and levels are divided evenly. Gruslys et al. place states by dynamic
 * programming and choose between hidden and internal states; here all internal states of one segment and only hidden states
 * of the others are kept.
 *
 * @param memory how much may be kept of a sequence
 */
public record Full(Memory memory) implements Truncation {
    private static final String SQRT = "sqrt";

    /** {@code type: full}. */
    public static final Entry<GradientEstimator> ENTRY = new Entry<>(
            "full",
            "full backpropagation through time: exact, keeps the whole sequence or recomputes what it may not keep",
            "Werbos 1990; memory: Chen et al. 2016, Gruslys et al. 2016",
            List.of(Parameter.size(
                            "memory",
                            "keep no more than so many bytes of a sequence and run it forward again in segments, with the"
                                    + " same gradient; sqrt keeps ⌈√T⌉ steps and states; the whole sequence if left out")
                    .orWords(SQRT)
                    .optional()),
            a -> new Full(memory(a)));

    /** Keeps the whole sequence. */
    public Full() {
        this(Memory.ALL);
    }

    private static Memory memory(Arguments a) {
        if (!a.has("memory")) {
            return Memory.ALL;
        }
        return a.isText("memory") ? Memory.SQRT : Memory.budget(a.whole("memory"));
    }

    private boolean keepsAll() {
        return memory.equals(Memory.ALL);
    }

    @Override
    public Traits traits() {
        String kept = keepsAll() ? "the whole sequence" : "one segment, the states at the starts of others, all inputs";
        return new Traits(true, true, false, true, kept);
    }

    @Override
    public TapePlan plannedTape(StreamPlan plan, TapeShape shape) {
        if (keepsAll()) {
            TapePlan whole = TapePlan.growing(plannedTapeSteps(plan), shape);
            return SegmentPlan.of(Memory.SQRT, shape, plan.longestSequence())
                    .map(less -> whole.advised("'memory: sqrt' takes " + (long) less.bytes()
                            + " bytes and twice the forward work, for the same gradient"))
                    .orElse(whole);
        }
        SegmentPlan segments = SegmentPlan.require(memory, shape, plan.longestSequence());
        return new TapePlan(segments.segment(), segments.bytes(), "");
    }

    @Override
    public Optional<String> shortage(StreamPlan plan, TapeShape shape) {
        return keepsAll()
                        || SegmentPlan.of(memory, shape, plan.longestSequence()).isPresent()
                ? Optional.empty()
                : Optional.of(SegmentPlan.shortage(memory, shape, plan.longestSequence()));
    }

    @Override
    public long tapeSteps(int lanes, Tally tally) {
        return keepsAll() ? tally.longestWindow() : tally.keptSteps();
    }

    @Override
    public long tapeBytes(TapeShape shape, Tally tally) {
        return keepsAll() ? tally.longestWindow() * shape.bytesPerStep() : (long) tally.keptBytes();
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
            public void save(StateWriter out) {
                out.section("whole sequences");
                out.putLong(left);
            }

            @Override
            public void load(StateReader in) {
                in.section("whole sequences");
                left = in.readLong();
            }

            @Override
            public void next(Window window) {
                window.reset(Math.toIntExact(left), 0);
                left = 0;
            }
        };
    }
}
