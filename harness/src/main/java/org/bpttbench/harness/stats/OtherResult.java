package org.bpttbench.harness.stats;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.OtherBias;
import org.bpttbench.harness.inference.Interval;

/**
 * What biases training at one checkpoint of a setting besides the truncation, and what the choice of sequences adds to the
 * variance.
 *
 * @param of the truncation's own figures
 * @param replicates those with a gradient; each figure rests on those of them that have it
 * @param figures of each kind that there is
 * @param clippedShare share of the draws that clipping changed; mean over the replicates, empty where nothing is clipped
 * @param dataVariance variance of the exact gradient over sequences, over their number and ‖g‖²; mean over the replicates,
 *     empty for a single sequence
 */
public record OtherResult(
        BiasResult of,
        int replicates,
        Map<OtherBias.Kind, Figure> figures,
        OptionalDouble clippedShare,
        OptionalDouble dataVariance) {

    /**
     * One kind of bias, relative to the value it is compared with.
     *
     * @param interval of 95 %; the figure itself if exact, empty if the draws are too few
     */
    public record Figure(BiasEstimate estimate, Optional<Interval> interval) {
        private static Optional<Figure> of(List<Stratum> strata) {
            return BiasEstimate.ofStrata(strata).map(estimate -> new Figure(estimate, interval(strata, estimate)));
        }

        private static Optional<Interval> interval(List<Stratum> strata, BiasEstimate estimate) {
            return strata.get(0).exact()
                    ? Optional.of(new Interval(estimate.relativeBias(), estimate.relativeBias()))
                    : BiasInference.of(strata, estimate).map(BiasInference::relativeBias);
        }
    }

    public OtherResult {
        figures = Map.copyOf(figures);
    }

    /** Empty where there is nothing of the kind. */
    public static Optional<OtherResult> of(BiasResult result) {
        List<BiasMeasurement> measured =
                result.measured().stream().filter(BiasMeasurement::hasFigures).toList();
        Map<OtherBias.Kind, Figure> figures = new EnumMap<>(OtherBias.Kind.class);
        for (OtherBias.Kind kind : OtherBias.Kind.values()) {
            Figure.of(strata(measured, kind)).ifPresent(figure -> figures.put(kind, figure));
        }
        OptionalDouble dataVariance = result.dataVariance();
        return figures.isEmpty() && dataVariance.isEmpty()
                ? Optional.empty()
                : Optional.of(new OtherResult(result, measured.size(), figures, clippedShare(measured), dataVariance));
    }

    private static List<Stratum> strata(List<BiasMeasurement> measured, OtherBias.Kind kind) {
        return measured.stream()
                .flatMap(each -> each.others().stream())
                .filter(other -> other.kind() == kind)
                .map(Stratum::of)
                .filter(Stratum::isFinite)
                .toList();
    }

    private static OptionalDouble clippedShare(List<BiasMeasurement> measured) {
        return measured.stream()
                .flatMap(each -> each.others().stream())
                .flatMapToDouble(other -> other.changed().stream())
                .average();
    }
}
