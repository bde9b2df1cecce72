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
 * @param complete whether every replicate got there
 * @param estimate empty if no measurement gives figures
 * @param inference empty if there is no chance in the row, if draws are too few or all alike, or if a replicate has no figures
 * @param guard of those that have figures
 */
public record BiasRow(
        List<BiasMeasurement> measured,
        boolean complete,
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

    /** Of replicates that all got there. */
    public static BiasRow of(List<BiasMeasurement> measured) {
        return of(measured, true);
    }

    /**
     * @param measured not modified
     * @param complete whether no replicate is missing because it diverged
     */
    static BiasRow of(List<BiasMeasurement> measured, boolean complete) {
        List<BiasMeasurement> usable =
                measured.stream().filter(BiasRow::hasFigures).toList();
        List<Stratum> strata = Stratum.of(usable);
        Optional<BiasEstimate> estimate = BiasEstimate.ofStrata(strata);
        boolean judged = complete && strata.size() == measured.size();
        Optional<BiasInference> inference =
                judged ? estimate.flatMap(figures -> BiasInference.of(strata, figures)) : Optional.empty();
        return new BiasRow(measured, complete, estimate, inference, TailGuard.of(usable));
    }

    private static boolean hasFigures(BiasMeasurement measured) {
        return !measured.overflow()
                && !measured.zeroGradient()
                && Stratum.of(measured).isFinite();
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
        return without().isEmpty() && !settled() && !hasFewDraws();
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
        Optional<Judgement> none = without();
        if (none.isPresent()) {
            return new Judged(Optional.empty(), none.get());
        }
        if (settled()) {
            double largest = estimate.orElseThrow().highest();
            return new Judged(Optional.empty(), Judgement.exact(largest, margin));
        }
        if (hasFewDraws()) {
            return new Judged(Optional.empty(), Judgement.DRAWS);
        }
        if (guard.fires()) {
            return new Judged(Optional.empty(), Judgement.guarded(lowWhateverTheTail(alpha), margin));
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

    /** Why there is nothing to judge, if there is not. */
    private Optional<Judgement> without() {
        if (measured.stream().anyMatch(BiasMeasurement::zeroGradient)) {
            return Optional.of(Judgement.ZERO_GRADIENT);
        }
        if (measured.stream().anyMatch(each -> !hasFigures(each))) {
            return Optional.of(Judgement.OVERFLOW);
        }
        return complete && estimate.isPresent() ? Optional.empty() : Optional.of(Judgement.DIVERGED);
    }

    /** Whether there is no chance in the row: the estimator has none, or none that reaches anything. */
    boolean settled() {
        return estimate.isPresent()
                && measured.stream()
                        .filter(BiasRow::hasFigures)
                        .allMatch(each -> Stratum.of(each).settled(each.events()));
    }

    /**
     * A lower limit of the bias by Markov's inequality, E‖ḡ − E ĝ‖² being tr Var/N: it needs no assumption on tails, but the
     * exact variance.
     *
     * @param alpha twice the probability that it is too high
     * @return 0 where it says nothing
     */
    private double lowWhateverTheTail(double alpha) {
        double error = 0;
        double chance = 0;
        for (BiasMeasurement each : measured) {
            Optional<EventSizes> events = each.events().filter(EventSizes::whole);
            if (events.isEmpty()) {
                return 0;
            }
            error += Stratum.of(each).errorSquared() / measured.size();
            chance += events.get().total() / each.draws() / measured.size();
        }
        return Math.max(0, Math.sqrt(error) - Math.sqrt(2.0 / alpha * chance));
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
