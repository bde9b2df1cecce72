package org.bpttbench.experiments.measure;

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
 * @param ages {@code [steps+1]}: by the age at which the flip falls, all groups together; entry 0 is unused
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
record TruncationVariance(double[] groups, double[] ages) {

    /** Of a measured sequence: lanes that are cut together have one increment, others have increments of their own. */
    static TruncationVariance of(FrozenRun run, RenewalTruncation truncation, Reading reading) {
        return of(run, truncation, reading, 1);
    }

    /** The same from every {@code stride}-th link alone, the first among them: an estimate if the stride is not 1. */
    static TruncationVariance of(FrozenRun run, RenewalTruncation truncation, Reading reading, int stride) {
        AgeChain chain = new AgeChain(truncation, run.steps());
        if (truncation.together(run.lanes())) {
            return increments(run, chain, reading, stride);
        }
        double[] groups = new double[reading.groups()];
        double[] ages = new double[run.steps() + 1];
        double share = 1.0 / ((double) run.lanes() * run.lanes());
        for (int lane = 0; lane < run.lanes(); lane++) {
            TruncationVariance own = increments(run.lane(lane), chain, reading, stride);
            add(share, own.groups, groups);
            add(share, own.ages, ages);
        }
        return new TruncationVariance(groups, ages);
    }

    private static TruncationVariance increments(FrozenRun run, AgeChain chain, Reading reading, int stride) {
        Increments increments = new Increments(run.steps(), reading, stride);
        if (chain.compensated() || chain.ageless()) {
            new CommonIncrements(run, chain, reading).addTo(increments);
        } else {
            new AgedIncrements(run, chain, reading).addTo(increments);
        }
        return increments.sum();
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

    private static void add(double weight, double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * from[i];
        }
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
