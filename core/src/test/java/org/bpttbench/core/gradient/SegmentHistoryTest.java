package org.bpttbench.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpttbench.core.gradient.Vectors.bits;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.tape.Checkpoints;
import org.bpttbench.core.tape.Memory;
import org.bpttbench.core.tape.SegmentPlan;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One window over the whole sequence, of which little is kept, against one backward pass over all of it. */
class SegmentHistoryTest {
    private static final Coin NEVER = probability -> false;

    static Stream<GradientLab> labs() {
        return Labs.masked(Masks.RANDOM, 2, 23);
    }

    /** One window over each sequence. */
    private record Whole(Memory memory, boolean carried) implements Truncation {
        @Override
        public Traits traits() {
            return new Traits(true, true, false, true, "");
        }

        @Override
        public Schedule schedule(StreamPlan plan, List<Coin> coins) {
            return new Schedule() {
                private int left;

                @Override
                public void begin(long steps) {
                    left = (int) steps;
                }

                @Override
                public void next(Window window) {
                    window.reset(left, 0);
                    if (carried) {
                        window.makeCarries();
                    }
                }
            };
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void anyDivisionHasTheBitsOfTheWhole(GradientLab lab) {
        TapeShape shape = lab.model().tape(lab.lanes(), lab.tokens());
        long[] expected = bits(lab.gradient());
        double least = SegmentPlan.smallest(shape, lab.steps()).orElseThrow().bytes();
        assertThat(bits(lab.estimate(new Whole(Memory.SQRT, false), NEVER))).isEqualTo(expected);
        for (double factor : new double[] {1.0, 1.1, 1.5, 3.0, 30.0}) {
            Memory budget = Memory.budget((long) (factor * least));
            assertThat(bits(lab.estimate(new Whole(budget, false), NEVER)))
                    .as("%s of %s", budget, lab)
                    .isEqualTo(expected);
        }
    }

    /** Sequences may turn out to be longer than planned. */
    @ParameterizedTest
    @MethodSource("labs")
    void aLongerSequenceIsPlannedAnew(GradientLab lab) {
        StreamPlan plan = new StreamPlan(lab.lanes(), 1, Long.MAX_VALUE, 4, false);
        double[] sum = new double[lab.theta().length];
        new Whole(Memory.SQRT, false)
                .open(lab.network(), lab.episodes(), plan, List.of(NEVER))
                .advance(lab.steps(), (gradient, window) -> Vectors.add(1.0, gradient, sum));
        assertThat(bits(sum)).isEqualTo(bits(lab.gradient()));
    }

    @Test
    void onlyWindowsWithoutCarriesAreDivided() {
        GradientLab lab = Labs.eachCell(Masks.ALL, 1, 9).findFirst().orElseThrow();
        GradientStream stream = lab.open(new Whole(Memory.SQRT, true), NEVER);
        assertThatThrownBy(() -> stream.advance(9, (gradient, window) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without cuts");
    }

    /** Which starts are kept, walking as the history does: none is asked for that lies far behind. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void checkpointsKeepTheNearestStart(int levels) {
        TapeShape shape = new TapeShape(1, 0, false, 1, 0, 1, 1, 0, false);
        SegmentPlan plan = new SegmentPlan(shape, 30, 1, levels);
        Checkpoints states = new Checkpoints(plan);
        assertThatThrownBy(() -> states.nearest(0)).isInstanceOf(IllegalStateException.class);
        Tape tape = new Tape(shape, 1);
        run(states, tape, 0, 29);
        int runs = 0;
        for (int segment = 28; segment >= 0; segment--) {
            int nearest = states.nearest(segment);
            states.restart(tape, nearest);
            runs += segment - nearest + 1;
            run(states, tape, nearest, segment);
            assertThat(tape.states()[0])
                    .as("the state that the segment starts from")
                    .isEqualTo(segment);
        }
        assertThat(runs).isBetween(29, 29 * levels);
        states.clear();
        assertThatThrownBy(() -> states.restart(tape, 3)).isInstanceOf(IllegalStateException.class);
    }

    /** The state before segment k is k. */
    private static void run(Checkpoints states, Tape tape, int from, int to) {
        double[] state = new double[1];
        for (int segment = from; segment <= to; segment++) {
            Arrays.fill(state, segment);
            tape.restart(state);
            if (segment > from || segment == 0) {
                states.keep(segment, tape);
            }
        }
        states.restart(tape, states.nearest(to));
    }
}
