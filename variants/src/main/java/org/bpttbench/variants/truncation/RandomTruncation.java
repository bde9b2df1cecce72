package org.bpttbench.variants.truncation;

import java.util.List;
import java.util.Optional;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.random.Coin;

/** A truncation that cuts at random: where it cuts, and what it does on a link. All else follows from the cuts. */
interface RandomTruncation extends RenewalTruncation {
    Cuts cuts();

    /** The whole difference between one random truncation and another. */
    LinkRule rule();

    @Override
    default Link link(long age) {
        return Link.drive(coin -> rule().carry(cuts().law(), age, coin));
    }

    @Override
    default boolean together(int lanes) {
        return cuts().together(lanes);
    }

    @Override
    default Optional<String> refusal(int lanes, boolean endless) {
        return cuts().refusal(lanes, endless);
    }

    @Override
    default Optional<String> caution() {
        return cuts().caution();
    }

    @Override
    default double nominalLength(StreamPlan plan) {
        return cuts().nominalLength(plan);
    }

    @Override
    default long plannedTapeSteps(StreamPlan plan) {
        return cuts().plannedTapeSteps(plan);
    }

    @Override
    default long tapeSteps(int lanes, Tally tally) {
        return cuts().tapeSteps(lanes, tally);
    }

    @Override
    default Schedule schedule(StreamPlan plan, List<Coin> coins) {
        return cuts().schedule(rule(), plan, coins);
    }
}
