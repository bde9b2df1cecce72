package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalOrderTest {
    /** The places are those of the paper's sequences of 100, scaled. */
    @ParameterizedTest
    @CsvSource({
        "100, 2, '10, 50'",
        "100, 3, '10, 30, 60'",
        "50, 2, '5, 25'",
        "25, 3, '2, 7, 15'",
        "10, 2, '1, 5'",
        "10, 3, '1, 3, 6'"
    })
    void placesAndClass(int length, int symbols, String starts) {
        TemporalOrder task = new TemporalOrder(length, symbols);
        int[] from = Arrays.stream(starts.split(", ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        long[][] places = new long[symbols][length / 10];
        long[] classes = new long[1 << symbols];
        long[] distractors = new long[4];
        Episodes.each(task, 10_000, episode -> {
            int found = 0;
            int label = 0;
            for (int step = 0; step < length; step++) {
                assertThat(episode.scored(step)).isEqualTo(step == length - 1);
                int token = episode.token(step);
                if (token < 2) {
                    places[found][step - from[found]]++;
                    label += token * (1 << found);
                    found++;
                } else {
                    distractors[token - 2]++;
                }
            }
            assertThat(found).isEqualTo(symbols);
            assertThat(episode.label(length - 1)).isEqualTo(label);
            classes[label]++;
        });
        if (length >= 20) {
            Arrays.stream(places).forEach(Episodes::assertUniform);
        }
        Episodes.assertUniform(classes);
        Episodes.assertUniform(distractors);
    }

    @ParameterizedTest
    @CsvSource({"2, 1.3862944, 0.75", "3, 2.0794415, 0.875"})
    void chance(int symbols, double nats, double errors) {
        TemporalOrder task = new TemporalOrder(20, symbols);
        assertThat(task.chance().get("cross_entropy")).isCloseTo(nats, within(1e-7));
        assertThat(task.chance().get("error_rate")).isEqualTo(errors);
        double[] uniform = new double[task.outputs()];
        Arrays.fill(uniform, 1.0 / uniform.length);
        Map<String, Double> figures = Episodes.judge(task, Split.TEST, (tape, row) -> uniform);
        // Of equals the first class is taken: a constant answer.
        assertThat(figures.get("cross_entropy")).isCloseTo(nats, within(1e-7));
        assertThat(figures.get("error_rate")).isCloseTo(errors, within(Episodes.shareError(errors, 10_000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void solvedByTheAnswersAndNotByChance(int symbols) {
        TemporalOrder task = new TemporalOrder(20, symbols);
        assertThat(task.episodes(Split.TEST)).isEqualTo(10_000);
        Success success = task.success().orElseThrow();
        Map<String, Double> perfect = Episodes.judgePerfect(task, Split.TEST);
        assertThat(perfect).isEqualTo(Map.of("cross_entropy", 0.0, "error_rate", 0.0));
        assertThat(Objects.requireNonNull(perfect.get(success.metric()))).isLessThan(success.threshold());
        assertThat(task.chance().get(success.metric())).isGreaterThan(success.threshold());
    }

    @ParameterizedTest
    @CsvSource({"100, 89", "50, 44", "10, 8"})
    void lagFromTheFirstPlace(int length, long lag) {
        assertThat(new TemporalOrder(length, 2).memoryLag()).hasValue(lag);
        assertThat(new TemporalOrder(length, 2).episode()).hasValue(length);
    }
}
