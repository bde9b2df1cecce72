package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.DrawPlan;
import org.bpttbench.experiments.measure.EventSizes;

/**
 * Whether draws have seen where their variance comes from. Where much of it comes from events that hardly happen in a sample,
 * its mean is off, its variance too small to show it, and intervals and tests do not hold.
 *
 * <p>Where the events are known it asks them, and does not depend on what was drawn. Else it asks the draws, which is weaker:
 * it fires where the five largest carry too much of the variance, or too few carry it in effect. What was written before either
 * was kept is not known to be safe.
 *
 * @param unseenVariance share of the variance in events that so many draws are not expected to have met; empty if not known
 * @param effectiveFlips how many flips carry the variance of all draws, those that may fall either way; empty if not known, and
 *     without variance
 * @param fires whether the row is not to be judged by its draws
 */
record TailGuard(OptionalDouble unseenVariance, OptionalDouble effectiveFlips, boolean fires) {
    private static final double LARGEST_SHARE = 0.2;
    private static final double FEWEST_EFFECTIVE = 50;

    /** Of a row's replicates, those with figures. */
    static TailGuard of(List<BiasMeasurement> replicates) {
        return of(replicates, BiasMeasurement::events);
    }

    /** The same of a part of the parameters. */
    static TailGuard of(List<BiasMeasurement> replicates, Function<BiasMeasurement, Optional<EventSizes>> part) {
        List<EventSizes> events =
                replicates.stream().flatMap(each -> part.apply(each).stream()).toList();
        if (!events.isEmpty() && events.size() == replicates.size()) {
            return known(
                    events, replicates.stream().map(each -> (long) each.draws()).toList());
        }
        boolean safe =
                replicates.stream().allMatch(each -> each.sample().stream().anyMatch(TailGuard::isSafe));
        return new TailGuard(OptionalDouble.empty(), OptionalDouble.empty(), !safe);
    }

    /** What so many draws of each replicate would have seen. */
    static TailGuard known(List<EventSizes> events, List<Long> draws) {
        EventSizes all = EventSizes.pooled(events, draws);
        double unseen = all.unseen();
        double flips = all.effectiveFlips();
        // A variance beyond the range of numbers has a tail.
        boolean seen = Double.isFinite(all.total()) && unseen <= DrawPlan.MOST_UNSEEN && flips >= DrawPlan.FEWEST_FLIPS;
        return new TailGuard(
                OptionalDouble.of(unseen),
                Double.isFinite(flips) ? OptionalDouble.of(flips) : OptionalDouble.empty(),
                !seen);
    }

    private static boolean isSafe(BiasMeasurement.Sample sample) {
        return sample.largestShare().isPresent()
                && sample.largestShare().getAsDouble() <= LARGEST_SHARE
                && sample.effectiveDraws() >= FEWEST_EFFECTIVE;
    }
}
