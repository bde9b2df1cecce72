package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientSink;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.tape.Memory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of steady use allocates nothing. */
class StreamAllocationTest {
    private static final int LANES = 2;
    private static final int STEPS = 60;
    private static final int EPISODES = 10;
    private static final int ROUNDS = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Truncation> truncations() {
        return Stream.of(
                new Full(),
                new Full(Memory.SQRT),
                new Tbptt(7, 0),
                new Tbptt(3, 5),
                new Artbp(new Cuts(16, new ConstantLaw(16), true)),
                new Artbp(new Cuts(16, new PolynomialLaw(6, 16), false)));
    }

    /** Cuts at every 1st, 2nd, … 20th link in turn: the longest segment comes again and again. */
    private static Coin periodic() {
        int[] links = {0, 1};
        return probability -> {
            if (++links[0] < links[1]) {
                return false;
            }
            links[0] = 0;
            links[1] = links[1] % 20 + 1;
            return true;
        };
    }

    @ParameterizedTest
    @MethodSource("truncations")
    void steadyStreamAllocatesNothing(Truncation truncation) {
        Labs.masked(Masks.RANDOM, LANES, STEPS).forEach(lab -> assertNoAllocation(lab, truncation, 1));
        Labs.eachCell(Masks.LAST_STEP, LANES, STEPS).forEach(lab -> assertNoAllocation(lab, truncation, 3));
    }

    private static void assertNoAllocation(GradientLab lab, Truncation truncation, int draws) {
        Coin[] coins = new Coin[draws];
        Arrays.setAll(coins, draw -> periodic());
        assertNoAllocation(lab.open(truncation, coins), truncation + ", " + lab + ", " + draws + " draws");
    }

    /** In training, in short sequences and in a single one. */
    @ParameterizedTest
    @ValueSource(ints = {STEPS, Integer.MAX_VALUE})
    void flushedStreamAllocatesNothing(int sequence) {
        Truncation artbp = new Artbp(new Cuts(16, new PolynomialLaw(6, 16), false).flushedEvery(7));
        int all = (1 + ROUNDS) * EPISODES * STEPS;
        Labs.masked(Masks.RANDOM, LANES, all)
                .forEach(lab -> assertNoAllocation(lab.train(artbp, sequence, periodic()), "flushed, " + lab));
    }

    private static void assertNoAllocation(GradientStream stream, String what) {
        GradientSink sink = (gradient, window) -> {};
        stream.advance(EPISODES * STEPS, sink);
        // The virtual machine may leave a few bytes on a thread when it swaps compiled code; a stream that allocates
        // does so in every round.
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            stream.advance(EPISODES * STEPS, sink);
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(fewest).as(what).isZero();
    }
}
