package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.EventSizes;
import org.bpttbench.experiments.measure.Moments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on rows of normal draws whose bias is known. */
class BiasRowTest {
    private static final double MARGIN = 0.05;
    private static final double[] NONE = {};

    /** Events that every draw meets. */
    private static EventSizes seen(double variance) {
        return new EventSizes(0, new double[] {10}, new double[] {10}, new double[] {variance}, true);
    }

    /** Events that one draw in a thousand meets. */
    private static EventSizes unseen(double variance, boolean whole) {
        return new EventSizes(0, new double[] {1e-3}, new double[] {10}, new double[] {variance}, whole);
    }

    private static BiasMeasurement.Sample sample(double largestShare, double effectiveDraws) {
        return new BiasMeasurement.Sample(new Moments(), NONE, effectiveDraws, OptionalDouble.of(largestShare));
    }

    /** One replicate: a bias along the gradient, which is 1 in the first of so many parameters. */
    private static BiasMeasurement replicate(int seed, int draws, int parameters, double bias, double sd) {
        return replicate(seed, draws, parameters, bias, sd, Optional.of(seen(sd * sd * parameters)));
    }

    private static BiasMeasurement replicate(
            int seed, int draws, int parameters, double bias, double sd, Optional<EventSizes> events) {
        return replicate(seed, draws, parameters, bias, sd, events, sample(0.01, draws));
    }

    private static BiasMeasurement replicate(
            int seed,
            int draws,
            int parameters,
            double bias,
            double sd,
            Optional<EventSizes> events,
            BiasMeasurement.Sample sample) {
        SplittableRandom random = new SplittableRandom(seed);
        int batches = Math.min(200, draws);
        double[] means = new double[batches * parameters];
        double[] inner = new double[batches];
        double[] squares = new double[batches];
        for (int i = 0; i < draws; i++) {
            int m = i / (draws / batches);
            for (int p = 0; p < parameters; p++) {
                double error = sd * random.nextGaussian() + (p == 0 ? bias : 0);
                means[m * parameters + p] += error * batches / draws;
                squares[m] += error * error * batches / draws;
                inner[m] += p == 0 ? error * batches / draws : 0;
            }
        }
        BlockMoments block = new BlockMoments(
                "recurrent", true, parameters, 1, inner, squares, means, NONE, OptionalDouble.empty(), events);
        return measurement(draws, List.of(block), Optional.of(sample), events);
    }

    private static BiasMeasurement exact(double error) {
        BlockMoments block = new BlockMoments(
                "recurrent",
                true,
                1,
                1,
                new double[] {error},
                new double[] {error * error},
                new double[] {error},
                NONE,
                OptionalDouble.of(0),
                Optional.empty());
        return measurement(1, List.of(block), Optional.empty(), Optional.empty());
    }

    private static BiasMeasurement measurement(
            int draws,
            List<BlockMoments> blocks,
            Optional<BiasMeasurement.Sample> sample,
            Optional<EventSizes> events) {
        BiasMeasurement.Walk walk = new BiasMeasurement.Walk(1, 1, 1, 1, 1, OptionalDouble.of(1));
        return new BiasMeasurement(0, 1, draws, 1, 1, blocks, sample, events, walk, List.of(), OptionalDouble.empty());
    }

    private static BiasRow.Judged judged(BiasMeasurement... replicates) {
        return BiasRow.judge(List.of(BiasRow.of(List.of(replicates))), new double[] {MARGIN}, new int[] {1})
                .get(0);
    }

    /** One statistic: the interval leaves 0 out exactly where p is below 0.05, whatever draws, directions and replicates. */
    @ParameterizedTest
    @CsvSource({"1, 1", "20, 1", "300, 1", "5, 3"})
    void theIntervalAndTheTestAreOne(int parameters, int replicates) {
        int significant = 0;
        for (int i = 0; i < 60; i++) {
            int seed = 100 * i;
            double bias = 0.004 * i;
            List<BiasMeasurement> row = IntStream.range(0, replicates)
                    .mapToObj(r -> replicate(seed + r, 200, parameters, bias, 0.5))
                    .toList();
            BiasInference inference = BiasRow.of(row).inference().orElseThrow();
            assertThat(inference.relativeBias().low() > 0).isEqualTo(inference.pValue() < 0.05);
            assertThat(inference.pValue()).isBetween(Double.MIN_NORMAL, 1.0);
            significant += inference.pValue() < 0.05 ? 1 : 0;
        }
        assertThat(significant).isBetween(3, 57);
    }

    /** However far the draws are off, chance is never excluded. */
    @Test
    void pIsNeverZero() {
        BiasInference inference =
                BiasRow.of(List.of(replicate(1, 200, 3, 1e4, 1))).inference().orElseThrow();
        assertThat(inference.pValue()).isPositive();
    }

    @Test
    void everyReplicateMustBeEquivalent() {
        BiasMeasurement good = replicate(1, 2000, 2, 0, 0.1);
        BiasMeasurement bad = replicate(2, 2000, 2, 0.07, 0.1);
        assertThat(judged(good).judgement().verdict()).isEqualTo(Verdict.EQUIVALENT);
        List<BiasMeasurement> row = new ArrayList<>(List.of(bad));
        row.addAll(IntStream.range(3, 12)
                .mapToObj(seed -> replicate(seed, 2000, 2, 0, 0.1))
                .toList());
        BiasRow.Judged judged = judged(row.toArray(BiasMeasurement[]::new));
        // Their root mean square, 0.022, is below the margin; one of them is not.
        BiasEstimate estimate = BiasEstimate.of(row).orElseThrow();
        assertThat(estimate.relativeBias()).isLessThan(0.03);
        assertThat(judged.judgement()).isEqualTo(Judgement.SIZE_OPEN);
        assertThat(judged.sampled().orElseThrow().smallestMargin()).isGreaterThan(0.07);
    }

    @Test
    void exactRowsAskEveryReplicateToo() {
        assertThat(judged(exact(0.01), exact(0.04)).judgement().verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(judged(exact(0.01), exact(0.05)).judgement()).isEqualTo(Judgement.ABOVE_MARGIN);
    }

    @Test
    void fewerThanAHundredDrawsAreNotJudged() {
        assertThat(judged(replicate(1, 99, 2, 1, 0.1)).judgement()).isEqualTo(Judgement.DRAWS);
        assertThat(judged(replicate(1, 99, 2, 1, 0.1)).sampled()).isEmpty();
        assertThat(judged(replicate(1, 100, 2, 1, 0.1)).judgement()).isEqualTo(Judgement.ABOVE_MARGIN);
    }

    @Test
    void anUnseenTailComesBeforeTheTest() {
        Optional<EventSizes> sketched = Optional.of(unseen(0.02, false));
        BiasRow.Judged judged = judged(replicate(1, 200, 2, 0.87, 0.1, sketched));
        assertThat(judged.judgement()).isEqualTo(Judgement.TAIL);
        assertThat(judged.sampled()).isEmpty();
        // What is known of a tail need not be all that there is, so a fifth of it may stay unseen.
        EventSizes mixed = new EventSizes(0, new double[] {10, 1e-3}, new double[] {10, 10}, new double[] {4, 1}, true);
        assertThat(judged(replicate(1, 200, 2, 0.87, 0.1, Optional.of(mixed))).judgement())
                .isEqualTo(Judgement.ABOVE_MARGIN);
    }

    /** A bias of 0.87 with a variance of 0.02: no tail of that variance explains it, see E‖ḡ − Eĝ‖² = tr Var/N. */
    @Test
    void markovNeedsNoTail() {
        assertThat(judged(replicate(1, 200, 2, 0.87, 0.1, Optional.of(unseen(0.02, true))))
                        .judgement())
                .isEqualTo(Judgement.ABOVE_MARGIN);
        // α = 0.04 of one row: shown from √(2/0.04·0.02/200) = 0.0707 on, and above the margin from 0.1207 on.
        assertThat(judged(replicate(1, 200, 2, 0.068, 1e-6, Optional.of(unseen(0.02, true))))
                        .judgement())
                .isEqualTo(Judgement.TAIL);
        assertThat(judged(replicate(1, 200, 2, 0.073, 1e-6, Optional.of(unseen(0.02, true))))
                        .judgement())
                .isEqualTo(Judgement.SIZE_OPEN);
        assertThat(judged(replicate(1, 200, 2, 0.1205, 1e-6, Optional.of(unseen(0.02, true))))
                        .judgement())
                .isEqualTo(Judgement.SIZE_OPEN);
        assertThat(judged(replicate(1, 200, 2, 0.1209, 1e-6, Optional.of(unseen(0.02, true))))
                        .judgement())
                .isEqualTo(Judgement.ABOVE_MARGIN);
    }

    /** Without events the draws are asked; what neither was kept of is not known to be safe. */
    @Test
    void theGuardOfOtherEstimatorsIsEmpirical() {
        assertThat(judged(replicate(1, 200, 2, 1, 0.1, Optional.empty(), sample(0.2, 50)))
                        .judgement())
                .isEqualTo(Judgement.ABOVE_MARGIN);
        assertThat(judged(replicate(1, 200, 2, 1, 0.1, Optional.empty(), sample(0.21, 50)))
                        .judgement())
                .isEqualTo(Judgement.TAIL);
        assertThat(judged(replicate(1, 200, 2, 1, 0.1, Optional.empty(), sample(0.2, 49)))
                        .judgement())
                .isEqualTo(Judgement.TAIL);
        BiasMeasurement.Sample old = new BiasMeasurement.Sample(new Moments(), NONE, 200, OptionalDouble.empty());
        assertThat(judged(replicate(1, 200, 2, 1, 0.1, Optional.empty(), old)).judgement())
                .isEqualTo(Judgement.TAIL);
    }

    /** All draws alike: an expectation where nothing can be cut, a poor sample where something can. */
    @Test
    void noSpreadIsNoChanceOnlyWhereThereIsNone() {
        EventSizes nothing = new EventSizes(0, NONE, NONE, NONE, true);
        BiasRow.Judged settled = judged(replicate(1, 200, 2, 0.01, 0, Optional.of(nothing)));
        assertThat(settled.judgement().verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(settled.sampled()).isEmpty();
        assertThat(judged(replicate(1, 200, 2, 0.06, 0, Optional.of(nothing))).judgement())
                .isEqualTo(Judgement.ABOVE_MARGIN);
        EventSizes rare = new EventSizes(0, new double[] {1}, new double[] {1e-3}, new double[] {0.01}, true);
        assertThat(judged(replicate(1, 200, 2, 0.01, 0, Optional.of(rare))).judgement())
                .isEqualTo(Judgement.TAIL);
    }

    @Test
    void oneReplicateWithoutFiguresLeavesTheRowOpen() {
        BiasMeasurement good = replicate(1, 200, 2, 1, 0.1);
        BiasMeasurement overflow = measurement(200, List.of(), good.sample(), Optional.empty());
        assertThat(overflow.overflow()).isTrue();
        assertThat(judged(good, overflow).judgement()).isEqualTo(Judgement.OVERFLOW);
        assertThat(judged(overflow).judgement()).isEqualTo(Judgement.OVERFLOW);
        BiasMeasurement endless = replicate(3, 200, 2, Double.POSITIVE_INFINITY, 0.1);
        assertThat(judged(good, endless).judgement()).isEqualTo(Judgement.OVERFLOW);
        BiasRow incomplete = BiasRow.of(List.of(good), false);
        assertThat(BiasRow.judge(List.of(incomplete), new double[] {MARGIN}, new int[] {1})
                        .get(0)
                        .judgement())
                .isEqualTo(Judgement.DIVERGED);
        // Figures of the others stay.
        assertThat(BiasRow.of(List.of(good, overflow)).estimate().orElseThrow().replicates())
                .isEqualTo(1);
    }

    /** A further look pays by its p, and by the level of its limit. */
    @Test
    void aFurtherLookIsPaidFor() {
        BiasRow row = BiasRow.of(List.of(replicate(1, 400, 2, 0.012, 0.1)));
        double p = row.inference().orElseThrow().pValue();
        double[] margins = {MARGIN, MARGIN};
        List<BiasRow.Judged> judged = BiasRow.judge(List.of(row, row), margins, new int[] {1, 2});
        assertThat(judged.get(0).sampled().orElseThrow().pHolm()).isCloseTo(Math.min(1, 2 * p / 0.8), within(1e-12));
        assertThat(judged.get(1).sampled().orElseThrow().pHolm())
                .isCloseTo(Math.min(1, Math.max(2 * p / 0.8, p / 0.1)), within(1e-12));
        assertThat(judged.get(1).sampled().orElseThrow().smallestMargin())
                .isGreaterThan(judged.get(0).sampled().orElseThrow().smallestMargin());
    }

    /** A guarded row has a test of its own, so that it is one of the family. */
    @Test
    void aGuardedRowCountsInTheFamily() {
        BiasRow row = BiasRow.of(List.of(replicate(1, 400, 2, 0.012, 0.1)));
        BiasRow guarded = BiasRow.of(List.of(replicate(2, 400, 2, 0, 0.1, Optional.of(unseen(0.02, true)))));
        double alone = pHolm(row);
        double beside = pHolm(row, guarded);
        assertThat(beside).isCloseTo(2 * alone, within(1e-12));
        assertThat(pHolm(row, BiasRow.of(List.of(exact(1))))).isEqualTo(alone);
    }

    private static double pHolm(BiasRow... rows) {
        double[] margins = new double[rows.length];
        Arrays.fill(margins, MARGIN);
        int[] looks = new int[rows.length];
        Arrays.fill(looks, 1);
        return BiasRow.judge(List.of(rows), margins, looks)
                .get(0)
                .sampled()
                .orElseThrow()
                .pHolm();
    }

    /** The readout's gradient is exact, and only dilutes: a row is about the rest. */
    @Test
    void theReadoutIsNoPartOfARow() {
        BiasMeasurement cell = replicate(1, 200, 2, 0.5, 0.1);
        BlockMoments readout = new BlockMoments(
                "readout",
                false,
                3,
                1e6,
                new double[200],
                new double[200],
                NONE,
                NONE,
                OptionalDouble.empty(),
                Optional.empty());
        BiasMeasurement both = measurement(200, List.of(cell.blocks().get(0), readout), cell.sample(), cell.events());
        assertThat(BiasEstimate.of(List.of(both))).isEqualTo(BiasEstimate.of(List.of(cell)));
    }
}
