package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.cell.LstmCell;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Memory;
import org.bpttbench.core.tape.SegmentPlan;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Full backpropagation in segments has the bits of full backpropagation, and keeps no more than it may. */
class SegmentsTest {
    private static final int LANES = 2;
    private static final Coin NEVER = probability -> {
        throw new AssertionError("full backpropagation draws nothing");
    };

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static TapeShape shape(GradientLab lab) {
        return lab.model().tape(lab.lanes(), lab.tokens());
    }

    /** A budget that suffices, now near the least and now near the whole. */
    private static Memory anyBudget(TapeShape shape, long steps, UniformRandomProvider random) {
        double least = SegmentPlan.smallest(shape, steps).orElseThrow().bytes();
        double most = SegmentPlan.of(Memory.ALL, shape, steps).orElseThrow().bytes();
        double share = Math.pow(random.nextDouble(), 3);
        return Memory.budget((long) Math.max(least, least + share * (most - least)));
    }

    private static List<double[]> emissions(GradientStream stream, long steps) {
        List<double[]> emissions = new ArrayList<>();
        stream.advance(steps, (gradient, window) -> emissions.add(gradient.clone()));
        return emissions;
    }

    private static void assertSameBits(List<double[]> actual, List<double[]> expected, String what) {
        assertThat(actual.stream().map(Vectors::bits).toArray(long[][]::new))
                .as(what)
                .isDeepEqualTo(expected.stream().map(Vectors::bits).toArray(long[][]::new));
    }

    /** Every cell, head, loss, pattern of masks and kind of input. */
    @Test
    void squareRootOfAnythingIsFull() {
        Labs.all(LANES, 11).forEach(lab -> assertEpisodes(lab, new Full(Memory.SQRT), 1));
    }

    /** Random lengths and budgets, so that segments are of any number and length, on any number of levels. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anyBudgetIsFull(int lanes) {
        UniformRandomProvider random = Seeds.of(3).at("budgets").at(lanes).generator();
        List<Masks> patterns = List.of(Masks.RANDOM, Masks.LAST_STEP, Masks.ONE_LANE_NONE, Masks.ALL);
        Set<String> divisions = new HashSet<>();
        Set<Integer> levels = new HashSet<>();
        for (int round = 0; round < 8; round++) {
            int steps = 1 + random.nextInt(60);
            Labs.masked(patterns.get(round % patterns.size()), lanes, steps).forEach(lab -> {
                Memory budget = anyBudget(shape(lab), steps, random);
                SegmentPlan plan = SegmentPlan.of(budget, shape(lab), steps).orElseThrow();
                divisions.add(steps + " in " + plan.segment());
                levels.add(plan.levels());
                assertEpisodes(lab, new Full(budget), 1 + random.nextInt(3));
            });
        }
        assertThat(divisions).hasSizeGreaterThan(50);
        assertThat(levels).contains(1, 2);
    }

    private static void assertEpisodes(GradientLab lab, Full segments, int draws) {
        Coin[] coins = new Coin[draws];
        Arrays.fill(coins, NEVER);
        GradientStream stream = lab.open(segments, coins);
        GradientStream whole = lab.open(new Full(), coins);
        String what = segments + ", " + lab + ", " + lab.steps() + " steps";
        assertSameBits(emissions(stream, 2L * lab.steps()), emissions(whole, 2L * lab.steps()), what);
        assertThat(stream.tally().backwardLaneSteps()).isEqualTo(whole.tally().backwardLaneSteps());
        assertThat(stream.tally().forwardLaneSteps()).isEqualTo(whole.tally().forwardLaneSteps());
        assertThat(stream.tally().lossSum()).isEqualTo(whole.tally().lossSum());
        assertThat(stream.tally().longestSegment()).isEqualTo(whole.tally().longestSegment());
        SegmentPlan plan =
                SegmentPlan.of(segments.memory(), shape(lab), lab.steps()).orElseThrow();
        assertThat(segments.tapeSteps(lab.lanes(), stream.tally())).isEqualTo(plan.segment());
        assertThat(segments.tapeBytes(shape(lab), stream.tally())).isEqualTo((long) plan.bytes());
    }

    /** Long enough for three levels of states, which only a wide state beside a narrow input needs. */
    @Test
    void threeLevelsAreFull() {
        Model model = new Model(new LstmCell(1, 12, true), new AffineHead(12, 1, true, Loss.SQUARED_ERROR));
        GradientLab lab = GradientLab.of("three levels", model, false, Masks.RANDOM, 1, 700);
        double least =
                SegmentPlan.smallest(shape(lab), lab.steps()).orElseThrow().bytes();
        Memory budget = Memory.budget((long) least);
        SegmentPlan plan = SegmentPlan.of(budget, shape(lab), lab.steps()).orElseThrow();
        assertThat(plan.levels()).isEqualTo(3);
        assertEpisodes(lab, new Full(budget), 1);
        GradientStream stream = lab.open(new Full(budget), NEVER);
        emissions(stream, lab.steps());
        assertThat(stream.tally().repeatedLaneSteps()).isBetween(lab.steps() * 2L, lab.steps() * 3L);
    }

    /** The state goes on from sequence to sequence, also where it was not on the tape any more; the last one is short. */
    @Test
    void endlessStreamsGoOnFromTheirState() {
        UniformRandomProvider random = Seeds.of(4).at("sequences").generator();
        for (Masks masks : new Masks[] {Masks.RANDOM, Masks.LAST_STEP, Masks.NONE}) {
            Labs.masked(masks, LANES, 40).forEach(lab -> {
                int sequence = 1 + random.nextInt(39);
                Full segments = new Full(anyBudget(shape(lab), sequence, random));
                List<double[]> whole = emissions(lab.train(new Full(), sequence, NEVER), 40);
                String what = segments + ", " + lab + ", sequences of " + sequence;
                assertSameBits(emissions(lab.train(segments, sequence, NEVER), 40), whole, what);
            });
        }
    }

    /**
     * A product with an adjoint of zero is not left out where a segment starts, only where the sequence does: 0·∞ is not a
     * number. 13 steps make segments of 4, 4, 4 and 1.
     */
    @Test
    void whatIsNotFiniteShowsTheSame() {
        GradientLab lab = Labs.eachCell(Masks.ALL, 1, 13)
                .filter(any -> any.toString().startsWith("identity"))
                .findFirst()
                .orElseThrow();
        List<List<double[]>> both = new ArrayList<>();
        for (Full full : new Full[] {new Full(), new Full(Memory.SQRT)}) {
            StreamPlan plan = StreamPlan.measured(1, 1, 13);
            GradientStream stream = full.open(lab.network(), new InfiniteEnd(lab.episodes()), plan, List.of(NEVER));
            both.add(emissions(stream, 13));
        }
        assertThat(both.get(0).get(0)).contains(Double.NaN);
        assertSameBits(both.get(1), both.get(0), "not finite");
    }

    /** A loss at the first step only, infinite inputs at the last of 13. */
    private static final class InfiniteEnd implements Source {
        private final Source source;
        private int done;

        InfiniteEnd(Source source) {
            this.source = source;
        }

        @Override
        public boolean tokens() {
            return source.tokens();
        }

        @Override
        public double[] startState() {
            return source.startState();
        }

        @Override
        public long begin() {
            return source.begin();
        }

        @Override
        public void fill(Tape tape, int from, int to) {
            source.fill(tape, from, to);
            for (int k = from; k < to; k++) {
                done++;
                tape.masks()[k] = done == 1;
                if (done == 13) {
                    int width = tape.shape().inputs();
                    Arrays.fill(tape.inputs(), k * width, (k + 1) * width, Double.POSITIVE_INFINITY);
                }
            }
        }
    }

    @Test
    void aBudgetThatDoesNotSufficeIsRefusedWithTheBytesThatWould() {
        GradientLab lab = Labs.eachCell(Masks.ALL, 1, 9).findFirst().orElseThrow();
        long least = (long) SegmentPlan.smallest(shape(lab), 9).orElseThrow().bytes();
        assertThatThrownBy(() -> lab.open(new Full(Memory.budget(least - 1)), NEVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memory is " + (least - 1) + " bytes")
                .hasMessageContaining("at least " + least + " bytes");
        assertThat(emissions(lab.open(new Full(Memory.budget(least)), NEVER), 9))
                .hasSize(1);
    }

    /** The bytes that are told are those that are taken: the thread allocates them, and little besides. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void whatIsKeptIsWhatIsAllocated(int lanes) {
        int steps = 20_000;
        Model model = new Model(new LstmCell(2, 8, true), new AffineHead(8, 2, true, Loss.SOFTMAX_CROSS_ENTROPY));
        TapeShape shape = model.tape(lanes, true);
        for (Memory memory : new Memory[] {Memory.SQRT, Memory.budget(10_000_000), Memory.budget(100_000_000)}) {
            GradientLab lab = GradientLab.of("bytes", model, true, Masks.ALL, lanes, 10);
            Full full = new Full(memory);
            Source noise = new Repeated(lab);
            Network network = lab.network();
            StreamPlan plan = StreamPlan.measured(lanes, 1, steps);
            emissions(full.open(network, noise, plan, List.of(NEVER)), steps);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            GradientStream stream = full.open(network, noise, plan, List.of(NEVER));
            emissions(stream, steps);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            long told = full.tapeBytes(shape, stream.tally());
            assertThat(told).isEqualTo((long) full.plannedTape(plan, shape).bytes());
            // Headers of arrays, the adjoints, and up to half a mebibyte of deltas.
            assertThat(allocated - told).as(memory.toString()).isBetween(0L, 600_000L);
            if (memory.rule() == Memory.Rule.BUDGET) {
                assertThat(told).isLessThanOrEqualTo(memory.bytes());
            }
        }
    }

    /** An episode of any length made of one short one. */
    private static final class Repeated implements Source {
        private final GradientLab lab;
        private Source source;
        private int left;

        Repeated(GradientLab lab) {
            this.lab = lab;
            this.source = lab.episodes();
        }

        @Override
        public boolean tokens() {
            return lab.tokens();
        }

        @Override
        public double[] startState() {
            return source.startState();
        }

        @Override
        public long begin() {
            left = 0;
            return ENDLESS;
        }

        @Override
        public void fill(Tape tape, int from, int to) {
            for (int k = from; k < to; k++) {
                if (left == 0) {
                    left = (int) source.begin();
                }
                source.fill(tape, k, k + 1);
                left--;
            }
        }
    }

    /** A million steps of an LSTM of 32 units within 64 MiB, where the whole tape takes two gigabytes. */
    @Test
    @Tag("long")
    void aMillionStepsIn64MiB() {
        int steps = 1_000_000;
        long limit = 64L << 20;
        Model model = new Model(new LstmCell(2, 32, true), new AffineHead(32, 1, true, Loss.SQUARED_ERROR));
        GradientLab lab = GradientLab.of("a million", model, false, Masks.RANDOM, 1, 1000);
        StreamPlan plan = StreamPlan.measured(1, 1, steps);
        List<List<double[]>> gradients = new ArrayList<>();
        for (Memory memory : new Memory[] {Memory.budget(limit), Memory.SQRT}) {
            Full full = new Full(memory);
            GradientStream stream = full.open(lab.network(), new Repeated(lab), plan, List.of(NEVER));
            gradients.add(emissions(stream, steps));
            assertThat(full.tapeBytes(shape(lab), stream.tally())).isLessThanOrEqualTo(limit);
            assertThat(full.tapeSteps(1, stream.tally())).isLessThan(steps / 20);
        }
        assertThat(steps * shape(lab).bytesPerStep()).isGreaterThan(2_000_000_000L);
        assertSameBits(gradients.get(0), gradients.get(1), "two divisions of a million steps");
    }
}
