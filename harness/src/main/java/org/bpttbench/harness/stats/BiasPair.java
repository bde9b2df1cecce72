package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.NormDifference;
import org.bpttbench.harness.inference.SignedRank;
import org.bpttbench.harness.inference.StudentisedBootstrap;

/**
 * Two estimators measured at the same θ on the same data, the first less the second, in units of ‖g‖². With b the squared
 * relative bias and the strata averaged,
 *
 * <pre>
 * bias = b_1 − b_2        variance = tr S_1/‖g‖² − tr S_2/‖g‖²        mse = bias + variance
 * </pre>
 *
 * <p>One rule decides what chance is about. Where both sides' draws lie in the same batches, or one side has no chance, it
 * is that of the draws: draw i of both sides takes its chance from the same seeds, so batch m of one is paired with batch m
 * of the other, and the replicates are given. Where they do not, it is that of the replicates, compared one by one.
 *
 * @param replicates that the figures rest on: measured on both sides, with one and the same gradient and finite figures
 * @param bias of the squared relative bias, by {@link NormDifference}
 * @param variance of the relative variance, by a studentised bootstrap of jackknife pseudo-values
 * @param mse of the mean squared error of one draw, by a studentised bootstrap of batch means
 * @param note words with a space between that say what the figures rest on: see {@code columns.csv}
 * @param first what the figures are differences of, over those replicates; empty without one
 * @param second what is taken off
 */
public record BiasPair(
        int replicates,
        Figure bias,
        Figure variance,
        Figure mse,
        String note,
        Optional<BiasEstimate> first,
        Optional<BiasEstimate> second) {

    /**
     * @param value empty without a replicate
     * @param interval at 95 %; the value itself without chance, empty where none holds
     * @param pValue of no difference; empty without chance and where no test holds
     */
    public record Figure(OptionalDouble value, Optional<Interval> interval, OptionalDouble pValue) {
        Figure untested() {
            return new Figure(value, interval, OptionalDouble.empty());
        }
    }

    static final String OVER_REPLICATES = "over-replicates";

    private static final double LEVEL = 0.95;

    /** So that p can get as low as 0.0002, which is below 0.05 after Holm's correction for 250 pairs. */
    private static final int RESAMPLES = 9999;

    /** So many make a jackknife and resamples. */
    private static final int FEWEST_BATCHES = 20;

    /** Of ‖g‖: the same parameters on the same data have the same gradient, to the last bit in fact. */
    private static final double SAME = 1e-9;

    /** One replicate. */
    private record Couple(BiasMeasurement first, BiasMeasurement second, Stratum one, Stratum other) {
        Couple(BiasMeasurement first, BiasMeasurement second) {
            this(first, second, Stratum.of(first), Stratum.of(second));
        }

        boolean isFinite() {
            return one.isFinite() && other.isFinite();
        }

        boolean exact() {
            return one.exact() && other.exact();
        }

        double difference(ToDoubleFunction<Stratum> figure) {
            return figure.applyAsDouble(one) - figure.applyAsDouble(other);
        }

        /** The second is what is taken off. */
        Contrast.Couple values(ToDoubleFunction<Stratum> figure) {
            return new Contrast.Couple(figure.applyAsDouble(other), figure.applyAsDouble(one));
        }

        /** Of the side or sides with draws; empty if theirs do not lie in the same batches. */
        OptionalInt batches() {
            boolean alike = one.exact()
                    || other.exact()
                    || (one.batches() == other.batches() && first.draws() == second.draws());
            return alike ? OptionalInt.of(Math.max(one.batches(), other.batches())) : OptionalInt.empty();
        }
    }

    /** The differences of all replicates, batch by batch: the strata are averaged. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
    private record Batches(double[] triangle, double[] squaredErrors, double[] variances) {
        static Batches of(List<Couple> couples, int batches) {
            Batches all =
                    new Batches(new double[batches * (batches + 1) / 2], new double[batches], new double[batches]);
            for (Couple couple : couples) {
                double share = 1.0 / couples.size();
                all.add(share, BatchFigures.of(couple.one, batches, couple.first.draws()));
                all.add(-share, BatchFigures.of(couple.other, batches, couple.second.draws()));
            }
            return all;
        }

        private void add(double factor, BatchFigures figures) {
            add(triangle, factor, figures.triangle());
            add(squaredErrors, factor, figures.squaredErrors());
            add(variances, factor, figures.variances());
        }

        private static void add(double[] sum, double factor, double[] values) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * values[i];
            }
        }
    }

    /**
     * A pure function of its arguments.
     *
     * @param first of replicate after replicate
     * @param second of the same replicates
     * @param seeds of the resamples
     * @throws IllegalArgumentException if there are not as many on both sides
     */
    public static BiasPair of(List<BiasMeasurement> first, List<BiasMeasurement> second, Seeds seeds) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException("to be paired, " + first.size() + " and " + second.size()
                    + " measurements are not the same number");
        }
        List<Couple> couples = new ArrayList<>();
        boolean otherGradient = false;
        for (int i = 0; i < first.size(); i++) {
            BiasMeasurement one = first.get(i);
            BiasMeasurement other = second.get(i);
            if (one.overflow() || other.overflow()) {
                continue;
            }
            boolean same = sameGradient(one, other);
            otherGradient |= !same;
            if (same && !one.zeroGradient() && !other.zeroGradient()) {
                couples.add(new Couple(one, other));
            }
        }
        couples.removeIf(couple -> !couple.isFinite());
        return of(couples, seeds, otherGradient ? List.of("other-gradient") : List.of());
    }

    /** The same without a test, where runs that are asked for have not ended. */
    BiasPair partial() {
        String words = note.isEmpty() ? Contrast.PARTIAL : Contrast.PARTIAL + ' ' + note;
        return new BiasPair(replicates, bias.untested(), variance.untested(), mse.untested(), words, first, second);
    }

    /** Whether both were measured at the same θ on the same data: nothing else gives the same norm. */
    static boolean sameGradient(BiasMeasurement one, BiasMeasurement other) {
        double largest = Math.max(one.gradientNorm(), other.gradientNorm());
        return Math.abs(one.gradientNorm() - other.gradientNorm()) <= Math.max(Double.MIN_NORMAL, SAME * largest);
    }

    private static BiasPair of(List<Couple> couples, Seeds seeds, List<String> words) {
        if (couples.isEmpty()) {
            return pair(couples, value -> without(OptionalDouble.empty()), words, "no-replicates");
        }
        if (couples.stream().allMatch(Couple::exact)) {
            return pair(couples, figure -> exact(mean(couples, figure)), words, Contrast.EXACT);
        }
        if (tail(couples.stream().map(Couple::first)) || tail(couples.stream().map(Couple::second))) {
            return pair(couples, figure -> without(OptionalDouble.of(mean(couples, figure))), words, Contrast.TAIL);
        }
        int[] batches = couples.stream()
                .mapToInt(couple -> couple.batches().orElse(0))
                .distinct()
                .toArray();
        if (batches.length == 1 && batches[0] >= FEWEST_BATCHES) {
            return byBatches(couples, Batches.of(couples, batches[0]), seeds, String.join(" ", words));
        }
        boolean few = SignedRank.smallestP(couples.size()) > Difference.SIGNIFICANCE;
        String note = few ? OVER_REPLICATES + ' ' + Contrast.TOO_FEW : OVER_REPLICATES;
        return pair(couples, figure -> overReplicates(couples, figure), words, note);
    }

    private static boolean tail(Stream<BiasMeasurement> side) {
        List<BiasMeasurement> sampled = side.filter(each -> !each.exact()).toList();
        return !sampled.isEmpty() && TailGuard.of(sampled).fires();
    }

    private static BiasPair pair(
            List<Couple> couples, Function<ToDoubleFunction<Stratum>, Figure> figure, List<String> words, String note) {
        return new BiasPair(
                couples.size(),
                figure.apply(Stratum::squaredBias),
                figure.apply(Stratum::variance),
                figure.apply(BiasPair::squaredError),
                String.join(" ", Stream.concat(words.stream(), Stream.of(note)).toList()),
                estimate(couples, Couple::one),
                estimate(couples, Couple::other));
    }

    private static BiasPair byBatches(List<Couple> couples, Batches batches, Seeds seeds, String note) {
        double bias = mean(couples, Stratum::squaredBias);
        Optional<NormDifference> norms = NormDifference.of(batches.variances.length, batches.triangle, bias);
        return new BiasPair(
                couples.size(),
                new Figure(
                        OptionalDouble.of(bias),
                        norms.flatMap(each -> each.interval(LEVEL)),
                        norms.stream().mapToDouble(NormDifference::pValue).findFirst()),
                resampled(mean(couples, Stratum::variance), batches.variances, seeds.at("variance")),
                resampled(mean(couples, BiasPair::squaredError), batches.squaredErrors, seeds.at("mse")),
                note,
                estimate(couples, Couple::one),
                estimate(couples, Couple::other));
    }

    private static Optional<BiasEstimate> estimate(List<Couple> couples, Function<Couple, Stratum> side) {
        return BiasEstimate.ofStrata(couples.stream().map(side).toList());
    }

    private static Figure resampled(double value, double[] batches, Seeds seeds) {
        StudentisedBootstrap.Tested tested =
                StudentisedBootstrap.tested(new double[][] {batches}, LEVEL, RESAMPLES, seeds.generator());
        return new Figure(OptionalDouble.of(value), tested.interval(), tested.pValue());
    }

    private static Figure overReplicates(List<Couple> couples, ToDoubleFunction<Stratum> figure) {
        Contrast contrast = Contrast.paired(
                couples.stream().map(couple -> couple.values(figure)).toList(), "");
        return new Figure(contrast.difference(), contrast.interval(), contrast.pValue());
    }

    private static Figure exact(double value) {
        Optional<Interval> itself = Double.isFinite(value) ? Optional.of(new Interval(value, value)) : Optional.empty();
        return new Figure(OptionalDouble.of(value), itself, OptionalDouble.empty());
    }

    private static Figure without(OptionalDouble value) {
        return new Figure(value, Optional.empty(), OptionalDouble.empty());
    }

    /** Of one draw, over ‖g‖². */
    static double squaredError(Stratum stratum) {
        return stratum.squaredBias() + stratum.variance();
    }

    private static double mean(List<Couple> couples, ToDoubleFunction<Stratum> figure) {
        return couples.stream()
                .mapToDouble(couple -> couple.difference(figure))
                .average()
                .orElseThrow();
    }
}
