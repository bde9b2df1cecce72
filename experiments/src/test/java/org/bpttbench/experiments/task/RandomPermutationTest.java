package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomPermutationTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 30})
    void theFirstSymbolComesAgain(int length) {
        long[] keys = new long[2];
        long[] others = new long[98];
        Episodes.each(new RandomPermutation(length), 10_000, episode -> {
            keys[episode.token(0)]++;
            assertThat(episode.label(length - 1)).isEqualTo(episode.token(0));
            for (int step = 1; step < length; step++) {
                others[episode.token(step) - 2]++;
                assertThat(episode.label(step - 1)).isEqualTo(episode.token(step));
                assertThat(episode.scored(step)).isTrue();
            }
        });
        Episodes.assertUniform(keys);
        Episodes.assertUniform(others);
    }

    /** Knows where it is in the sequence and nothing else. */
    @Test
    void chance() {
        RandomPermutation task = new RandomPermutation(10);
        double chance = Objects.requireNonNull(task.chance().get("cross_entropy"));
        assertThat(chance).isCloseTo((9 * 4.584967 + 0.693147) / 10, within(1e-6));
        double[] key = new double[100];
        key[0] = 0.5;
        key[1] = 0.5;
        double[] other = new double[100];
        for (int symbol = 2; symbol < 100; symbol++) {
            other[symbol] = 1.0 / 98;
        }
        Map<String, Double> figures =
                Episodes.judge(task, Split.TEST, (tape, row) -> tape.labels()[row] < 2 ? key : other);
        assertThat(figures.get("cross_entropy")).isCloseTo(chance, within(1e-9));
        assertThat(figures.get("error_rate")).isCloseTo(0.5, within(Episodes.shareError(0.5, 10_000)));
        assertThat(task.memoryLag()).hasValue(9);
    }

    /** What cannot be predicted is not held against a network. */
    @Test
    void onlyTheLastSymbolIsJudged() {
        RandomPermutation task = new RandomPermutation(10);
        Success success = task.success().orElseThrow();
        Map<String, Double> figures = Episodes.judge(task, Split.VALID, (tape, row) -> {
            double[] answer = new double[100];
            answer[tape.labels()[row] < 2 ? tape.labels()[row] : 99 - tape.labels()[row] + 2] = 1.0;
            return answer;
        });
        assertThat(figures.get(success.metric())).isZero();
        assertThat(figures.get("cross_entropy")).isInfinite();
    }
}
