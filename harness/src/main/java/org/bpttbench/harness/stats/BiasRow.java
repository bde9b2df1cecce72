package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.AgeProfile;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.harness.inference.Holm;
import org.bpttbench.harness.inference.MaxT;

/**
 * The measurements behind one verdict, before it is reached: that takes the whole family of rows. It knows nothing of
 * sweeps, so that calibration judges its synthetic rows by the same code.
 *
 * @param measured the replicates' measurements, in their order; of those that got there
 * @param estimate empty if no measurement gives figures
 * @param inference empty if exact, or too few draws to say anything
 */
public record BiasRow(
        List<BiasMeasurement> measured, Optional<BiasEstimate> estimate, Optional<BiasInference> inference) {

    /**
     * A row with its verdict.
     *
     * @param sampled what draws say; empty if exact, or too few to say anything
     */
    public record Judged(Optional<BiasResult.Sampled> sampled, Judgement judgement) {}

    /** @param seeds of the random directions and resamples that judge the row */
    static BiasRow of(List<BiasMeasurement> measured, Seeds seeds) {
        return of(measured, seeds, MaxT.RESAMPLES);
    }

    /**
     * @param measured not modified
     * @param seeds of the random directions and resamples that judge the row
     * @param resamples of the joint test
     */
    public static BiasRow of(List<BiasMeasurement> measured, Seeds seeds, int resamples) {
        List<Stratum> strata = Stratum.of(measured);
        Optional<BiasEstimate> estimate = BiasEstimate.ofStrata(strata);
        Optional<BiasInference> inference = estimate.filter(
                        figures -> !strata.get(0).exact())
                .flatMap(figures -> BiasInference.of(strata, figures, seeds, resamples));
        return new BiasRow(measured, estimate, inference);
    }

    /**
     * The verdicts on the rows of one sweep, in their order: the sampled ones among them hold together.
     *
     * @param margins by row: relative bias below which an estimator is called equivalent
     * @param looks by row: which look at its measurement it is, for which its p and its level pay
     */
    public static List<Judged> judge(List<BiasRow> rows, double[] margins, int[] looks) {
        double[] adjusted = Holm.adjust(IntStream.range(0, looks.length)
                .mapToDouble(i -> Looks.paid(
                        rows.get(i).inference.map(BiasInference::pValue).orElse(Double.NaN), looks[i]))
                .toArray());
        int family =
                (int) rows.stream().filter(row -> row.inference.isPresent()).count();
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            judged.add(rows.get(i).judged(family, adjusted[i], margins[i], Looks.share(looks[i])));
        }
        return judged;
    }

    private Judged judged(int family, double pHolm, double margin, double share) {
        Optional<BiasResult.Sampled> sampled =
                inference.map(own -> new BiasResult.Sampled(own, pHolm, own.smallestMargin(family / share)));
        Judgement judgement = estimate.map(figures -> judgement(figures, sampled, margin))
                .orElseGet(() -> measured.stream().anyMatch(BiasMeasurement::zeroGradient)
                        ? Judgement.ZERO_GRADIENT
                        : Judgement.DIVERGED);
        return new Judged(sampled, judgement);
    }

    private Judgement judgement(BiasEstimate figures, Optional<BiasResult.Sampled> sampled, double margin) {
        if (measured.get(0).exact()) {
            return Judgement.exact(figures.relativeBias(), margin);
        }
        return sampled.map(row -> Judgement.sampled(unseenVariance(), row.smallestMargin(), row.pHolm(), margin))
                .orElse(Judgement.DRAWS);
    }

    /** The share of the variance at ages that hardly a segment reached; empty if not known. */
    public OptionalDouble unseenVariance() {
        return unseenVariance(measured);
    }

    static OptionalDouble unseenVariance(List<BiasMeasurement> measured) {
        return unseenVariance(measured, BiasMeasurement::draws);
    }

    /** The same if other numbers of draws had been made. */
    static OptionalDouble unseenVariance(List<BiasMeasurement> measured, ToLongFunction<BiasMeasurement> draws) {
        double total = 0;
        double unseen = 0;
        for (BiasMeasurement each : measured) {
            if (each.ages().isEmpty()) {
                return OptionalDouble.empty();
            }
            AgeProfile profile = each.ages().get();
            if (!each.zeroGradient()) {
                double variance = profile.total() / (each.gradientNorm() * each.gradientNorm());
                total += variance;
                unseen += variance * profile.unseen((int) draws.applyAsLong(each), Judgement.SEGMENTS_SEEN);
            }
        }
        return OptionalDouble.of(total > 0 ? unseen / total : 0.0);
    }
}
