package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bpttbench.core.head.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecallTaskTest {
    static Stream<RecallTask> tasks() {
        return Stream.of(
                new Copy(1),
                new Copy(10),
                new NoiselessMemorization(1, 1, 2),
                new NoiselessMemorization(20, 5, 2),
                new NoiselessMemorization(3, 10, 5));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void symbolsBlanksCueAndTheSymbolsAgain(RecallTask task) {
        int shown = task.shown();
        int blank = task.kinds();
        int recall = task.steps() - shown;
        long[] counts = new long[task.kinds()];
        Episodes.each(task, 4_000, episode -> {
            for (int step = 0; step < task.steps(); step++) {
                assertThat(episode.scored(step)).isTrue();
                if (step < shown) {
                    counts[episode.token(step)]++;
                    assertThat(episode.label(recall + step)).isEqualTo(episode.token(step));
                } else {
                    // The cue is the last step before the answers.
                    assertThat(episode.token(step)).isEqualTo(step == recall - 1 ? blank + 1 : blank);
                }
                if (step < recall) {
                    assertThat(episode.label(step)).isEqualTo(blank);
                }
            }
        });
        Episodes.assertUniform(counts);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 30, 0.693147",
        "30, 50, 0.415888",
        "50, 70, 0.297063",
        "100, 120, 0.173287",
        "200, 220, 0.0945201",
        "500, 520, 0.0399893",
        "1000, 1020, 0.0203867"
    })
    void lengthAndChanceOfThePaper(int length, int steps, double chance) {
        Copy task = new Copy(length);
        assertThat(task.episode()).hasValue(steps);
        assertThat(task.memoryLag()).hasValue(length + 10);
        assertThat(task.inputs()).isEqualTo(10);
        assertThat(task.outputs()).isEqualTo(9);
        assertThat(task.chance().get("cross_entropy")).isCloseTo(chance, within(1e-6));
    }

    /** The best without memory: certain of the blanks, at a loss for the symbols, where it says the first. */
    @ParameterizedTest
    @MethodSource("tasks")
    void chanceIsWhatNoMemoryGets(RecallTask task) {
        Map<String, Double> chance = task.chance();
        Map<String, Double> figures = Episodes.judge(task, Split.TEST, (tape, row) -> {
            double[] answer = new double[task.outputs()];
            for (int kind = 0; kind < task.kinds(); kind++) {
                answer[kind] = 1.0 / task.kinds();
            }
            return tape.labels()[row] < task.kinds() ? answer : certain(task.outputs(), task.kinds());
        });
        assertThat(figures.get("cross_entropy"))
                .isCloseTo(Objects.requireNonNull(chance.get("cross_entropy")), within(1e-9));
        int episodes = task.episodes(Split.TEST);
        double errors = Objects.requireNonNull(chance.get("error_rate"));
        assertThat(figures.get("error_rate")).isCloseTo(errors, within(Episodes.shareError(errors, episodes)));
        double wrong = Objects.requireNonNull(chance.get("step_error_rate"));
        assertThat(figures.get("step_error_rate"))
                .isCloseTo(wrong, within(Episodes.shareError(wrong, episodes * task.shown())));
    }

    private static double[] certain(int outputs, int label) {
        double[] answer = new double[outputs];
        answer[label] = 1.0;
        return answer;
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void perfectRecall(RecallTask task) {
        assertThat(Episodes.judgePerfect(task, Split.VALID))
                .isEqualTo(Map.of("cross_entropy", 0.0, "error_rate", 0.0, "step_error_rate", 0.0));
    }

    /** A blank that is missed costs loss but is not judged; one symbol missed fails the sequence. */
    @Test
    void onlyTheSymbolsAreJudged() {
        NoiselessMemorization task = new NoiselessMemorization(20, 5, 2);
        OracleHead.Answers perfect = OracleHead.perfect(task.outputs(), Loss.SOFTMAX_CROSS_ENTROPY);
        Map<String, Double> blanks = Episodes.judge(
                task,
                Split.VALID,
                (tape, row) -> tape.labels()[row] == 2 ? new double[] {0.5, 0.25, 0.25} : perfect.at(tape, row));
        assertThat(blanks.get("error_rate")).isZero();
        assertThat(blanks.get("cross_entropy")).isCloseTo(25.0 / 30.0 * StrictMath.log(4.0), within(1e-12));
        Success success = task.success().orElseThrow();
        Map<String, Double> ones =
                Episodes.judge(task, Split.VALID, (tape, row) -> certain(3, Math.max(1, tape.labels()[row])));
        assertThat(ones.get(success.metric()))
                .isGreaterThan(success.threshold())
                .isGreaterThan(0.9);
        assertThat(ones.get("step_error_rate")).isBetween(0.45, 0.55);
    }
}
