package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NormDifferenceTest {
    private static final int BATCHES = 100;
    private static final int REPETITIONS = 60;

    /** An interval of coverage 0.95 misses more often than this in one set of repetitions of 25,000. */
    private static final int MISSES = 11;

    static List<String> references() {
        return Tables.lines("norm-difference.txt");
    }

    /** Limits by definition, with another package's linear algebra and law of Q. */
    @ParameterizedTest
    @MethodSource("references")
    void limitsAreAsDefined(String line) {
        String[] parts = line.split(" \\| ");
        double[] limits = Tables.numbers(parts[4]);
        NormDifference difference = NormDifference.of(
                        Integer.parseInt(parts[0]), Tables.numbers(parts[1]), Double.parseDouble(parts[2]))
                .orElseThrow();
        Interval interval = difference.interval(Double.parseDouble(parts[3])).orElseThrow();
        assertThat(interval.low()).isEqualTo(limits[0], within(1e-6 * Math.abs(limits[0])));
        assertThat(interval.high()).isEqualTo(limits[1], within(1e-6 * Math.abs(limits[1])));
    }

    /** The interval of level 1 − p ends at 0, on whichever side of it the difference lies. */
    @ParameterizedTest
    @MethodSource("references")
    void theTestIsTheIntervalsOwn(String line) {
        String[] parts = line.split(" \\| ");
        NormDifference difference = NormDifference.of(
                        Integer.parseInt(parts[0]), Tables.numbers(parts[1]), Double.parseDouble(parts[2]))
                .orElseThrow();
        double p = difference.pValue();
        assertThat(difference.interval(1 - 0.999 * p).orElseThrow().contains(0)).isTrue();
        assertThat(difference.interval(1 - 1.001 * p).orElseThrow().contains(0)).isFalse();
    }

    /** Batches that never differ have not met the chance that there is: no p of nearly 0, and no interval of length 0. */
    @Test
    void withoutSpreadNothingIsKnownOfChance() {
        assertThat(NormDifference.of(3, new double[6], 0)).isEmpty();
        assertThat(NormDifference.of(3, new double[] {2, 2, 2, 2, 2, 2}, 2)).isEmpty();
        double rounded = Math.nextUp(2.0);
        assertThat(NormDifference.of(3, new double[] {2, rounded, 2, 2, 2, rounded}, 2))
                .isEmpty();
        assertThat(NormDifference.of(3, new double[] {2, 2.001, 2, 2, 2, 2.001}, 2))
                .isPresent();
    }

    /**
     * Skewed errors, 0.8 of them common; the expectations are along the diagonal, in standard errors of its projection.
     */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 0, 2", "1, 2, 0", "1, 20, 10", "20, 0, 0", "20, 0, 4", "20, 4, 4", "20, 40, 20"})
    void coversTheTruth(int parameters, double first, double second) {
        UniformRandomProvider random =
                Seeds.of(4).at(parameters).at(first).at(second).generator();
        double truth = (first * first - second * second) / BATCHES;
        int misses = 0;
        for (int r = 0; r < REPETITIONS; r++) {
            misses += drawn(parameters, first, second, random)
                            .interval(0.95)
                            .orElseThrow()
                            .contains(truth)
                    ? 0
                    : 1;
        }
        assertThat(misses).isLessThanOrEqualTo(MISSES);
    }

    /** Common draws cancel: independent ones leave an interval more than twice as long. */
    @Test
    void commonDrawsShortenTheInterval() {
        double[] one = Tables.normal(BATCHES * 5, Seeds.of(6).at("one").generator());
        double[] fresh = Tables.normal(BATCHES * 5, Seeds.of(6).at("fresh").generator());
        double[] near = new double[one.length];
        double[] far = new double[one.length];
        for (int i = 0; i < one.length; i++) {
            one[i] += 1;
            near[i] = one[i] + 0.1 * fresh[i];
            far[i] = fresh[i] + 1;
        }
        assertThat(length(of(one, far, 5))).isGreaterThan(2 * length(of(one, near, 5)));
    }

    @Test
    void refusesWhatIsNoTriangle() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormDifference.of(4, new double[3], 0))
                .withMessageContaining("instead of 10");
        NormDifference some =
                NormDifference.of(3, new double[] {3, 0, 0, 2, 0, 1}, 0).orElseThrow();
        assertThatIllegalArgumentException().isThrownBy(() -> some.interval(1));
    }

    private static double length(NormDifference difference) {
        Interval interval = difference.interval(0.95).orElseThrow();
        return interval.high() - interval.low();
    }

    private static NormDifference drawn(int parameters, double first, double second, UniformRandomProvider random) {
        double[] one = new double[BATCHES * parameters];
        double[] other = new double[BATCHES * parameters];
        double scale = 1 / Math.sqrt((double) BATCHES * parameters);
        for (int i = 0; i < one.length; i++) {
            double common = -Math.log1p(-random.nextDouble()) - 1;
            double own = -Math.log1p(-random.nextDouble()) - 1;
            one[i] = common + first * scale;
            other[i] = 0.8 * common + 0.6 * own + second * scale;
        }
        return of(one, other, parameters);
    }

    private static NormDifference of(double[] one, double[] other, int parameters) {
        double[] triangle = Tables.triangle(one, BATCHES, parameters);
        double[] theirs = Tables.triangle(other, BATCHES, parameters);
        double sum = 0;
        int at = 0;
        for (int i = 0; i < BATCHES; i++) {
            for (int j = i; j < BATCHES; j++) {
                triangle[at] -= theirs[at];
                sum += i == j ? 0 : 2 * triangle[at];
                at++;
            }
        }
        return NormDifference.of(BATCHES, triangle, sum / (BATCHES * (BATCHES - 1.0)))
                .orElseThrow();
    }
}
