package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The made-up symbol streams against {@link StreamLaws}. */
class EndlessTaskTest {
    static Stream<EndlessTask> published() {
        return Stream.of(
                new AnBn(1, 32),
                new Brackets(5, 5, 1, 10),
                new Brackets(2, 7, 3, 10),
                new Brackets(0, 0, 10, 8),
                new CopyStream(10, 10),
                new CopyStream(5, 10),
                new AddCoins(3, 8, false));
    }

    static Stream<EndlessTask> small() {
        return Stream.of(
                new AnBn(1, 3),
                new AnBn(2, 4),
                new AnBn(1, 2),
                new AnBn(1, 1),
                new AnBn(3, 3),
                new Brackets(0, 2, 2, 2),
                new Brackets(1, 1, 1, 3),
                new CopyStream(1, 1),
                new CopyStream(3, 3),
                new CopyStream(1, 2),
                new CopyStream(1, 4),
                new CopyStream(3, 4),
                new CopyStream(2, 5),
                new AddCoins(2, 5, false),
                new AddCoins(4, 1, true));
    }

    /** The law follows from the inputs no further back than the lag, and not from one fewer. */
    @ParameterizedTest
    @MethodSource("small")
    void theLagIsHowFarBackOneMustLook(EndlessTask task) {
        int lag = (int) task.memoryLag().orElseThrow();
        assertThat(conflicts(task, lag)).isFalse();
        assertThat(conflicts(task, lag - 1)).isTrue();
    }

    private static boolean conflicts(EndlessTask task, int lag) {
        int steps = 60_000;
        Tape tape = StreamTapes.filled(task, StreamTapes.source(task, 1, 9), 1, steps);
        StreamLaws.Observer observer = StreamLaws.of(task);
        Map<List<Integer>, List<Double>> seen = new HashMap<>();
        List<Integer> inputs = Arrays.stream(tape.tokens(), 0, steps).boxed().toList();
        for (int step = 0; step < steps; step++) {
            List<Double> law =
                    Arrays.stream(observer.see(inputs.get(step))).boxed().toList();
            if (step < 50) {
                continue;
            }
            List<Integer> window = lag < 0 ? Collections.emptyList() : inputs.subList(step - lag, step + 1);
            List<Double> before = seen.putIfAbsent(window, law);
            if (before != null && !before.equals(law)) {
                return true;
            }
        }
        return false;
    }

    /** Every target is one the law allows, and with exact labels the target is the law. */
    @ParameterizedTest
    @MethodSource("small")
    void targetsFollowTheLaw(EndlessTask task) {
        int steps = 5_000;
        Tape tape = StreamTapes.filled(task, StreamTapes.source(task, 1, 3), 1, steps);
        StreamLaws.Observer observer = StreamLaws.of(task);
        for (int step = 0; step < steps; step++) {
            double[] law = observer.see(tape.tokens()[step]);
            if (step < 50) {
                continue;
            }
            if (task.loss().labels()) {
                assertThat(law[tape.labels()[step]]).isPositive();
            } else {
                assertThat(Arrays.copyOfRange(tape.targets(), 2 * step, 2 * step + 2))
                        .isEqualTo(law);
            }
        }
    }

    /** The text read as text; in a line stream each target is the next input. */
    @Test
    void linesAreAsDefined() {
        String anbn = text(new AnBn(2, 4), "ab\n");
        for (String line : anbn.split("(?<=b\n)")) {
            int n = line.indexOf('\n');
            assertThat(n).isBetween(2, 4);
            assertThat(line).isEqualTo("a".repeat(n) + "\n" + "b".repeat(n) + "\n");
        }
        for (int n = 2; n <= 4; n++) {
            assertThat(anbn).contains("\n" + "a".repeat(n) + "\n");
        }
        String brackets = text(new Brackets(2, 4, 3, 5), "01234[]\n");
        assertThat(brackets.lines()).allMatch(line -> line.matches("\\[([0-4]{3})\\][0-4]{2,4}\\[\\1\\]"));
        assertThat(brackets.lines().map(String::length)).contains(12, 13, 14);
        assertThat(brackets.lines().map(line -> line.substring(1, 4)).distinct())
                .hasSizeGreaterThan(100);
    }

    /** Whole lines. */
    private static String text(EndlessTask task, String symbols) {
        int steps = 20_000;
        Tape tape = StreamTapes.filled(task, StreamTapes.source(task, 1, 4), 1, steps);
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < steps; step++) {
            text.append(symbols.charAt(tape.tokens()[step]));
            if (step > 0) {
                assertThat(tape.labels()[step - 1]).isEqualTo(tape.tokens()[step]);
            }
        }
        String last = symbols.startsWith("ab") ? "b\n" : "\n";
        return text.substring(0, text.lastIndexOf(last) + last.length());
    }

    /** A lane's data depend neither on how many lanes there are nor on how the steps are asked for. */
    @ParameterizedTest
    @MethodSource("published")
    void lanesAreIndependent(EndlessTask task) {
        int steps = 300;
        Tape three = StreamTapes.filled(
                task, task.examined(Split.VALID), task.examination().lanes(), steps);
        Tape test = StreamTapes.filled(
                task, task.examined(Split.TEST), task.examination().lanes(), steps);
        assertThat(three.tokens()).isNotEqualTo(test.tokens());
        Tape wide = StreamTapes.filled(task, StreamTapes.source(task, 5, 6), 5, steps);
        Source narrow = StreamTapes.source(task, 3, 6);
        Tape pieces = StreamTapes.tape(task, 3, steps);
        pieces.append(steps);
        narrow.fill(pieces, 0, 7);
        narrow.fill(pieces, 7, steps);
        for (int lane = 0; lane < 3; lane++) {
            assertThat(lane(pieces, lane, 3, steps)).isEqualTo(lane(wide, lane, 5, steps));
        }
        assertThat(lane(wide, 0, 5, steps)).isNotEqualTo(lane(wide, 1, 5, steps));
    }

    private static List<Integer> lane(Tape tape, int lane, int lanes, int steps) {
        return IntStream.range(0, steps)
                .mapToObj(step -> tape.tokens()[step * lanes + lane])
                .toList();
    }

    @Test
    void lengthsThatDoNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CopyStream(6, 5))
                .withMessage("shortest is 6, above longest, which is 5");
        assertThatIllegalArgumentException().isThrownBy(() -> new AnBn(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Brackets(2, 1, 1, 1));
    }
}
