package org.bpttbench.core.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans, compared with a search over every length of segment. */
class SegmentPlanTest {
    /** 2 lanes × (8·(3 + 5 + 7 + 4 + 1 + 1 + 1) + 1) = 354 bytes a step, 80 a state, 2 × (8·4 + 1) = 66 a recorded step. */
    private static final TapeShape SHAPE = new TapeShape(2, 3, false, 5, 7, 4, 1, 1, false);

    private static final int STEP = 354;
    private static final int STATE = 80;
    private static final int RECORDED = 66;

    /** The bytes written out: segment, its end and the sequence's, kept states, record. */
    private static long bytes(int steps, int segment, int levels) {
        int segments = (steps + segment - 1) / segment;
        int fanOut = 1;
        while (Math.pow(fanOut, levels) < segments) {
            fanOut++;
        }
        long apart = 1;
        for (int level = 1; level < levels; level++) {
            apart *= fanOut;
        }
        long states = (long) (levels - 1) * fanOut + (segments + apart - 1) / apart;
        return (long) segment * STEP + (2 + states) * STATE + (segments == 1 ? 0L : (long) steps * RECORDED);
    }

    @Test
    void widthsAreThoseOfTheShape() {
        assertThat(SHAPE.bytesPerStep()).isEqualTo(STEP);
        assertThat(SHAPE.bytesPerState()).isEqualTo(STATE);
        assertThat(SHAPE.bytesPerSourceStep()).isEqualTo(RECORDED);
        TapeShape symbols = new TapeShape(2, 30, true, 5, 7, 4, 30, 0, true);
        assertThat(symbols.bytesPerSourceStep()).isEqualTo(2 * (4 + 4 + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 30, 97, 1000})
    void aBudgetGivesTheFewestLevelsThenTheFewestSegments(int steps) {
        long least = Long.MAX_VALUE;
        for (int levels = 1; levels <= 3; levels++) {
            for (int segment = 1; segment <= steps; segment++) {
                least = Math.min(least, bytes(steps, segment, levels));
            }
        }
        assertThat(SegmentPlan.smallest(SHAPE, steps).orElseThrow().bytes()).isEqualTo((double) least);
        long most = bytes(steps, steps, 1);
        assertThat(SegmentPlan.of(Memory.ALL, SHAPE, steps).orElseThrow().bytes())
                .isEqualTo((double) most);
        for (long budget = least - 1; budget <= most; budget += Math.max(1, (most - least) / 50)) {
            assertBest(steps, budget);
        }
    }

    private static void assertBest(int steps, long budget) {
        Optional<SegmentPlan> plan = SegmentPlan.of(Memory.budget(Math.max(1, budget)), SHAPE, steps);
        for (int levels = 1; levels <= 3; levels++) {
            int fewest = Integer.MAX_VALUE;
            for (int segment = 1; segment <= steps; segment++) {
                if (bytes(steps, segment, levels) <= budget) {
                    fewest = Math.min(fewest, (steps + segment - 1) / segment);
                }
            }
            if (fewest < Integer.MAX_VALUE) {
                assertThat(plan.orElseThrow().levels()).isEqualTo(levels);
                assertThat(plan.get().segments()).isEqualTo(fewest);
                assertThat(plan.get().bytes())
                        .isEqualTo((double) bytes(steps, plan.get().segment(), levels))
                        .isLessThanOrEqualTo((double) budget);
                return;
            }
        }
        assertThat(plan).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10, 99, 100, 101, 1_000_000})
    void squareRootKeepsAsManyStatesAsSteps(int steps) {
        SegmentPlan plan = SegmentPlan.of(Memory.SQRT, SHAPE, steps).orElseThrow();
        int root = (int) Math.ceil(Math.sqrt(steps));
        assertThat(plan.segment()).isEqualTo(root);
        assertThat(plan.levels()).isEqualTo(1);
        assertThat(plan.slots(0)).isBetween(1, root);
        assertThat((long) plan.slots(0) * plan.segment()).isGreaterThanOrEqualTo(steps);
    }

    @Test
    void shortageTellsTheBytesThatWouldDo() {
        assertThat(SegmentPlan.of(Memory.budget(1), SHAPE, 100)).isEmpty();
        long least = (long) SegmentPlan.smallest(SHAPE, 100).orElseThrow().bytes();
        assertThatThrownBy(() -> SegmentPlan.require(Memory.budget(1), SHAPE, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory is 1 bytes: backpropagation through 100 steps × 2 lanes needs at least " + least
                        + " bytes, 6600 of them for inputs, targets and masks");
    }

    @Test
    void longerArraysThanJavaHasAreRefused() {
        for (long steps : new long[] {1L << 29, 1L << 40, Long.MAX_VALUE}) {
            assertThat(SegmentPlan.of(Memory.SQRT, SHAPE, steps)).isEmpty();
            assertThat(SegmentPlan.of(Memory.ALL, SHAPE, steps)).isEmpty();
            assertThatThrownBy(() -> SegmentPlan.require(Memory.budget(Long.MAX_VALUE), SHAPE, steps))
                    .hasMessageContaining("longer arrays than Java has");
        }
    }

    @Test
    void aMemoryIsABudgetOrHasNoBytes() {
        assertThatThrownBy(() -> Memory.budget(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Memory.budget(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Memory(Memory.Rule.SQRT, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
