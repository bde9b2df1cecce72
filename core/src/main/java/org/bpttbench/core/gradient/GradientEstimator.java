package org.bpttbench.core.gradient;

import java.util.List;
import java.util.Optional;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.tape.TapeShape;

/** Anything that yields a gradient: a truncation or a forward-mode method. Immutable. */
public interface GradientEstimator {
    Traits traits();

    /**
     * Why this estimator cannot work on a plan, in words that say what to change; empty if it can. Depends on lanes and
     * on {@code endless} only.
     */
    default Optional<String> refusal(int lanes, boolean endless) {
        return Optional.empty();
    }

    /** What of its settings acts on no plan, so that its author may have meant something else, in words; empty if all do. */
    default Optional<String> caution() {
        return Optional.empty();
    }

    /**
     * New steps of a typical window, by which {@code per: window} divides an emission: a constant, never the random length
     * of a window, which would bias what is emitted.
     *
     * @param plan not one that this estimator refuses; its sequences are those of the episodes if there are any
     */
    default double nominalLength(StreamPlan plan) {
        return plan.sequence();
    }

    /**
     * Steps of tape to make room for: more than a stream on this plan is ever likely to need. For a random truncation a
     * high quantile of the longest segment. Where it depends on the widths of the network too, {@link #plannedTape} knows.
     *
     * @param plan its sequences are those of the episodes if there are any
     */
    default long plannedTapeSteps(StreamPlan plan) {
        return plan.sequence();
    }

    /**
     * Steps of tape that one draw takes, from what a stream of any number of draws has counted: for a random truncation
     * the draws of a measurement share one long tape that none of them needs alone.
     */
    default long tapeSteps(int lanes, Tally tally) {
        return tally.longestWindow();
    }

    /**
     * Memory to make room for.
     *
     * @param plan its sequences are those of the episodes if there are any
     * @param shape of the tape
     */
    default TapePlan plannedTape(StreamPlan plan, TapeShape shape) {
        return TapePlan.growing(plannedTapeSteps(plan), shape);
    }

    /** Why the memory that this estimator was given does not suffice, with the bytes that would; empty if it does. */
    default Optional<String> shortage(StreamPlan plan, TapeShape shape) {
        return Optional.empty();
    }

    /** Bytes of the steps that {@link #tapeSteps} tells, and of what is kept beside. */
    default long tapeBytes(TapeShape shape, Tally tally) {
        return tapeSteps(shape.lanes(), tally) * shape.bytesPerStep();
    }

    /**
     * Sets this estimator to work. The stream uses the network and the source; both may be used by nobody else while it
     * advances, except that a sink may load new weights into the network.
     *
     * @param coins one for each draw of the plan
     * @throws IllegalArgumentException with the refusal, if there is one
     */
    GradientStream open(Network network, Source source, StreamPlan plan, List<Coin> coins);
}
