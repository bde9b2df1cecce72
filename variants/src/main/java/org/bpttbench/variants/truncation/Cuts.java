package org.bpttbench.variants.truncation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.random.Coin;

/**
 * Where a random truncation cuts, and when it hands on what it has.
 *
 * @param mean L₀ above 1: the law's mean segment length, in steps
 * @param law how likely a cut is at each age
 * @param shared whether all lanes of a draw are cut together; otherwise each on its own
 * @param flush after how many steps the segments that have closed are handed on, where several lanes that are cut each on
 *     its own train on an endless stream; without effect elsewhere
 */
public record Cuts(double mean, CutLaw law, boolean shared, OptionalInt flush) {
    /** What every random truncation takes. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.real("mean", "mean segment length L0, in steps").above(1),
            Parameter.entry("law", "how the probability of a cut depends on the age of the segment", CutLaw.CATALOG)
                    .orElse("constant"),
            Parameter.word(
                            "cuts",
                            "whether each lane is cut on its own, which averages out over the minibatch, or all together",
                            "independent",
                            "shared")
                    .orElse("independent"),
            Parameter.integer(
                            "flush",
                            "every so many steps, hand on the segments that have closed; only where more than one lane, cut"
                                    + " independently, trains on an endless stream, and required there")
                    .atLeast(1)
                    .atMost(Integer.MAX_VALUE)
                    .optional());

    /** Share of runs whose longest segment may be longer than planned; their tape grows, so the plan is no limit. */
    private static final double RARE = 0.05;

    public Cuts {
        if (flush.isPresent() && flush.getAsInt() < 1) {
            throw new IllegalArgumentException("flush is " + flush.getAsInt() + ", must be at least 1");
        }
    }

    /** Without a flush. */
    public Cuts(double mean, CutLaw law, boolean shared) {
        this(mean, law, shared, OptionalInt.empty());
    }

    /** The same, flushed after so many steps. */
    public Cuts flushedEvery(int steps) {
        return new Cuts(mean, law, shared, OptionalInt.of(steps));
    }

    static Cuts from(Arguments a) {
        CutLaw.Family family = CutLaw.CATALOG.create("type", a.nested("law"));
        return new Cuts(
                a.real("mean"),
                family.of(a.real("mean")),
                a.text("cuts").equals("shared"),
                a.has("flush") ? OptionalInt.of(a.integer("flush")) : OptionalInt.empty());
    }

    /** The schedule of a rule that is applied to every link. */
    Schedule schedule(LinkRule rule, StreamPlan plan, List<Coin> coins) {
        return flushes(plan)
                ? new FlushSchedule(rule, law, flush.getAsInt(), plan, coins)
                : new CutSchedule(rule, this, plan, coins);
    }

    /** Whether the segments of all lanes end together. */
    boolean together(int lanes) {
        return shared || lanes == 1;
    }

    private boolean flushes(StreamPlan plan) {
        return flush.isPresent() && plan.endless() && !together(plan.lanes());
    }

    /**
     * See {@code GradientEstimator.nominalLength}: where each segment is a window, the mean segment; where windows are
     * flushed, the steps between two flushes; else the one window of a sequence.
     */
    double nominalLength(StreamPlan plan) {
        if (together(plan.lanes())) {
            return Math.min(mean, (double) plan.sequence());
        }
        return flushes(plan) ? Math.min(flush.getAsInt(), plan.sequence()) : plan.sequence();
    }

    /**
     * See {@code GradientEstimator.plannedTapeSteps}: in one run of twenty a segment is longer. One that was open at a flush stays until
     * the next. Lanes that are cut each on its own and not flushed keep the whole sequence.
     */
    long plannedTapeSteps(StreamPlan plan) {
        long sequence = plan.sequence();
        if (together(plan.lanes())) {
            return longestSegment(plan);
        }
        return flushes(plan) ? Math.min(longestSegment(plan) + flush.getAsInt() - 1, sequence) : sequence;
    }

    /** The length that all of a plan's segments together exceed with probability {@link #RARE} or less. */
    private long longestSegment(StreamPlan plan) {
        double segments = Math.max(1.0, (double) plan.steps() / mean * (together(plan.lanes()) ? 1 : plan.lanes()));
        double survival = 1.0;
        long steps = 1;
        while (steps < plan.sequence() && segments * survival > RARE) {
            survival *= 1.0 - law.cut(steps++);
        }
        return steps;
    }

    /** See {@code GradientEstimator.tapeSteps}: segments that end together leave the tape one by one. */
    long tapeSteps(int lanes, Tally tally) {
        return together(lanes) ? tally.longestSegment() : tally.longestWindow();
    }

    /** See {@code Traits.memory}. */
    String memory() {
        String segment = "the longest segment: 10 to 100 times the mean";
        return flush.isPresent() && !shared ? segment + ", and the steps between two flushes" : segment;
    }

    /** See {@code GradientEstimator.refusal}. */
    Optional<String> refusal(int lanes, boolean endless) {
        if (endless && !together(lanes) && flush.isEmpty()) {
            return Optional.of("independent cuts do not train on an endless stream with " + lanes
                    + " lanes: the lanes' segments end at different steps; write 'flush: N' to hand on, every N steps, the"
                    + " segments that have ended, or 'cuts: shared', or 'lanes: 1'");
        }
        return Optional.empty();
    }

    /** See {@code GradientEstimator.caution}. */
    Optional<String> caution() {
        return shared && flush.isPresent()
                ? Optional.of("flush has no effect with 'cuts: shared': segments are handed on where they end")
                : Optional.empty();
    }
}
