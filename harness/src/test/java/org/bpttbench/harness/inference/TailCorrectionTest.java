package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Student's t, against Hall's formula by hand, and against all outcomes of a rare event. */
class TailCorrectionTest {
    private static final int BATCHES = 200;

    /** P(Q ≥ b) below this: the level of a row among twenty. */
    private static final double FAR = 0.00125;

    /** Without skewness and in one dimension the corrected tail of χ² is that of t², to 4 %; uncorrected it is 15 % short at 0.00125. */
    @ParameterizedTest
    @ValueSource(doubles = {2.3, 2.8, 3.227, 3.8})
    void ofSymmetricBatchesTheTailIsStudents(double t) {
        double[] rows = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            rows[i] = (i % 2 == 0 ? 1 : -1) * Math.sqrt((BATCHES - 1.0) / BATCHES) + t / Math.sqrt(BATCHES);
        }
        double scatter = 1.0 / BATCHES;
        double student = 2 * new TDistribution(null, BATCHES - 1).cumulativeProbability(-t);
        assertThat(farther(TailCorrection.of(gram(rows), BATCHES), (t * t - 1) * scatter, scatter))
                .isCloseTo(student, within(0.04 * student));
        assertThat(1 - new ChiSquaredDistribution(null, 1).cumulativeProbability(t * t))
                .isLessThan((t > 3 ? 0.88 : 0.97) * student);
    }

    /**
     * Four means 1, 1, 1, 0.5: y is the same numbers times 0.875, γ = −2/√3. Their mirror image about the mean is skewed towards
     * it: of that only the scatter is corrected.
     */
    @Test
    void skewnessAwayFromTheMeanIsTakenOut() {
        double error = Math.sqrt(3.0 / 64 / 3);
        double b = 0.875 * 0.875 - 0.1875 / 12;
        TailCorrection mirror = TailCorrection.of(gram(0.75, 0.75, 0.75, 1.25), 4);
        double known = mirror.shown(b);
        double scatter = 0.1875 / 12;
        assertThat(known).isEqualTo(scatter * (3.5 * Math.log1p(0.875 * 0.875 / scatter / 3) - 1), within(1e-14));
        double t = Math.sqrt(known) / error;
        double a = -1 / Math.sqrt(3);
        double g = t + a * t * t / 3 + a * a * t * t * t / 27 + a / 6;
        assertThat(TailCorrection.of(gram(1, 1, 1, 0.5), 4).shown(b)).isEqualTo(error * error * g * g, within(1e-14));
    }

    @Test
    void itLowersKeepsTheOrderAndHasAnInverse() {
        UniformRandomProvider random = Seeds.of(7).generator();
        for (int sample = 0; sample < 200; sample++) {
            double[] rows = new double[BATCHES * 3];
            double tilt = random.nextDouble();
            for (int i = 0; i < rows.length; i++) {
                rows[i] = 0.2 * (random.nextDouble() - 0.5) + tilt * Math.log(1 - random.nextDouble()) + 0.9 * tilt;
            }
            TailCorrection tail = TailCorrection.of(Gram.square(BATCHES, Tables.triangle(rows, BATCHES, 3)), BATCHES);
            double before = 0;
            for (double b = 1e-6; b < 1e3; b *= 1.7) {
                double shown = tail.shown(b);
                assertThat(shown).isBetween(before, b);
                // Where nothing is left of b, no b is needed.
                assertThat(shown == 0 ? b : tail.needed(shown)).isEqualTo(b, within(1e-9 * b));
                before = shown;
            }
            assertThat(tail.shown(-1)).isEqualTo(-1);
            assertThat(tail.needed(-1)).isEqualTo(-1);
        }
    }

    @Test
    void whereNothingScattersNothingIsTakenOut() {
        TailCorrection still = TailCorrection.of(gram(2, 2, 2), 3);
        assertThat(still.shown(4)).isEqualTo(4);
        assertThat(still.needed(4)).isEqualTo(4);
        assertThat(TailCorrection.of(new double[9], 3).shown(1)).isOne();
    }

    /**
     * All outcomes of an event that a draw in a few meets and that takes back what the others add, without bias. Among 200 draws of which
     * 20 are expected to meet it, P(Q ≥ b) is below 0.00125 in 0.8 % of cases if the tail is not corrected.
     */
    @ParameterizedTest
    @ValueSource(ints = {15, 20, 30, 40, 60, 80, 100})
    void rareEventsAreNotMistakenForABias(int expected) {
        double chance = expected / (double) BATCHES;
        BinomialDistribution counts = new BinomialDistribution(null, BATCHES, chance);
        double plain = 0;
        double corrected = 0;
        for (int count = 1; count < BATCHES; count++) {
            double[] rows = new double[BATCHES];
            Arrays.fill(rows, chance / (1 - chance));
            Arrays.fill(rows, 0, count, -1);
            double mean = Arrays.stream(rows).average().orElseThrow();
            double scatter =
                    Arrays.stream(rows).map(y -> (y - mean) * (y - mean)).sum() / BATCHES / (BATCHES - 1);
            double b = mean * mean - scatter;
            TailCorrection tail = TailCorrection.of(gram(rows), BATCHES);
            plain += 1 - new ChiSquaredDistribution(null, 1).cumulativeProbability(b / scatter + 1) < FAR
                    ? counts.probability(count)
                    : 0;
            corrected += farther(tail, b, scatter) < FAR ? counts.probability(count) : 0;
        }
        assertThat(plain).isGreaterThan(FAR);
        assertThat(corrected).isLessThan(FAR);
        if (expected == 20) {
            assertThat(plain).isBetween(0.008, 0.0083);
        }
    }

    /** P(Q ≥ b) in one dimension. */
    private static double farther(TailCorrection tail, double b, double scatter) {
        return 1 - new ChiSquaredDistribution(null, 1).cumulativeProbability(tail.shown(b) / scatter + 1);
    }

    private static double[] gram(double... rows) {
        return Gram.square(rows.length, Tables.triangle(rows, rows.length, 1));
    }
}
