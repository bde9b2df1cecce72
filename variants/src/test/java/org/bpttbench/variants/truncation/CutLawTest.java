package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.bpttbench.core.gradient.CreditMatrix;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of segment lengths, and that segments are drawn by them. */
class CutLawTest {
    /** So many ages that what is left behind them does not show. */
    private static final int AGES = 2_000_000;

    private static final int DRAWS = 1_000_000;

    /** Upper ends of the lengths counted together; the last class has no end. */
    private static final int[] CLASSES = {1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 17, 20, 24, 29, 35, 42, 52, 70, 100};

    /** Exceeded by chance once in a million: the upper quantile of χ² with 19 degrees of freedom, from SciPy. */
    private static final double CRITICAL = 63.677;

    @ParameterizedTest
    @CsvFileSource(resources = "lengths.csv", useHeadersInDisplayName = true)
    void momentsOfTheLengthAreThoseOfTheClosedForm(double alpha, double mean, double variance) {
        CutLaw law = new PolynomialLaw(alpha, mean);
        double survival = 1.0;
        double total = 0.0;
        double first = 0.0;
        double second = 0.0;
        for (int length = 1; length <= AGES; length++) {
            double chance = survival * law.cut(length);
            total += chance;
            first += chance * length;
            second += chance * length * length;
            survival -= chance;
        }
        assertThat(total).isCloseTo(1.0, within(1e-9));
        assertThat(first).isCloseTo(mean, withinPercentage(1e-5));
        // The second moment of the slowest tail, α = 4, has 1/AGES of its weight behind the last age.
        assertThat(second - first * first).isCloseTo(variance, withinPercentage(0.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 16, 100})
    void constantLawIsGeometric(double mean) {
        CutLaw law = new ConstantLaw(mean);
        assertThat(law.cut(1)).isCloseTo(1.0 / mean, within(1e-16));
        assertThat(law.cut(1_000_000)).isEqualTo(law.cut(1));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "lengths.csv", useHeadersInDisplayName = true)
    void survivalIsThatOfTheBetaGeometricLaw(double alpha, double mean) {
        double a = alpha - 1.0;
        double b = (alpha - 2.0) * (mean - 1.0);
        CutLaw law = new PolynomialLaw(alpha, mean);
        double survival = 1.0;
        double expected = 1.0; // B(a, b+n)/B(a, b)
        for (int n = 1; n <= 1000; n++) {
            survival *= 1.0 - law.cut(n);
            expected *= (b + n - 1.0) / (a + b + n - 1.0);
            assertThat(survival).isCloseTo(expected, withinPercentage(1e-10));
        }
    }

    @Test
    void segmentsAreDrawnByTheLaw() {
        CutLaw law = new PolynomialLaw(6, 16);
        assertThat(chiSquare(segments(law), mixture(6, 16))).isLessThan(CRITICAL);
        CutLaw countsFromZero = age -> law.cut(age - 1);
        assertThat(chiSquare(segments(countsFromZero), mixture(6, 16))).isGreaterThan(CRITICAL);
    }

    /** Lengths of the windows of ARTBP on a sequence that does not end. */
    private static LongSupplier segments(CutLaw law) {
        Coin coin = Coin.of(Seeds.of(8).at("coin").generator());
        StreamPlan plan = StreamPlan.measured(1, 1, Long.MAX_VALUE);
        Schedule schedule = new Artbp(new Cuts(16, law, true)).schedule(plan, List.of(coin));
        schedule.begin(Long.MAX_VALUE);
        Window window = new Window(1, 1);
        return () -> {
            schedule.next(window);
            return window.steps();
        };
    }

    /** The same lengths drawn another way: geometric, with a probability that is beta distributed. */
    private static LongSupplier mixture(double alpha, double mean) {
        UniformRandomProvider random = Seeds.of(8).at("mixture").generator();
        SharedStateContinuousSampler a = AhrensDieterMarsagliaTsangGammaSampler.of(random, alpha - 1.0, 1.0);
        SharedStateContinuousSampler b =
                AhrensDieterMarsagliaTsangGammaSampler.of(random, (alpha - 2.0) * (mean - 1.0), 1.0);
        return () -> {
            double x = a.sample();
            double p = x / (x + b.sample());
            return 1 + (long) (Math.log1p(-random.nextDouble()) / Math.log1p(-p));
        };
    }

    /** Pearson's statistic for two samples of one law, of {@link #DRAWS} each. */
    private static double chiSquare(LongSupplier left, LongSupplier right) {
        long[] lefts = count(left);
        long[] rights = count(right);
        double sum = 0.0;
        for (int i = 0; i < lefts.length; i++) {
            double difference = lefts[i] - rights[i];
            sum += difference * difference / (lefts[i] + rights[i]);
        }
        return sum;
    }

    private static long[] count(LongSupplier lengths) {
        long[] counts = new long[CLASSES.length + 1];
        for (int i = 0; i < DRAWS; i++) {
            long length = lengths.getAsLong();
            int in = 0;
            while (in < CLASSES.length && length > CLASSES[in]) {
                in++;
            }
            counts[in]++;
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void controlIsCutWhereArtbpIs(boolean shared) {
        int lanes = 2;
        int steps = 50;
        for (CutLaw law : new CutLaw[] {new ConstantLaw(5), new PolynomialLaw(4, 5)}) {
            Cuts cuts = new Cuts(5, law, shared);
            double[][][] artbp = CreditMatrix.of(new Artbp(cuts), steps, lanes, coins());
            double[][][] plain = CreditMatrix.of(new Uncompensated(cuts), steps, lanes, coins());
            int cutLinks = 0;
            for (int row = 0; row < artbp.length; row++) {
                for (int t = 0; t + 1 < steps; t++) {
                    cutLinks += plain[row][t][t + 1] == 0.0 ? 1 : 0;
                    for (int s = t; s < steps; s++) {
                        assertThat(plain[row][t][s]).isEqualTo(artbp[row][t][s] == 0.0 ? 0.0 : 1.0);
                    }
                }
            }
            assertThat(cutLinks).isPositive();
        }
    }

    @Test
    void plannedTapeHoldsTheLongestSegmentOfNineteenRunsInTwenty() {
        CutLaw law = new PolynomialLaw(4, 16);
        Artbp artbp = new Artbp(new Cuts(16, law, false));
        long steps = 1_000_000;
        long planned = artbp.plannedTapeSteps(training(1, steps));
        double longer = steps / 16.0;
        for (long age = 1; age < planned; age++) {
            longer *= 1.0 - law.cut(age);
        }
        assertThat(longer).isBetween(0.049, 0.05);
        assertThat(artbp.plannedTapeSteps(training(1, 100))).isEqualTo(100);
        // Lanes cut each on its own emit at the end.
        StreamPlan measured = StreamPlan.measured(2, 1, steps);
        assertThat(artbp.plannedTapeSteps(measured)).isEqualTo(steps);
        assertThat(new Artbp(new Cuts(16, law, true)).plannedTapeSteps(measured))
                .isEqualTo(planned);
        Artbp flushed = new Artbp(new Cuts(16, law, false).flushedEvery(50));
        assertThat(flushed.plannedTapeSteps(measured)).isEqualTo(steps);
        // Two lanes have as many segments in half the steps.
        assertThat(flushed.plannedTapeSteps(training(2, steps / 2))).isEqualTo(planned + 49);
        assertThat(flushed.plannedTapeSteps(training(2, 60))).isEqualTo(60);
        assertThat(flushed.plannedTapeSteps(training(1, steps))).isEqualTo(planned);
    }

    private static StreamPlan training(int lanes, long sequence) {
        return new StreamPlan(lanes, 1, sequence, sequence, true);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, -3, Double.NaN})
    void meanOfNoStepsIsRefused(double mean) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConstantLaw(mean))
                .withMessageContaining("mean is " + mean);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolynomialLaw(4, mean))
                .withMessageContaining("mean is " + mean);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolynomialLaw(mean + 1, 16))
                .withMessageContaining("alpha is " + (mean + 1));
    }

    private static List<Coin> coins() {
        return List.of(
                Coin.of(Seeds.of(9).at("coin").at(0).generator()),
                Coin.of(Seeds.of(9).at("coin").at(1).generator()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void drawIsCutAsIfItWereAlone(boolean shared) {
        Artbp artbp = new Artbp(new Cuts(5, new PolynomialLaw(4, 5), shared));
        double[][][] together = CreditMatrix.of(artbp, 40, 2, coins());
        for (int draw = 0; draw < 2; draw++) {
            double[][][] alone = CreditMatrix.of(artbp, 40, 2, List.of(coins().get(draw)));
            assertThat(together[2 * draw]).isDeepEqualTo(alone[0]);
            assertThat(together[2 * draw + 1]).isDeepEqualTo(alone[1]);
            assertThat(Arrays.deepEquals(alone[0], alone[1])).isEqualTo(shared);
        }
    }
}
