package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.CreditMatrix;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The credit matrices of a flushed stream: those of the one window of a measured sequence, which knows of no flush. */
class FlushCreditTest {
    private static final int STEPS = 41;
    private static final int[] FLUSHES = {1, 2, 3, 7, STEPS, 1000};

    /** What is flushed, under every law: with and without the factor. */
    static Stream<Truncation> flushed() {
        return Arrays.stream(FLUSHES).boxed().flatMap(Truncations::flushed);
    }

    private static StreamPlan training(int lanes, int draws, long steps, long sequence) {
        return new StreamPlan(lanes, draws, steps, sequence, true);
    }

    private static Coin coin(int draw) {
        return Coin.of(Seeds.of(12).at("coin").at(draw).generator());
    }

    private static List<Coin> coins(int draws) {
        return IntStream.range(0, draws).mapToObj(FlushCreditTest::coin).toList();
    }

    @ParameterizedTest
    @MethodSource("flushed")
    void creditIsThatOfTheOneWindow(Truncation truncation) {
        for (int lanes = 2; lanes <= 3; lanes++) {
            for (int draws = 1; draws <= 2; draws++) {
                double[][][] whole = CreditMatrix.of(truncation, STEPS, lanes, coins(draws));
                StreamPlan plan = training(lanes, draws, STEPS, STEPS);
                assertThat(CreditMatrix.of(truncation, plan, coins(draws))).isDeepEqualTo(whole);
                assertThat(lossesInjectedOnce(whole)).isTrue();
            }
        }
    }

    /** The history of carries, of a long segment beside short ones, is moved and grows. */
    @Test
    void creditOfLongSegmentsIsThatOfTheOneWindow() {
        int steps = 600;
        Truncation artbp = new Artbp(new Cuts(60, new PolynomialLaw(4, 60), false).flushedEvery(5));
        double[][][] whole = CreditMatrix.of(artbp, steps, 2, coins(1));
        assertThat(CreditMatrix.of(artbp, training(2, 1, steps, steps), coins(1)))
                .isDeepEqualTo(whole);
        long far = IntStream.range(0, steps - 130)
                .filter(t -> whole[0][t][t + 130] > 0.0)
                .count();
        assertThat(far).isBetween(1L, 300L);
    }

    /** The end of each is ragged; the coin goes on from one to the next, age and credit do not. */
    @ParameterizedTest
    @MethodSource("flushed")
    void creditOfAStreamIsThatOfItsSequences(Truncation truncation) {
        int sequence = 17;
        List<Coin> coins = coins(1);
        double[][][] credit = CreditMatrix.of(truncation, training(3, 1, STEPS, sequence), coins(1));
        for (int from = 0; from < STEPS; from += sequence) {
            int steps = Math.min(sequence, STEPS - from);
            double[][][] own = CreditMatrix.of(truncation, steps, 3, coins);
            for (int lane = 0; lane < 3; lane++) {
                for (int t = 0; t < steps; t++) {
                    double[] expected = new double[STEPS];
                    System.arraycopy(own[lane][t], 0, expected, from, steps);
                    assertThat(credit[lane][from + t]).isEqualTo(expected);
                }
            }
        }
        assertThat(lossesInjectedOnce(credit)).isTrue();
    }

    private static boolean lossesInjectedOnce(double[][][] credit) {
        return Arrays.stream(credit).allMatch(row -> IntStream.range(0, STEPS).allMatch(t -> row[t][t] == 1.0));
    }

    /** Steps that are asked for are on the tape, and none stays longer than a segment is open. */
    @ParameterizedTest
    @MethodSource("flushed")
    void keepsWhatIsOpenAndNothingElse(Truncation truncation) {
        int lanes = 2;
        Schedule schedule = truncation.schedule(training(lanes, 1, STEPS, STEPS), coins(1));
        double[][][] credit = CreditMatrix.of(truncation, STEPS, lanes, coins(1));
        Window window = new Window(lanes, 1);
        schedule.begin(STEPS);
        int kept = 0;
        int done = 0;
        while (done < STEPS) {
            schedule.next(window);
            assertThat(window.lookback()).isLessThanOrEqualTo(kept);
            done += window.newSteps();
            int end = done;
            kept = Arrays.stream(credit)
                    .mapToInt(row -> end - segmentStart(row, end))
                    .max()
                    .orElseThrow();
            assertThat(schedule.lookback()).as("after step %d", end).isEqualTo(kept);
        }
        assertThat(kept).isZero();
    }

    /** The first step of the segment that is open behind {@code end} steps: {@code end} if one ends there. */
    private static int segmentStart(double[][] credit, int end) {
        if (end == STEPS) {
            return end;
        }
        int start = end;
        while (start > 0 && credit[start - 1][start] != 0.0) {
            start--;
        }
        return start;
    }
}
