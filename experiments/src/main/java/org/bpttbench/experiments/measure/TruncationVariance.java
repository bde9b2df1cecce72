package org.bpttbench.experiments.measure;

import java.util.List;
import org.bpttbench.core.gradient.RenewalTruncation;

/**
 * The variance that chance gives an estimate at frozen θ, computed: the sum of the squares of its martingale increments.
 * The estimate is a martingale in the flips; the flip behind step j, where the segment has age k, moves its expectation by
 * Δ_j(k) between cut and uncut, so that
 *
 * <pre>tr Var(ĝ) = Σ_j Σ_k P(age k at j) · c(k)·(1 − c(k)) · ‖Δ_j(k)‖²</pre>
 *
 * <p>For a truncation that compensates, Δ_j(k) = h_j(k)/(1 − c(k)) with h the backward pass that starts behind step j with
 * the exact adjoint of all later losses, injects nothing and runs back over the k steps of the segment.
 *
 * @param groups by group of the reading
 * @param events by group, their sizes in units of the group's own ‖g‖²; without any where it has none
 * @param all of the cell, in units of its ‖g‖²
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record TruncationVariance(double[] groups, List<EventSizes> events, EventSizes all) {
    /**
     * Of a measured sequence: lanes that are cut together have one increment, others have increments of their own.
     *
     * @param units by group, the ‖g‖² that sizes of events are told in; 0 where none are
     */
    static TruncationVariance of(FrozenRun run, RenewalTruncation truncation, Reading reading, double[] units) {
        return of(run, truncation, reading, units, 1);
    }

    /** The same from every {@code stride}-th link alone, the first among them: an estimate if the stride is not 1. */
    static TruncationVariance of(
            FrozenRun run, RenewalTruncation truncation, Reading reading, double[] units, int stride) {
        AgeChain chain = new AgeChain(truncation, run.steps());
        if (truncation.together(run.lanes())) {
            Increments increments = new Increments(run.steps(), reading, stride, 1.0, units);
            add(run, chain, reading, increments);
            return increments.sum();
        }
        double share = 1.0 / ((double) run.lanes() * run.lanes());
        Increments increments = new Increments(run.steps(), reading, stride, share, units);
        for (int lane = 0; lane < run.lanes(); lane++) {
            increments.nextLane();
            add(run.lane(lane), chain, reading, increments);
        }
        return increments.sum();
    }

    private static void add(FrozenRun run, AgeChain chain, Reading reading, Increments increments) {
        if (chain.compensated() || chain.ageless()) {
            new CommonIncrements(run, chain, reading).addTo(increments);
        } else {
            new AgedIncrements(run, chain, reading).addTo(increments);
        }
    }

    /** Multiplications, about, that the increments of one link take on average. */
    static double workPerLink(RenewalTruncation truncation, int steps, int lanes, long parameters, int kept) {
        Links links = new Links(truncation, steps);
        double t = steps;
        double runs = truncation.together(lanes) ? 1 : lanes;
        if (!links.compensated() && !links.ageless()) {
            return runs * t * t / 2 * parameters;
        }
        return runs * (t / 2 * 3 * parameters + (links.ageless() ? t / 2 : t * t / 6) * kept);
    }

    /** Doubles that the increments keep at once: gradients and carries of all segments, unless one serves them all. */
    static double room(RenewalTruncation truncation, int steps, long parameters, int kept) {
        Links links = new Links(truncation, steps);
        if (links.ageless()) {
            return kept;
        }
        return links.compensated() ? (double) steps * kept : (double) steps * (parameters + 2.0 * kept + steps);
    }

    /** tr Var(ĝ). */
    double total() {
        double total = 0;
        for (double group : groups) {
            total += group;
        }
        return total;
    }
}
