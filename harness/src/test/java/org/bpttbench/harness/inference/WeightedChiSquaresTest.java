package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedChiSquaresTest {
    private static final double ABSOLUTE = 1e-10;

    private static final double RELATIVE = 1e-10;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Case(double[] weights, double x, double lower, double upper) {
        @Override
        public String toString() {
            return weights.length + " weights from " + weights[0] + " at " + x;
        }
    }

    static List<Case> references() {
        List<Case> cases = new ArrayList<>();
        double[] weights = {};
        for (String line : Tables.lines("weighted-chi-squares.txt")) {
            if (line.startsWith("weights ")) {
                weights = Tables.numbers(line.substring("weights ".length()));
            } else {
                double[] numbers = Tables.numbers(line);
                cases.add(new Case(weights, numbers[0], numbers[1], numbers[2]));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("references")
    void probabilitiesAreThoseOfOtherMethods(Case reference) {
        WeightedChiSquares law = WeightedChiSquares.of(reference.weights);
        assertThat(law.cdf(reference.x)).isEqualTo(reference.lower, within(ABSOLUTE));
        assertThat(law.survival(reference.x)).isEqualTo(reference.upper, within(ABSOLUTE));
    }

    /** Where the reference has digits enough: not the far tails. */
    @ParameterizedTest
    @MethodSource("references")
    void quantilesUndoProbabilities(Case reference) {
        if (Math.min(reference.lower, reference.upper) > 1e-6) {
            WeightedChiSquares law = WeightedChiSquares.of(reference.weights);
            assertThat(law.cdf(law.quantile(reference.lower))).isEqualTo(reference.lower, within(1e-9));
        }
    }

    /** Imhof 1961, table 1, has four decimals, the last off by one at times: weights, each with its degrees of freedom, x and P(Q > x). */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 0.1, 0.9458", "1, 1, 1, 0.7, 0.5064", "1, 1, 1, 2.0, 0.1240",
        "2, 2, 2, 0.2, 0.9936", "2, 2, 2, 2.0, 0.3998", "2, 2, 2, 6.0, 0.0161",
        "6, 4, 2, 1.0, 0.9973", "6, 4, 2, 5.0, 0.4353", "6, 4, 2, 12.0, 0.0088",
        "2, 4, 6, 1.0, 0.9666", "2, 4, 6, 3.0, 0.4196", "2, 4, 6, 8.0, 0.0087"
    })
    void tableOfImhof(int first, int second, int third, double x, double probability) {
        double[] weights = new double[first + second + third];
        Arrays.fill(weights, 0, first, 0.6);
        Arrays.fill(weights, first, first + second, 0.3);
        Arrays.fill(weights, first + second, weights.length, 0.1);
        assertThat(WeightedChiSquares.of(weights).survival(x)).isEqualTo(probability, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 400})
    void equalWeightsGiveChiSquare(int degrees) {
        double[] weights = new double[degrees];
        Arrays.fill(weights, 2.5);
        WeightedChiSquares law = WeightedChiSquares.of(weights);
        double[] negative = Arrays.stream(weights).map(weight -> -weight).toArray();
        WeightedChiSquares mirrored = WeightedChiSquares.of(negative);
        ChiSquaredDistribution oracle = new ChiSquaredDistribution(null, degrees, 1e-13);
        for (double p : new double[] {1e-5, 0.01, 0.3, 0.5, 0.975, 0.99999}) {
            double x = oracle.inverseCumulativeProbability(p);
            double expected = oracle.cumulativeProbability(x);
            assertThat(law.cdf(2.5 * x)).isEqualTo(expected, within(ABSOLUTE));
            assertThat(mirrored.survival(-2.5 * x)).isEqualTo(expected, within(ABSOLUTE));
            assertThat(law.quantile(expected) / 2.5 / x).isEqualTo(1, within(1e-9));
            assertThat(mirrored.quantile(1 - expected) / -2.5 / x).isEqualTo(1, within(1e-9));
        }
    }

    /**
     * Pairs of weights w_k give exponentials with means 2w_k: P(Q > x) = Σ_k Π_{l≠k} w_k/(w_k − w_l)·exp(−x/2w_k) over the
     * positive w_k, for x ≥ 0 and weights of either sign.
     */
    @Test
    void pairsOfEqualWeightsGiveSumsOfExponentials() {
        double[] pairs = {3, 1.7, 0.9, 0.2, -0.4, -2.2};
        double[] weights = new double[2 * pairs.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = pairs[k / 2];
        }
        WeightedChiSquares law = WeightedChiSquares.of(weights);
        for (double x : new double[] {0, 1e-9, 0.4, 3, 11, 40, 100, 400}) {
            double expected = 0;
            for (double own : pairs) {
                double term = own > 0 ? Math.exp(-x / 2 / own) : 0;
                for (double other : pairs) {
                    term *= other == own ? 1 : own / (own - other);
                }
                expected += term;
            }
            assertThat(law.survival(x) / expected).isEqualTo(1, within(RELATIVE));
        }
    }

    @Test
    void momentsAreSumsOfWeightsAndOfTheirSquares() {
        WeightedChiSquares law = WeightedChiSquares.of(3, 0, -1, 1e-20);
        assertThat(law.mean()).isEqualTo(2, within(1e-15));
        assertThat(law.variance()).isEqualTo(20, within(1e-14));
    }

    @Test
    void withoutWeightsAllProbabilityIsAtZero() {
        for (WeightedChiSquares zero : List.of(WeightedChiSquares.of(), WeightedChiSquares.of(0, -0.0, 0))) {
            assertThat(zero.cdf(-1e-300)).isZero();
            assertThat(zero.cdf(0)).isEqualTo(1);
            assertThat(zero.survival(0)).isZero();
            assertThat(zero.cdf(1)).isEqualTo(1);
            assertThat(zero.quantile(0.3)).isZero();
        }
    }

    @Test
    void outsideItsSupportThereIsNothing() {
        assertThat(WeightedChiSquares.of(1, 2).cdf(0)).isZero();
        assertThat(WeightedChiSquares.of(1, 2).cdf(-3)).isZero();
        assertThat(WeightedChiSquares.of(-1, -2).cdf(0)).isEqualTo(1);
        assertThat(WeightedChiSquares.of(-1, -2).survival(3)).isZero();
        assertThat(WeightedChiSquares.of(-1, 2).cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(WeightedChiSquares.of(-1, 2).cdf(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(WeightedChiSquares.of(-1, 2).cdf(1e6)).isEqualTo(1);
    }

    /** Random sets of every shape: the law scales, mirrors, rises, and quantiles undo it in both far tails. */
    @Test
    void lawsOfHostileWeights() {
        UniformRandomProvider random = Seeds.of(1).at("hostile").generator();
        for (int trial = 0; trial < 150; trial++) {
            double[] weights = new double[1 + random.nextInt(trial % 3 == 0 ? 3 : 300)];
            double spread = 25 * random.nextDouble() * random.nextDouble();
            double positive = random.nextDouble();
            for (int j = 0; j < weights.length; j++) {
                double size = Math.exp(-spread * random.nextDouble());
                weights[j] = random.nextDouble() < positive ? size : -size;
            }
            double scale = Math.scalb(1.0, random.nextInt(-900, 900));
            WeightedChiSquares law = WeightedChiSquares.of(weights);
            WeightedChiSquares mirrored = WeightedChiSquares.of(
                    Arrays.stream(weights).map(weight -> -scale * weight).toArray());
            double before = Double.NEGATIVE_INFINITY;
            for (double p : new double[] {1e-5, 0.001, 0.025, 0.5, 0.9, 0.99, 0.99999}) {
                double x = law.quantile(p);
                String where = "trial " + trial + ", p " + p + ", " + weights.length + " weights, x " + x;
                assertThat(x).as(where).isGreaterThan(before);
                assertThat(law.cdf(x)).as(where).isEqualTo(p, within(1e-7 * Math.min(p, 1 - p)));
                assertThat(mirrored.survival(-scale * x)).as(where).isEqualTo(p, within(1e-7 * Math.min(p, 1 - p)));
                before = x;
            }
        }
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedChiSquares.of(1).quantile(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedChiSquares.of(1).quantile(1));
    }

    @Test
    void notANumberInNotANumberOut() {
        for (WeightedChiSquares none :
                List.of(WeightedChiSquares.of(1, Double.NaN), WeightedChiSquares.of(Double.POSITIVE_INFINITY, -1))) {
            assertThat(none.quantile(0.3)).isNaN();
            assertThat(none.cdf(0)).isNaN();
            assertThat(none.survival(0)).isNaN();
            assertThat(none.mean()).isNaN();
            assertThat(none.variance()).isNaN();
        }
        assertThat(WeightedChiSquares.of(1).cdf(Double.NaN)).isNaN();
        assertThat(WeightedChiSquares.of(1).survival(Double.NaN)).isNaN();
    }
}
