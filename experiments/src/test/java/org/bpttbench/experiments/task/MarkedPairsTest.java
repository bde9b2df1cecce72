package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences of experiments 4 and 5 against their definition. */
class MarkedPairsTest {
    private static final int MANY = 5_000;

    @ParameterizedTest
    @ValueSource(ints = {6, 22, 50, 100})
    void productOfTheMarked(int length) {
        check(new Multiplication(length), length, 0.0, 1.0, (x1, x2) -> x1 * x2);
    }

    @Test
    void chanceOfTheProduct() {
        double alone = new MarkedPairs(50).chanceOfLosingOne();
        checkChance(new Multiplication(50), 0.25 + alone / 4.0);
    }

    /** p + (1 − p)/(T/2 − 2) with p = 1/10, or 1/(T/2 − 1) in short sequences. */
    @ParameterizedTest
    @CsvSource({"6, 1.0", "22, 0.2", "50, 0.139130435", "100, 0.11875"})
    void aMarkMayFallOnTheFirstPair(int length, double expected) {
        assertThat(new MarkedPairs(length).chanceOfLosingOne()).isCloseTo(expected, within(1e-9));
    }

    /** Reads the two marked values off a sequence, its first pair apart, and finds the target that belongs to them. */
    static void check(EpisodeTask task, int length, double low, double neutral, DoubleBinaryOperator target) {
        int half = length / 2 - 1;
        assertThat(task.steps()).isEqualTo(length + length / 10);
        long[] lengths = new long[length / 10 + 1];
        long[] places = new long[half];
        Episodes.each(task, MANY, episode -> {
            int last = last(episode);
            assertThat(last + 1).isBetween(length, length + length / 10);
            lengths[last + 1 - length]++;
            List<Double> marked = new ArrayList<>();
            int earliest = Integer.MAX_VALUE;
            for (int step = 0; step < task.steps(); step++) {
                double mark = episode.input(step, 1);
                assertThat(episode.scored(step)).isEqualTo(step == last);
                assertThat(episode.input(step, 0)).isBetween(step > last ? 0.0 : low, step > last ? 0.0 : 1.0);
                if (step == 0 || step == last) {
                    assertThat(mark).isEqualTo(-1.0);
                } else if (mark != 0.0) {
                    assertThat(mark).isEqualTo(1.0);
                    assertThat(step).isLessThan(half);
                    places[step]++;
                    earliest = Math.min(earliest, step);
                    marked.add(episode.input(step, 0));
                }
            }
            assertThat(marked).hasSizeBetween(1, 2);
            if (marked.size() == 1) {
                places[0]++;
                earliest = 0;
                marked.add(neutral);
            }
            assertThat(earliest).isLessThan(10);
            assertThat(episode.target(last, 0))
                    .isCloseTo(target.applyAsDouble(marked.get(0), marked.get(1)), within(1e-15));
        });
        if (lengths.length > 1) {
            Episodes.assertUniform(lengths);
        }
        assertPlaces(places, half);
    }

    /** The early places share the first mark and, with all others, the second. */
    private static void assertPlaces(long[] places, int half) {
        int early = Math.min(10, half);
        for (int place = 0; place < half; place++) {
            double first = place < early ? 1.0 / early : 0.0;
            double expected = first + (1.0 - first) / (half - 1);
            // Five standard errors: exceeded by some place of a thousand once in 1,700 seeds.
            double error = 5.0 * Math.sqrt(expected * (1.0 - expected) / MANY);
            assertThat((double) places[place] / MANY).isCloseTo(expected, within(error + 1e-12));
        }
    }

    /** The last pair, the one with a loss. */
    private static int last(Episode episode) {
        int step = episode.steps() - 1;
        while (!episode.scored(step)) {
            step--;
        }
        return step;
    }

    /** The closed form, the variance of the target, is what the best constant gets on the test set. */
    static void checkChance(EpisodeTask task, double best) {
        EpisodeEvaluation set = new EpisodeEvaluation(task, Split.TEST);
        Episode episode = new Episode(task);
        int count = task.episodes(Split.TEST);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            set.next(episode);
            double error = episode.target(last(episode), 0) - best;
            sum += error * error;
            squares += error * error * error * error;
        }
        double mean = sum / count;
        double deviation = Math.sqrt(squares / count - mean * mean);
        double measured = Objects.requireNonNull(Episodes.judge(task, Split.TEST, (tape, row) -> new double[] {best})
                .get("mse"));
        assertThat(measured).isCloseTo(mean, within(1e-12));
        double chance = Objects.requireNonNull(task.chance().get("mse"));
        // Four standard errors: exceeded once in 16,000 seeds.
        assertThat(measured).isCloseTo(chance, within(4.0 * deviation / Math.sqrt(count)));
        assertThat(task.baselines(Split.TEST).get("mse")).containsEntry("chance", chance);
    }

    @Test
    void productSolvedAsInThePaper() {
        Multiplication task = new Multiplication(30);
        Success success = task.success().orElseThrow();
        double perfect =
                Objects.requireNonNull(Episodes.judgePerfect(task, Split.TEST).get(success.metric()));
        assertThat(perfect).isLessThan(success.threshold());
        double constant = Objects.requireNonNull(Episodes.judge(task, Split.TEST, (tape, row) -> new double[] {0.25})
                .get(success.metric()));
        assertThat(constant).isGreaterThan(success.threshold());
        assertThat(task.memoryLag()).hasValue(32);
    }
}
