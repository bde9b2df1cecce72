package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.EventSizes;
import org.bpttbench.experiments.measure.Moments;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.PairedMean;
import org.bpttbench.harness.inference.SignedRank;
import org.junit.jupiter.api.Test;

/** Two parameters, gradient (2, 0), four draws a batch; figures against the definitions on raw draws. */
class BiasPairTest {
    private static final int EACH = 4;
    private static final double NORM = 2;
    private static final Seeds SEEDS = Seeds.of(1).at("pairs");
    private static final Offset<Double> ROUNDING = within(1e-11);

    /** Draws of an error {@code [N][2]} that share their normal numbers with others of the same seed. */
    private static double[][] errors(int seed, int draws, double shift, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] errors = new double[draws][2];
        for (double[] error : errors) {
            error[0] = shift + scale * random.nextGaussian();
            error[1] = scale * random.nextGaussian();
        }
        return errors;
    }

    private static BiasMeasurement sampled(double[][] errors, double norm) {
        return measured(errors, norm, Optional.empty());
    }

    private static BiasMeasurement measured(double[][] errors, double norm, Optional<EventSizes> events) {
        boolean exact = errors.length == 1;
        int each = exact ? 1 : EACH;
        int batches = errors.length / each;
        double[] inner = new double[batches];
        double[] squares = new double[batches];
        double[] means = new double[2 * batches];
        for (int i = 0; i < errors.length; i++) {
            int m = i / each;
            means[2 * m] += errors[i][0] / each;
            means[2 * m + 1] += errors[i][1] / each;
            inner[m] += errors[i][0] * norm / each;
            squares[m] += square(errors[i]) / each;
        }
        double[] none = {};
        // As the journal has it: no means if there are fewer batches than parameters, but the Gram matrix.
        BlockMoments block = exact
                ? new BlockMoments(
                        "theta",
                        true,
                        2,
                        norm * norm,
                        inner,
                        squares,
                        none,
                        new double[] {squares[0]},
                        OptionalDouble.empty(),
                        Optional.empty())
                : new BlockMoments(
                        "theta",
                        true,
                        2,
                        norm * norm,
                        inner,
                        squares,
                        means,
                        none,
                        OptionalDouble.empty(),
                        Optional.empty());
        Optional<BiasMeasurement.Sample> sample = exact
                ? Optional.empty()
                : Optional.of(new BiasMeasurement.Sample(new Moments(), none, errors.length, OptionalDouble.of(0)));
        BiasMeasurement.Walk walk = new BiasMeasurement.Walk(1, 1, 1, 1, 1, OptionalDouble.of(1));
        return new BiasMeasurement(
                0,
                1,
                errors.length,
                norm,
                norm,
                List.of(block),
                sample,
                events,
                walk,
                List.of(),
                OptionalDouble.empty());
    }

    private static BiasMeasurement exact(double error) {
        return sampled(new double[][] {{error, 0}}, NORM);
    }

    private static double square(double[] error) {
        return error[0] * error[0] + error[1] * error[1];
    }

    /** tr S of raw draws, without those of one batch; all of them if there is no such batch. */
    private static double variance(double[][] errors, int without) {
        double[] mean = new double[2];
        double squares = 0;
        int count = 0;
        for (int i = 0; i < errors.length; i++) {
            if (i / EACH != without) {
                mean[0] += errors[i][0];
                mean[1] += errors[i][1];
                squares += square(errors[i]);
                count++;
            }
        }
        return (squares - square(mean) / count) / (count - 1);
    }

    private static BiasPair pair(BiasMeasurement one, BiasMeasurement other) {
        return BiasPair.of(List.of(one), List.of(other), SEEDS);
    }

    private static Interval interval(BiasPair.Figure figure) {
        return figure.interval().orElseThrow();
    }

    @Test
    void pseudoValuesAreTheJackknifesOnRawDraws() {
        double[][] errors = errors(3, 25 * EACH, 0.5, 1);
        Stratum stratum = Stratum.of(sampled(errors, NORM));
        BatchFigures figures = BatchFigures.of(stratum, 25, errors.length);
        double all = variance(errors, -1);
        double[] expected = IntStream.range(0, 25)
                .mapToDouble(m -> (25 * all - 24 * variance(errors, m)) / (NORM * NORM))
                .toArray();
        double off = all / (NORM * NORM)
                - IntStream.range(0, 25).mapToDouble(m -> expected[m]).average().orElseThrow();
        for (int m = 0; m < 25; m++) {
            assertThat(figures.variances()[m]).isCloseTo(expected[m] + off, ROUNDING);
        }
        assertThat(IntStream.range(0, 25)
                        .mapToDouble(m -> figures.squaredErrors()[m])
                        .average()
                        .orElseThrow())
                .isCloseTo(stratum.squaredBias() + stratum.variance(), ROUNDING);
    }

    /** Differences of what bias.csv says of the two; the bias and the variance add up to the error. */
    @Test
    void figuresAreThoseOfTheTwoRows() {
        BiasMeasurement one = sampled(errors(5, 200, 1.0, 1), NORM);
        BiasMeasurement other = sampled(errors(5, 200, 0.2, 0.5), NORM);
        BiasPair pair = pair(one, other);
        BiasEstimate first = BiasEstimate.of(List.of(one)).orElseThrow();
        BiasEstimate second = BiasEstimate.of(List.of(other)).orElseThrow();
        assertThat(pair.note()).isEmpty();
        assertThat(pair.bias().value().orElseThrow()).isCloseTo(first.squaredBias() - second.squaredBias(), ROUNDING);
        assertThat(pair.variance().value().orElseThrow())
                .isCloseTo(first.relativeVariance() - second.relativeVariance(), ROUNDING);
        assertThat(pair.mse().value().orElseThrow()).isCloseTo(first.relativeMse() - second.relativeMse(), ROUNDING);
        // True differences: (1 − 0.04)/4 and 2·(1 − 0.25)/4.
        assertThat(interval(pair.bias()).contains(0.24)).isTrue();
        assertThat(interval(pair.variance()).contains(0.375)).isTrue();
        assertThat(interval(pair.mse()).contains(0.615)).isTrue();
        assertThat(List.of(pair.bias(), pair.variance(), pair.mse()))
                .allMatch(figure -> figure.pValue().orElseThrow() < 0.01);
    }

    @Test
    void turnedAroundTheSignsTurn() {
        BiasMeasurement one = sampled(errors(5, 200, 1.0, 1), NORM);
        BiasMeasurement other = sampled(errors(5, 200, 0.9, 1.1), NORM);
        Interval there = interval(pair(one, other).bias());
        Interval back = interval(pair(other, one).bias());
        assertThat(back.low()).isCloseTo(-there.high(), within(1e-7));
        assertThat(back.high()).isCloseTo(-there.low(), within(1e-7));
        assertThat(pair(other, one).bias().pValue().orElseThrow())
                .isCloseTo(pair(one, other).bias().pValue().orElseThrow(), within(1e-5));
    }

    /** The same error in both but for a fifth of its size: were they not paired, the chance of both would hide it. */
    @Test
    void commonRandomNumbersShowSmallDifferences() {
        BiasMeasurement one = sampled(errors(5, 200, 0, 1), NORM);
        BiasPair common = pair(one, sampled(errors(5, 200, 0, 0.95), NORM));
        BiasPair apart = pair(one, sampled(errors(6, 200, 0, 0.95), NORM));
        assertThat(common.mse().pValue().orElseThrow()).isLessThan(0.01);
        assertThat(interval(apart.mse()).high() - interval(apart.mse()).low())
                .isGreaterThan(4
                        * (interval(common.mse()).high()
                                - interval(common.mse()).low()));
    }

    /** Nor do they show what chance would do to two that differ. */
    @Test
    void twoOfTheSameDoNotDiffer() {
        BiasMeasurement one = sampled(errors(5, 200, 0.3, 1), NORM);
        BiasPair pair = pair(one, one);
        assertThat(List.of(pair.bias(), pair.variance(), pair.mse())).allSatisfy(figure -> {
            assertThat(figure.value()).hasValue(0);
            assertThat(figure.interval()).isEmpty();
            assertThat(figure.pValue()).isEmpty();
        });
    }

    @Test
    void withoutChanceNothingIsTested() {
        BiasPair pair = pair(exact(1.0), exact(0.5));
        assertThat(pair.note()).isEqualTo("exact");
        assertThat(pair.bias())
                .isEqualTo(new BiasPair.Figure(
                        OptionalDouble.of(0.1875), Optional.of(new Interval(0.1875, 0.1875)), OptionalDouble.empty()));
        assertThat(pair.variance().value()).hasValue(0);
    }

    /** A bias known to be (1/2)² against one that draws have to show; their variance is all there is. */
    @Test
    void oneSideWithoutChanceIsPairedWithEveryBatch() {
        BiasPair pair = pair(exact(1.0), sampled(errors(7, 400, 0, 1), NORM));
        assertThat(pair.note()).isEmpty();
        assertThat(interval(pair.bias()).contains(0.25)).isTrue();
        assertThat(interval(pair.bias()).low()).isGreaterThan(0.2);
        assertThat(interval(pair.variance()).contains(-0.5)).isTrue();
        assertThat(interval(pair.mse()).contains(-0.25)).isTrue();
    }

    @Test
    void anUnseenTailLeavesNoInterval() {
        EventSizes tail =
                new EventSizes(0, new double[] {10, 1e-3}, new double[] {10, 1e-3}, new double[] {1, 1}, true);
        BiasMeasurement heavy = measured(errors(5, 200, 0, 1), NORM, Optional.of(tail));
        BiasPair pair = pair(exact(0.5), heavy);
        assertThat(pair.note()).isEqualTo("tail");
        assertThat(pair.bias().value()).isPresent();
        assertThat(List.of(pair.bias(), pair.variance(), pair.mse()))
                .allMatch(
                        figure -> figure.interval().isEmpty() && figure.pValue().isEmpty());
        // The same events on a side without draws is no matter: its moments are computed.
        BiasMeasurement computed = measured(new double[][] {{0.5, 0}}, NORM, Optional.of(tail));
        assertThat(pair(computed, sampled(errors(5, 200, 0, 1), NORM)).note()).isEmpty();
    }

    @Test
    void drawsThatCannotBePairedLeaveTheReplicates() {
        List<BiasMeasurement> first = IntStream.range(0, 6)
                .mapToObj(r -> sampled(errors(r, 200, 1, 1), NORM))
                .toList();
        List<BiasMeasurement> second = IntStream.range(0, 6)
                .mapToObj(r -> sampled(errors(r, 120, 0, 1), NORM))
                .toList();
        double[] differences = IntStream.range(0, 6)
                .mapToDouble(r -> Stratum.of(first.get(r)).squaredBias()
                        - Stratum.of(second.get(r)).squaredBias())
                .toArray();
        BiasPair pair = BiasPair.of(first, second, SEEDS);
        assertThat(pair.note()).isEqualTo("over-replicates");
        assertThat(pair.bias().interval()).isEqualTo(PairedMean.interval(differences, 0.95));
        assertThat(pair.bias().pValue())
                .hasValue(SignedRank.test(differences).orElseThrow().pValue());
        assertThat(BiasPair.of(first.subList(0, 5), second.subList(0, 5), SEEDS).note())
                .isEqualTo("over-replicates too-few-pairs");
    }

    @Test
    void measuredElsewhereIsNotCompared() {
        BiasMeasurement one = sampled(errors(5, 200, 0, 1), NORM);
        BiasMeasurement other = sampled(errors(5, 200, 0, 1), 1.01 * NORM);
        assertThat(BiasPair.of(List.of(one, one), List.of(other, one), SEEDS))
                .matches(pair -> pair.replicates() == 1 && pair.note().equals("other-gradient"));
        assertThat(pair(one, other).note()).isEqualTo("other-gradient no-replicates");
        assertThat(pair(one, other).bias().value()).isEmpty();
        assertThat(pair(sampled(errors(5, 200, 0, 1), 0), sampled(errors(5, 200, 0, 1), 0))
                        .note())
                .isEqualTo("no-replicates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasPair.of(List.of(one), List.of(), SEEDS))
                .withMessageContaining("1 and 0");
    }
}
