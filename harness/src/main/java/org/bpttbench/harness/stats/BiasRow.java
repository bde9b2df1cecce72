package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.EventSizes;
import org.bpttbench.harness.inference.Holm;

/**
 * The measurements behind one verdict, before it is reached: that takes the whole family of rows. It knows nothing of
 * sweeps, so that calibration judges its synthetic rows by the same code.
 *
 * @param measured the replicates' measurements, in their order; of those that got there
 * @param nothing why there is nothing to judge; empty if there is
 * @param settled whether there is no chance in the row: the estimator has none, or none that reaches anything
 * @param tailless what Markov's inequality needs; empty where the exact variance is not known
 * @param estimate empty if no measurement gives figures
 * @param inference empty if there is no chance in the row, if draws are too few or all alike, or if a replicate has no figures
 * @param guard of those that have figures
 */
public record BiasRow(
        List<BiasMeasurement> measured,
        Optional<Judgement> nothing,
        boolean settled,
        Optional<Tailless> tailless,
        Optional<BiasEstimate> estimate,
        Optional<BiasInference> inference,
        TailGuard guard) {

    /**
     * A row with its verdict.
     *
     * @param sampled what draws say; empty where they say nothing that holds
     */
    public record Judged(Optional<Sampled> sampled, Judgement judgement) {}

    /**
     * What draws say, one row of the family of all sampled rows of a sweep.
     *
     * @param inference of the row alone
     * @param pHolm its p value, paid for its look and adjusted for the family
     * @param smallestMargin within which the bias of every replicate lies, together with all rows of the family
     */
    public record Sampled(BiasInference inference, double pHolm, double smallestMargin) {}

    /**
     * Figures that hold whatever the tail.
     *
     * @param error ‖ḡ − g‖, chance and all
     * @param variance tr Var/N, computed
     */
    record Tailless(double error, double variance) {

        /** Empty unless the events of all replicates are known in full. */
        static Optional<Tailless> of(List<BiasMeasurement> replicates, List<Stratum> strata) {
            double squares = 0;
            double variance = 0;
            for (int r = 0; r < strata.size(); r++) {
                Optional<EventSizes> events = replicates.get(r).events().filter(EventSizes::whole);
                if (events.isEmpty()) {
                    return Optional.empty();
                }
                squares += strata.get(r).errorSquared() / strata.size();
                variance += events.get().total() / replicates.get(r).draws() / strata.size();
            }
            return Optional.of(new Tailless(Math.sqrt(squares), variance));
        }

        /**
         * A lower limit of the bias by Markov's inequality, E‖ḡ − E ĝ‖² being tr Var/N.
         *
         * @param alpha twice the probability that it is too high
         * @return 0 where it says nothing
         */
        double low(double alpha) {
            return Math.max(0, error - Math.sqrt(2.0 / alpha * variance));
        }
    }

    /** Of replicates that all got there. */
    public static BiasRow of(List<BiasMeasurement> measured) {
        return of(measured, true);
    }

    /**
     * @param measured not modified
     * @param complete whether no replicate is missing because it diverged
     */
    static BiasRow of(List<BiasMeasurement> measured, boolean complete) {
        List<BiasMeasurement> usable = new ArrayList<>();
        List<Stratum> strata = new ArrayList<>();
        boolean settled = true;
        for (BiasMeasurement each : measured) {
            if (each.hasFigures()) {
                Stratum stratum = Stratum.of(each);
                if (stratum.isFinite()) {
                    usable.add(each);
                    strata.add(stratum);
                    settled &= stratum.settled(each.events());
                }
            }
        }
        Optional<BiasEstimate> estimate = BiasEstimate.ofStrata(strata);
        Optional<Judgement> nothing = nothing(measured, complete, usable.size());
        Optional<BiasInference> inference =
                nothing.isEmpty() ? estimate.flatMap(figures -> BiasInference.of(strata, figures)) : Optional.empty();
        return new BiasRow(
                measured,
                nothing,
                settled && !strata.isEmpty(),
                Tailless.of(usable, strata),
                estimate,
                inference,
                TailGuard.of(usable));
    }

    private static Optional<Judgement> nothing(List<BiasMeasurement> measured, boolean complete, int usable) {
        if (measured.stream().anyMatch(BiasMeasurement::zeroGradient)) {
            return Optional.of(Judgement.ZERO_GRADIENT);
        }
        if (usable < measured.size()) {
            return Optional.of(Judgement.OVERFLOW);
        }
        return complete && usable > 0 ? Optional.empty() : Optional.of(Judgement.DIVERGED);
    }

    /**
     * The verdicts on the rows of one sweep, in their order: the sampled ones among them hold together.
     *
     * @param margins by row: relative bias below which an estimator is called equivalent
     * @param looks by row: which look at its draws this is, from 1
     */
    public static List<Judged> judge(List<BiasRow> rows, double[] margins, int[] looks) {
        double[] paid = new double[rows.size()];
        int family = 0;
        for (int i = 0; i < paid.length; i++) {
            family += rows.get(i).isTested() ? 1 : 0;
            paid[i] = rows.get(i).paid(looks[i]);
        }
        double[] adjusted = Holm.adjust(paid);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            double alpha = Judgement.SIGNIFICANCE * Looks.share(looks[i]) / Math.max(1, family);
            judged.add(rows.get(i).judged(alpha, adjusted[i], margins[i]));
        }
        return judged;
    }

    /** Whether it is one of the family of rows that hold together: draws decide, and there are enough. */
    private boolean isTested() {
        return nothing.isEmpty() && !settled && !hasFewDraws();
    }

    private boolean hasFewDraws() {
        return measured.stream().anyMatch(each -> each.draws() < BiasInference.FEWEST_DRAWS);
    }

    /** NaN where there is no test. A guarded row has one of its own that needs no p: it takes its place in the family all the same. */
    private double paid(int look) {
        if (!isTested()) {
            return Double.NaN;
        }
        return guard.fires()
                ? 1.0
                : inference.map(own -> Looks.paid(own.pValue(), look)).orElse(1.0);
    }

    private Judged judged(double alpha, double pHolm, double margin) {
        if (nothing.isPresent()) {
            return new Judged(Optional.empty(), nothing.get());
        }
        if (settled) {
            double largest = estimate.orElseThrow().highest();
            return new Judged(Optional.empty(), Judgement.exact(largest, margin));
        }
        if (hasFewDraws()) {
            return new Judged(Optional.empty(), Judgement.DRAWS);
        }
        if (guard.fires()) {
            double low = tailless.map(known -> known.low(alpha)).orElse(0.0);
            return new Judged(Optional.empty(), Judgement.guarded(low, margin));
        }
        if (inference.isEmpty()) {
            return new Judged(Optional.empty(), Judgement.DRAWS);
        }
        BiasInference own = inference.get();
        Sampled sampled = new Sampled(own, pHolm, own.smallestMargin(alpha));
        return new Judged(
                Optional.of(sampled),
                Judgement.sampled(
                        sampled.smallestMargin(), pHolm, own.relativeBias().low(), margin));
    }

    /** The share of the variance in events that the draws are not expected to have met; empty if not known. */
    public OptionalDouble unseenVariance() {
        return guard.unseenVariance();
    }

    /** How many flips carry the variance of all draws; empty if not known. */
    public OptionalDouble effectiveFlips() {
        return guard.effectiveFlips();
    }
}
