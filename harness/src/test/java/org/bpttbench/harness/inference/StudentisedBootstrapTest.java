package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudentisedBootstrapTest {
    private final UniformRandomProvider random = Seeds.of(1).at("bootstrap").generator();

    /** All 4⁴ × 3³ resamples of two strata: their quantiles lie on atoms that a large sample of them cannot miss. */
    @Test
    void quantilesAreThoseOfAllResamples() {
        double[][] strata = {{0.1, 1.3, 2.9, 7.2}, {-1.7, 0.4, 3.1}};
        double[] t = new double[256 * 27];
        for (int code = 0; code < t.length; code++) {
            double[] first = new double[4];
            double[] second = new double[3];
            int rest = code;
            for (int i = 0; i < 4; i++, rest /= 4) {
                first[i] = strata[0][rest % 4];
            }
            for (int i = 0; i < 3; i++, rest /= 3) {
                second[i] = strata[1][rest % 3];
            }
            double difference = mean(first, second) - mean(strata[0], strata[1]);
            t[code] = Math.abs(difference) < 1e-12 ? 0 : difference / error(first, second);
        }
        Arrays.sort(t);
        Interval interval =
                StudentisedBootstrap.interval(strata, 0.8, 400_000 - 1, random).orElseThrow();
        double mean = mean(strata[0], strata[1]);
        double error = error(strata[0], strata[1]);
        double[] ranks = {0.1, 0.9};
        double[] found = {(mean - interval.high()) / error, (mean - interval.low()) / error};
        for (int side = 0; side < 2; side++) {
            // 4.9 standard errors of a quantile's rank, 0.0024, either way.
            assertThat(found[side])
                    .isBetween(
                            t[(int) ((ranks[side] - 0.0024) * t.length)] - 1e-9,
                            t[(int) ((ranks[side] + 0.0024) * t.length)] + 1e-9);
        }
    }

    /** Exponential values; Student's interval would have the same width on both sides. */
    @Test
    void coversTheMeanOfSkewedValues() {
        int misses = 0;
        int repetitions = 400;
        for (int r = 0; r < repetitions; r++) {
            double[][] strata = new double[2][40];
            for (double[] stratum : strata) {
                Arrays.setAll(stratum, i -> -Math.log1p(-random.nextDouble()));
            }
            misses += StudentisedBootstrap.interval(strata, 0.95, 399, random)
                            .orElseThrow()
                            .contains(1)
                    ? 0
                    : 1;
        }
        // An interval of coverage 0.95 misses more than 41 of 400 once in 10⁵ times; of coverage 0.85, 60 times.
        assertThat(misses).isLessThanOrEqualTo(41);
    }

    @Test
    void movesAndScalesWithTheValues() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        double[] moved = Arrays.stream(values).map(value -> 10 * value - 7).toArray();
        Interval one = StudentisedBootstrap.interval(
                        new double[][] {values}, 0.95, Seeds.of(3).generator())
                .orElseThrow();
        Interval other = StudentisedBootstrap.interval(
                        new double[][] {moved}, 0.95, Seeds.of(3).generator())
                .orElseThrow();
        assertThat(other.low()).isEqualTo(10 * one.low() - 7, within(1e-9));
        assertThat(other.high()).isEqualTo(10 * one.high() - 7, within(1e-9));
        assertThat(one.contains(31 / 8.0)).isTrue();
    }

    /** Not a p of 0 either: values that never differ have not met the chance that there is. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-320, 1e-15})
    void withoutSpreadNothingIsKnownOfChance(double rounding) {
        double[][] strata = {{1 + rounding, 1, 1}, {rounding, 0}};
        strata[1][0] = Math.min(rounding, 1e-320);
        StudentisedBootstrap.Tested tested = StudentisedBootstrap.tested(strata, 0.95, 199, random);
        assertThat(tested.interval()).isEmpty();
        assertThat(tested.pValue()).isEmpty();
    }

    /**
     * One value of n is another: a resample lacks it with probability (1 − 1/n)ⁿ ≈ 0.36 and has no spread. With two that are
     * others in 8 values each of two strata, and so (6/8)⁸·2 of a resample's strata being all alike, both are with 0.01.
     */
    @Test
    void noIntervalWhereTooManyResamplesHaveNoSpread() {
        double[] once = new double[40];
        once[7] = 1;
        assertThat(StudentisedBootstrap.tested(new double[][] {once}, 0.95, 1999, random))
                .returns(Optional.empty(), StudentisedBootstrap.Tested::interval)
                .returns(OptionalDouble.empty(), StudentisedBootstrap.Tested::pValue);
        double[] twice = {0, 0, 0, 1, 0, 0, 1, 0};
        assertThat(StudentisedBootstrap.tested(new double[][] {twice, twice}, 0.95, 1999, random)
                        .interval())
                .isPresent();
    }

    @Test
    void refusesTooFewResamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentisedBootstrap.interval(new double[][] {{1, 2}}, 0.95, 38, random))
                .withMessageContaining("at least 39");
    }

    private static double mean(double[]... strata) {
        double sum = 0;
        for (double[] stratum : strata) {
            sum += Arrays.stream(stratum).average().orElseThrow() / strata.length;
        }
        return sum;
    }

    private static double error(double[]... strata) {
        double variance = 0;
        for (double[] stratum : strata) {
            double mean = mean(stratum);
            int n = stratum.length;
            variance += Arrays.stream(stratum)
                            .map(value -> (value - mean) * (value - mean))
                            .sum()
                    / (n - 1)
                    / n;
        }
        return Math.sqrt(variance) / strata.length;
    }

    /** Both count the same resamples: p is at most 0.05 exactly where the 95 % interval leaves 0 out. */
    @Test
    void theTestIsTheIntervalsOwn() {
        int outside = 0;
        for (int r = 0; r < 200; r++) {
            double[] values = Tables.normal(12, Seeds.of(9).at(r).generator());
            for (int i = 0; i < values.length; i++) {
                values[i] += 0.6;
            }
            StudentisedBootstrap.Tested tested = StudentisedBootstrap.tested(
                    new double[][] {values}, 0.95, 199, Seeds.of(10).at(r).generator());
            boolean significant = tested.pValue().orElseThrow() <= 0.05;
            assertThat(significant).isEqualTo(!tested.interval().orElseThrow().contains(0));
            outside += significant ? 1 : 0;
        }
        assertThat(outside).isBetween(40, 160);
    }
}
