package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterSourceTest {
    /** Every symbol tells its place. */
    private static int[] places(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static CharacterSource source(int length, int lanes, long seed) {
        return new CharacterSource(places(length), lanes, new double[1], Seeds.of(seed));
    }

    private static Tape read(Source source, int lanes, int... stretches) {
        Tape tape = new Tape(
                new TapeShape(lanes, 1, true, 1, 0, 1, 1, 0, true),
                Arrays.stream(stretches).sum());
        for (int stretch : stretches) {
            int from = tape.append(stretch);
            source.fill(tape, from, tape.end());
        }
        return tape;
    }

    private static int[] tokens(Tape tape) {
        return Arrays.copyOf(tape.tokens(), tape.end() * tape.lanes());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 103, 104})
    void lanesReadTheirPartsRoundAndRound(int length) {
        int lanes = 4;
        int part = (length - 1) / lanes;
        Tape tape = read(source(length, lanes, 1), lanes, 2 * part);
        for (int lane = 0; lane < lanes; lane++) {
            Set<Integer> seen = new HashSet<>();
            int last = -1;
            for (int k = 0; k < 2 * part; k++) {
                int row = k * lanes + lane;
                int token = tape.tokens()[row];
                assertThat(tape.masks()[row]).isTrue();
                assertThat(tape.labels()[row]).isEqualTo(token + 1);
                assertThat(token).isBetween(lane * part, (lane + 1) * part - 1);
                if (k > 0) {
                    assertThat(token).isEqualTo(last == (lane + 1) * part - 1 ? lane * part : last + 1);
                }
                last = token;
                seen.add(token);
            }
            assertThat(seen).hasSize(part);
        }
    }

    @Test
    void onlyTheSeedDecides() {
        int[] once = tokens(read(source(1000, 3, 5), 3, 40));
        assertThat(tokens(read(source(1000, 3, 5), 3, 1, 25, 14))).isEqualTo(once);
        assertThat(tokens(read(source(1000, 3, 6), 3, 40))).isNotEqualTo(once);
    }

    /** Lanes have streams of their own: those of a text twice as long, read in twice as many, start alike. */
    @Test
    void aLaneDoesNotDependOnTheOthers() {
        int[] two = tokens(read(source(201, 2, 9), 2, 1));
        int[] four = tokens(read(source(401, 4, 9), 4, 1));
        assertThat(Arrays.copyOf(four, 2)).isEqualTo(two);
        assertThat(new HashSet<>(Arrays.asList(four[0], four[1] - 100, four[2] - 200, four[3] - 300)))
                .hasSizeGreaterThan(1);
    }

    @Test
    void everyLaneNeedsAPair() {
        assertThat(tokens(read(source(4, 3, 1), 3, 2))).containsExactly(0, 1, 2, 0, 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(4, 4, 1))
                .withMessageContaining("lanes is 4")
                .withMessageContaining("3 pairs");
    }
}
