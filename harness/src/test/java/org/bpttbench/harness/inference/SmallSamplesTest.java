package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(SignedRank.test(differences).pValue())
                .isEqualTo(SignedRank.smallestP(pairs), within(1e-15 * SignedRank.smallestP(pairs)));
        assertThat(SignedRank.smallestP(pairs) < 0.05).isEqualTo(pairs >= 6);
    }

    @Test
    void divergedRunsRankLast() {
        SignedRank test = SignedRank.test(-INFINITE, 1, 2, 1e300, 0);
        assertThat(test).isEqualTo(SignedRank.test(-9, 1, 2, 3));
        assertThat(test.pairs()).isEqualTo(4);
        assertThat(SignedRank.test(-INFINITE, -INFINITE, 5).statistic()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> SignedRank.test(1, Double.NaN));
    }

    /** Two samples that do not overlap give the smallest p there is. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 3, 0.1", "4, 4, 0.02857142857142857", "2, 9, 0.03636363636363636"})
    void smallestRankSumP(int first, int second, double expected) {
        double[] low = new double[first];
        double[] high = new double[second];
        java.util.Arrays.setAll(low, i -> -i);
        java.util.Arrays.setAll(high, i -> 1.0 + i);
        assertThat(RankSum.smallestP(first, second)).isEqualTo(expected, within(1e-15));
        assertThat(RankSum.test(low, high).pValue()).isEqualTo(expected, within(1e-13));
        assertThat(RankSum.test(low, high).sign()).isEqualTo(1);
        assertThat(RankSum.test(high, low).sign()).isEqualTo(-1);
    }

    @Test
    void samplesOfOtherLengthsHaveASign() {
        assertThat(RankSum.test(new double[] {1, 1}, new double[] {1, 1, 1}))
                .isEqualTo(new RankSum(2, 3, 3, 1))
                .returns(0, RankSum::sign);
        assertThat(RankSum.test(new double[] {1, 2}, new double[0]).pValue()).isEqualTo(1);
        assertThat(RankSum.test(new double[] {5, 6}, new double[] {7, INFINITE, INFINITE})
                        .statistic())
                .isEqualTo(6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankSum.test(new double[] {1}, new double[] {Double.NaN}));
    }

    @Test
    void oneValueOnASideHasNoInterval() {
        assertThat(MeanDifference.interval(new double[] {1}, new double[] {1, 2}, 0.95))
                .isEmpty();
        assertThat(MeanDifference.interval(new double[] {1, 1}, new double[] {3, 3}, 0.95))
                .contains(new Interval(2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanDifference.interval(new double[] {1, INFINITE}, new double[] {1, 2}, 0.95));
    }

    @Test
    void oneDifferenceHasNoInterval() {
        assertThat(PairedMean.interval(new double[] {1}, 0.95)).isEmpty();
        assertThat(PairedMean.interval(new double[0], 0.95)).isEmpty();
        assertThat(PairedMean.interval(new double[] {1, 1, 1}, 0.95)).contains(new Interval(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> PairedMean.interval(new double[] {1, INFINITE}, 0.95));
    }

    @Test
    void divergedRunsAreTrimmedUnlessTooMany() {
        assertThat(InterquartileMean.of(INFINITE, 1, 2, 3)).isEqualTo(2.5);
        assertThat(InterquartileMean.of(-INFINITE, 1, 2, 3)).isEqualTo(1.5);
        assertThat(InterquartileMean.of(INFINITE, INFINITE, 2, 3)).isEqualTo(INFINITE);
        assertThatIllegalArgumentException().isThrownBy(() -> InterquartileMean.of(INFINITE, -INFINITE));
        assertThatIllegalArgumentException().isThrownBy(() -> InterquartileMean.of());
        assertThatIllegalArgumentException().isThrownBy(() -> InterquartileMean.of(Double.NaN));
    }

    /**
     * Of three values 0, 0, 1 nothing is trimmed: a resample's mean is binomial(3, 1/3)/3. At level 0.39 the ranks 0.305
     * and 0.695 fall inside the atoms at 1/3 (0.296 to 0.741), at level 0.9 the ranks 0.05 and 0.95 inside those at 0 and 2/3 (0.741 to 0.963).
     */
    @Test
    void interquartileIntervalIsThePercentilesOfAllResamples() {
        double[] values = {0, 0, 1};
        assertThat(InterquartileMean.interval(values, 0.39, 200_000, Seeds.of(1).generator()))
                .isEqualTo(new Interval(1 / 3.0, 1 / 3.0));
        assertThat(InterquartileMean.interval(values, 0.9, 19_999, Seeds.of(1).generator()))
                .isEqualTo(new Interval(0, 2 / 3.0));
        double[] diverged = {0, 0, INFINITE};
        assertThat(InterquartileMean.interval(diverged, 0.9, Seeds.of(1).generator()))
                .isEqualTo(new Interval(0, INFINITE));
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
