package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.bpttbench.experiments.task.Adding.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddingTest {
    private static final int MANY = 5_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 50, 51})
    void oneMarkInEachHalfAndTheirSum(int length) {
        Adding task = new Adding(length, Variant.ARJOVSKY);
        int half = length / 2;
        long[] first = new long[half];
        long[] second = new long[length - half];
        long[] tenths = new long[10];
        Episodes.each(task, MANY, episode -> {
            double sum = 0;
            int marks = 0;
            for (int step = 0; step < length; step++) {
                double value = episode.input(step, 0);
                assertThat(value).isBetween(0.0, 1.0);
                tenths[(int) (10 * value)]++;
                assertThat(episode.scored(step)).isEqualTo(step == length - 1);
                if (episode.input(step, 1) != 0.0) {
                    assertThat(episode.input(step, 1)).isEqualTo(1.0);
                    (step < half ? first : second)[step < half ? step : step - half]++;
                    sum += value;
                    marks++;
                }
            }
            assertThat(marks).isEqualTo(2);
            assertThat(episode.target(length - 1, 0)).isEqualTo(sum);
        });
        assertThat(first).satisfies(counts -> assertThat(sum(counts)).isEqualTo(MANY));
        if (half > 1) {
            Episodes.assertUniform(first);
        }
        if (length - half > 1) {
            Episodes.assertUniform(second);
        }
        Episodes.assertUniform(tenths);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 22, 50, 100})
    void hochreitersTarget(int length) {
        MarkedPairsTest.check(
                new Adding(length, Variant.HOCHREITER), length, -1.0, 0.0, (x1, x2) -> 0.5 + (x1 + x2) / 4.0);
    }

    @ParameterizedTest
    @EnumSource
    void chanceIsWhatTheBestConstantGets(Variant variant) {
        MarkedPairsTest.checkChance(new Adding(50, variant), variant == Variant.ARJOVSKY ? 1.0 : 0.5);
    }

    @ParameterizedTest
    @CsvSource({"ARJOVSKY, 100, 0.166666667", "HOCHREITER, 100, 0.039192708", "HOCHREITER, 1000, 0.039545683"})
    void chanceByHand(Variant variant, int length, double expected) {
        assertThat(new Adding(length, variant).chance().get("mse")).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void perfectAnswersAndNearOnes(Variant variant) {
        Adding task = new Adding(20, variant);
        assertThat(Episodes.judgePerfect(task, Split.VALID)).isEqualTo(Map.of("mse", 0.0, "error_rate", 0.0));
        Map<String, Double> near =
                Episodes.judge(task, Split.VALID, (tape, row) -> new double[] {tape.targets()[row] + 0.0399});
        assertThat(near.get("error_rate")).isZero();
        assertThat(near.get("mse")).isCloseTo(0.0399 * 0.0399, within(1e-12));
        Map<String, Double> off =
                Episodes.judge(task, Split.VALID, (tape, row) -> new double[] {tape.targets()[row] - 0.0401});
        assertThat(off.get("error_rate")).isEqualTo(1.0);
    }

    @Test
    void successIsThePapers() {
        Success success = new Adding(100, Variant.HOCHREITER).success().orElseThrow();
        assertThat(success.metric()).isEqualTo("error_rate");
        Adding task = new Adding(100, Variant.HOCHREITER);
        assertThat(error(Episodes.judgePerfect(task, Split.TEST))).isLessThan(success.threshold());
        assertThat(error(Episodes.judge(task, Split.TEST, (tape, row) -> new double[] {0.5})))
                .isGreaterThan(success.threshold());
        assertThat(new Adding(100, Variant.ARJOVSKY).success()).isEmpty();
    }

    private static double error(Map<String, Double> figures) {
        return Objects.requireNonNull(figures.get("error_rate"));
    }

    @Test
    void lengths() {
        assertThat(new Adding(50, Variant.ARJOVSKY).episode()).hasValue(50);
        assertThat(new Adding(50, Variant.ARJOVSKY).memoryLag()).hasValue(49);
        assertThat(new Adding(50, Variant.HOCHREITER).episode()).hasValue(55);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Adding(5, Variant.HOCHREITER))
                .withMessageContaining("at least 6");
    }
}
