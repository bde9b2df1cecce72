package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallSamplesTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void holmLeavesOutWhatHasNoTest() {
        assertThat(Holm.adjust(0.01, Double.NaN, 0.04, 0.03)).containsExactly(0.03, Double.NaN, 0.06, 0.06);
        assertThat(Holm.adjust()).isEmpty();
        assertThat(Holm.adjust(Double.NaN)).containsExactly(Double.NaN);
        assertThatIllegalArgumentException().isThrownBy(() -> Holm.adjust(0.1, 1.1));
    }

    /** Where all differences have one sign, p is the smallest there is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 6, 30})
    void smallestSignedRankP(int pairs) {
        double[] differences = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            differences[i] = i + 1.0;
        }
        assertThat(SignedRank.test(differences).orElseThrow().pValue())
                .isEqualTo(SignedRank.smallestP(pairs), within(1e-15 * SignedRank.smallestP(pairs)));
        assertThat(SignedRank.smallestP(pairs) < 0.05).isEqualTo(pairs >= 6);
    }

    @Test
    void divergedRunsRankLast() {
        SignedRank test = SignedRank.test(-INFINITE, 1, 2, 1e300, 0).orElseThrow();
        assertThat(SignedRank.test(-9, 1, 2, 3)).contains(test);
        assertThat(test.pairs()).isEqualTo(4);
        assertThat(SignedRank.test(-INFINITE, -INFINITE, 5).orElseThrow().statistic())
                .isEqualTo(1);
    }

    /** Pairs of figures with four decimals. */
    private static final double[][] PAIRS = {
        {0.8774, 0.8786},
        {0.8132, 0.8136},
        {0.8711, 0.8715},
        {0.8647, 0.8635},
        {0.8332, 0.8324},
        {0.8538, 0.8542},
        {0.8582, 0.8574},
        {0.8126, 0.8130},
        {0.8396, 0.8400},
        {0.8817, 0.8821},
        {0.8421, 0.8413}
    };

    /**
     * Differences of 0.0004, 0.0008 and 0.0012, as subtraction leaves them, against all 2¹¹ signs of the whole numbers 4, 8
     * and 12 that they stand for: p = 229/256. Ranked by their last digits they gave 15/16.
     */
    @Test
    void differencesThatRoundingTellsApartAreTies() {
        double[] differences =
                Arrays.stream(PAIRS).mapToDouble(pair -> pair[1] - pair[0]).toArray();
        long[] whole = Arrays.stream(differences)
                .mapToLong(each -> Math.round(each * 10_000))
                .toArray();
        assertThat(Arrays.stream(differences).map(Math::abs).distinct().count()).isGreaterThan(3);
        assertThat(SignedRank.test(differences).orElseThrow().pValue())
                .isEqualTo(signedRankP(whole), within(1e-15))
                .isEqualTo(0.89453125, within(1e-15));
    }

    /** By all signs. */
    private static double signedRankP(long[] differences) {
        int n = differences.length;
        double observed = 0;
        double[] ranks = new double[n];
        for (int i = 0; i < n; i++) {
            for (long other : differences) {
                ranks[i] += Math.abs(other) < Math.abs(differences[i]) ? 1 : 0;
                ranks[i] += Math.abs(other) == Math.abs(differences[i]) ? 0.5 : 0;
            }
            ranks[i] += 0.5;
            observed += differences[i] > 0 ? ranks[i] : 0;
        }
        int below = 0;
        int above = 0;
        for (int signs = 0; signs < 1 << n; signs++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
            }
            below += sum <= observed ? 1 : 0;
            above += sum >= observed ? 1 : 0;
        }
        return Math.min(1, 2.0 * Math.min(below, above) / (1 << n));
    }

    @Test
    void valuesThatRoundingTellsApartAreTies() {
        double sum = 0.1 + 0.2;
        assertThat(sum).isNotEqualTo(0.3);
        assertThat(RankSum.test(new double[] {0.3, 0.3}, new double[] {sum, sum, sum}))
                .isEqualTo(RankSum.test(new double[] {1, 1}, new double[] {1, 1, 1}));
        assertThat(RankSum.test(new double[] {0.3, 0.3}, new double[] {0.3 + 1e-9, 0.4, 0.4}))
                .isEqualTo(RankSum.test(new double[] {1, 1}, new double[] {2, 3, 3}));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1e-320, true",
        "0, 1e-300, false",
        "1, 1.0000000000009, true",
        "1, 1.0000000000011, false",
        "-3e200, -3.000000000001e200, true",
        "-1, 1, false",
        "Infinity, Infinity, true",
        "Infinity, 1e308, false",
        "Infinity, -Infinity, false",
        "1.7e308, -1.7e308, false",
        "NaN, NaN, false",
        "NaN, 0, false"
    })
    void whatRoundingMakesOne(double one, double other, boolean same) {
        assertThat(Rounding.same(one, other)).isEqualTo(same);
        assertThat(Rounding.same(other, one)).isEqualTo(same);
        assertThat(Rounding.difference(one, other) == 0).isEqualTo(same);
    }

    /** Two samples that do not overlap give the smallest p there is. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 3, 0.1", "4, 4, 0.02857142857142857", "2, 9, 0.03636363636363636"})
    void smallestRankSumP(int first, int second, double expected) {
        double[] low = new double[first];
        double[] high = new double[second];
        Arrays.setAll(low, i -> -i);
        Arrays.setAll(high, i -> 1.0 + i);
        assertThat(RankSum.smallestP(first, second)).isEqualTo(expected, within(1e-15));
        assertThat(RankSum.test(low, high).orElseThrow().pValue()).isEqualTo(expected, within(1e-13));
        assertThat(RankSum.test(low, high).orElseThrow().sign()).isEqualTo(1);
        assertThat(RankSum.test(high, low).orElseThrow().sign()).isEqualTo(-1);
    }

    @Test
    void samplesOfOtherLengthsHaveASign() {
        assertThat(RankSum.test(new double[] {1, 1}, new double[] {1, 1, 1}).orElseThrow())
                .isEqualTo(new RankSum(2, 3, 3, 1))
                .returns(0, RankSum::sign);
        assertThat(RankSum.test(new double[] {1, 2}, new double[0])
                        .orElseThrow()
                        .pValue())
                .isEqualTo(1);
        assertThat(RankSum.test(new double[] {5, 6}, new double[] {7, INFINITE, INFINITE})
                        .orElseThrow()
                        .statistic())
                .isEqualTo(6);
    }

    @Test
    void oneValueOnASideHasNoInterval() {
        assertThat(MeanDifference.interval(new double[] {1}, new double[] {1, 2}, 0.95))
                .isEmpty();
        assertThat(MeanDifference.interval(new double[] {1, 1}, new double[] {3, 3}, 0.95))
                .contains(new Interval(2, 2));
        // The same in another unit, whose squares of variances are 0: 1e-90 to the fourth.
        Interval usual = MeanDifference.interval(new double[] {1, 2, 4}, new double[] {5, 9}, 0.95)
                .orElseThrow();
        Interval small = MeanDifference.interval(new double[] {1e-90, 2e-90, 4e-90}, new double[] {5e-90, 9e-90}, 0.95)
                .orElseThrow();
        assertThat(small.low()).isEqualTo(1e-90 * usual.low(), within(1e-100));
        assertThat(small.high()).isEqualTo(1e-90 * usual.high(), within(1e-100));
    }

    @Test
    void oneDifferenceHasNoInterval() {
        assertThat(PairedMean.interval(new double[] {1}, 0.95)).isEmpty();
        assertThat(PairedMean.interval(new double[0], 0.95)).isEmpty();
        assertThat(PairedMean.interval(new double[] {1, 1, 1}, 0.95)).contains(new Interval(1, 1));
    }

    @Test
    void divergedRunsAreTrimmedUnlessTooMany() {
        assertThat(InterquartileMean.of(INFINITE, 1, 2, 3)).hasValue(2.5);
        assertThat(InterquartileMean.of(-INFINITE, 1, 2, 3)).hasValue(1.5);
        assertThat(InterquartileMean.of(INFINITE, INFINITE, 2, 3)).isEmpty();
    }

    /**
     * Of three values 0, 0, 1 nothing is trimmed: a resample's mean is binomial(3, 1/3)/3. At level 0.39 the ranks 0.305
     * and 0.695 fall inside the atoms at 1/3 (0.296 to 0.741), at level 0.9 the ranks 0.05 and 0.95 inside those at 0 and 2/3 (0.741 to 0.963).
     */
    @Test
    void interquartileIntervalIsThePercentilesOfAllResamples() {
        double[] values = {0, 0, 1};
        assertThat(InterquartileMean.interval(values, 0.39, 200_000, Seeds.of(1).generator()))
                .contains(new Interval(1 / 3.0, 1 / 3.0));
        assertThat(InterquartileMean.interval(values, 0.9, 19_999, Seeds.of(1).generator()))
                .contains(new Interval(0, 2 / 3.0));
        double[] diverged = {0, 0, INFINITE};
        assertThat(InterquartileMean.interval(diverged, 0.9, Seeds.of(1).generator()))
                .contains(new Interval(0, INFINITE));
    }

    /** By definition: at the lower limit as many successes or more have probability 1 − level, above it they have more. */
    @ParameterizedTest
    @CsvSource({"1, 10, 0.95", "7, 20, 0.99", "200, 4000, 0.99", "10, 10, 0.9"})
    void oneSidedBinomialLimits(int successes, int trials, double level) {
        double low = BinomialBounds.lower(successes, trials, level);
        assertThat(1 - new BinomialDistribution(null, trials, low).cumulativeProbability(successes - 1))
                .isEqualTo(1 - level, within(1e-9));
        double high = BinomialBounds.upper(trials - successes, trials, level);
        assertThat(high).isEqualTo(1 - low, within(1e-12));
    }

    @Test
    void binomialLimitsAtTheEnds() {
        assertThat(BinomialBounds.lower(0, 5, 0.95)).isZero();
        assertThat(BinomialBounds.upper(5, 5, 0.95)).isEqualTo(1);
        assertThat(BinomialBounds.upper(0, 5, 0.95)).isEqualTo(1 - Math.pow(0.05, 0.2), within(1e-13));
        assertThatIllegalArgumentException().isThrownBy(() -> BinomialBounds.lower(6, 5, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> BinomialBounds.lower(1, 5, 95));
    }

    @Test
    void anIntervalHasItsEndsInOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(Double.NaN, 1));
        assertThat(new Interval(1, 2).contains(2)).isTrue();
        assertThat(new Interval(1, 2).contains(2.1)).isFalse();
    }
}
