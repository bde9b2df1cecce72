package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.experiments.task.Adding.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all tasks of episodes keep, in training and in evaluation. */
class EpisodeSourceTest {
    static Stream<EpisodeTask> tasks() {
        return Stream.of(
                new Adding(20, Variant.ARJOVSKY),
                new Adding(20, Variant.HOCHREITER),
                new Multiplication(20),
                new Copy(5),
                new TemporalOrder(20, 3),
                new RandomPermutation(8),
                new NoiselessMemorization(5, 3, 2));
    }

    private static Network network(EpisodeTask task) {
        return Episodes.network(task, OracleHead.perfect(task.outputs(), task.loss()));
    }

    /** Two episodes of every lane, as text, read in windows of the given length. */
    private static List<String> lanes(EpisodeTask task, int lanes, int window) {
        Network network = network(task);
        Source source = task.open(network.model(), lanes, Seeds.of(5).at("task"));
        StringBuilder[] written =
                IntStream.range(0, lanes).mapToObj(lane -> new StringBuilder()).toArray(StringBuilder[]::new);
        Tape tape = new Tape(network.model().tape(lanes, source.tokens()), 0);
        for (int episode = 0; episode < 2; episode++) {
            tape.restart(source.startState());
            assertThat(source.begin()).isEqualTo(task.episode().orElseThrow());
            for (int done = 0; done < task.steps(); done += window) {
                int from = tape.append(Math.min(window, task.steps() - done));
                source.fill(tape, from, tape.end());
                for (int row = from * lanes; row < tape.end() * lanes; row++) {
                    written[row % lanes].append(row(task, tape, row)).append('\n');
                }
                tape.keepLast(0);
            }
        }
        return Stream.of(written).map(StringBuilder::toString).toList();
    }

    private static String row(EpisodeTask task, Tape tape, int row) {
        List<Object> values = new ArrayList<>();
        if (task.tokens()) {
            values.add(tape.tokens()[row]);
        } else {
            IntStream.range(0, task.inputs()).forEach(i -> values.add(tape.inputs()[row * task.inputs() + i]));
        }
        values.add(task.loss().labels() ? tape.labels()[row] : tape.targets()[row]);
        values.add(tape.masks()[row]);
        return values.toString().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aLanesEpisodesDependOnItsNumberAlone(EpisodeTask task) {
        List<String> three = lanes(task, 3, 7);
        assertThat(three).doesNotHaveDuplicates();
        assertThat(lanes(task, 1, task.steps())).isEqualTo(three.subList(0, 1));
        assertThat(lanes(task, 5, 1)).startsWith(three.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void episodesAreNewEveryTime(EpisodeTask task) {
        List<String> lines = lanes(task, 1, 4).get(0).lines().toList();
        assertThat(lines.subList(0, task.steps())).isNotEqualTo(lines.subList(task.steps(), 2 * task.steps()));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void validationAndTestAreFixedAndDifferent(EpisodeTask task) {
        Episode first = new Episode(task);
        Episode again = new Episode(task);
        Episode test = new Episode(task);
        new EpisodeEvaluation(task, Split.VALID).next(first);
        new EpisodeEvaluation(task, Split.VALID).next(again);
        new EpisodeEvaluation(task, Split.TEST).next(test);
        assertThat(again).usingRecursiveComparison().isEqualTo(first);
        assertThat(test).usingRecursiveComparison().isNotEqualTo(first);
    }

    /** Batches have no influence, the last and incomplete one included. */
    @ParameterizedTest
    @MethodSource("tasks")
    void everyEpisodeOfASetCountsOnce(EpisodeTask task) {
        Network network = Episodes.network(task, (tape, row) -> {
            double[] answer = new double[task.outputs()];
            Arrays.fill(answer, 1.0 / answer.length);
            return answer;
        });
        EpisodeScore fifty = new EpisodeEvaluation(task, Split.VALID).of(network, 50);
        EpisodeScore seven = new EpisodeEvaluation(task, Split.VALID).of(network, 7);
        assertThat(fifty.episodes()).isEqualTo(1_000).isEqualTo(seven.episodes());
        assertThat(seven.errorRate()).isEqualTo(fifty.errorRate());
        assertThat(seven.stepErrorRate()).isEqualTo(fifty.stepErrorRate());
        assertThat(seven.meanLoss()).isCloseTo(fifty.meanLoss(), within(1e-9));
    }
}
