package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;
import static org.bpttbench.core.gradient.Vectors.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientSink;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lanes cut each on its own on an endless stream, flushed: another order of the same sums. The oracle is the one window of
 * a measured sequence, which knows of no flush.
 */
class FlushTest {
    private static final int STEPS = 41;
    private static final int[] FLUSHES = {1, 2, 3, 7, STEPS, 1000};

    /** What is flushed, under every law: with and without the factor. */
    static Stream<Truncation> flushed() {
        return Arrays.stream(FLUSHES).boxed().flatMap(Truncations::flushed);
    }

    private static Coin coin(int draw) {
        return Coin.of(Seeds.of(12).at("coin").at(draw).generator());
    }

    static Stream<GradientLab> labs() {
        return Labs.all(2, 23);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void emissionsOfASequenceSumUpToTheEstimateOfOneWindow(GradientLab lab) {
        for (int flush : new int[] {1, 2, 3, 7, 1000}) {
            Truncations.flushed(flush).forEach(truncation -> {
                double[] sum = new double[lab.theta().length];
                GradientStream stream = lab.train(truncation, lab.steps(), coin(0));
                stream.advance(lab.steps(), (gradient, window) -> Vectors.add(1.0, gradient, sum));
                assertThat(relativeDifference(sum, lab.estimate(truncation, coin(0))))
                        .as(truncation.toString())
                        .isLessThan(1e-12);
            });
        }
    }

    static Stream<GradientLab> labsOfThreeLanes() {
        return Labs.eachCell(Masks.RANDOM, 3, 60);
    }

    /** The tape moves and grows inside segments; several draws share it. */
    @ParameterizedTest
    @MethodSource("labsOfThreeLanes")
    void neitherPausesNorCompanyShow(GradientLab lab) {
        Truncation artbp = new Artbp(new Cuts(9, new PolynomialLaw(6, 9), false).flushedEvery(4));
        int parameters = lab.theta().length;
        double[] together = new double[2 * parameters];
        GradientStream stream = lab.train(artbp, lab.steps(), coin(0), coin(1));
        for (int done = 0; done < lab.steps(); done += 3) {
            stream.advance(3, (gradient, window) -> Vectors.add(1.0, gradient, together));
        }
        for (int draw = 0; draw < 2; draw++) {
            double[] alone = lab.estimate(artbp, coin(draw));
            assertThat(relativeDifference(row(together, draw, parameters), alone))
                    .isLessThan(1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("flushed")
    void everySegmentAndPullIsCountedOnce(Truncation truncation) {
        GradientLab lab = Labs.eachCell(Masks.RANDOM, 2, STEPS).findFirst().orElseThrow();
        GradientStream whole = lab.open(truncation, coin(0));
        whole.advance(STEPS, (gradient, window) -> {});
        GradientStream stream = lab.train(truncation, STEPS, coin(0));
        stream.advance(STEPS, (gradient, window) -> {});
        Tally expected = whole.tally();
        Tally tally = stream.tally();
        assertThat(tally.segments()).isEqualTo(expected.segments());
        assertThat(tally.meanSegment()).isEqualTo(expected.meanSegment());
        assertThat(tally.longestSegment()).isEqualTo(expected.longestSegment());
        assertThat(tally.largestWeight()).isCloseTo(expected.largestWeight(), within(1e-13 * expected.largestWeight()));
        assertThat(tally.forwardLaneSteps()).isEqualTo(expected.forwardLaneSteps());
        assertThat(tally.backwardLaneSteps()).isEqualTo(expected.backwardLaneSteps());
        assertThat(tally.losses()).isEqualTo(expected.losses());
        assertThat(expected.segments()).isGreaterThan(2);
    }

    @Test
    void whatIsOpenIsNotCountedYet() {
        Truncation artbp = new Artbp(new Cuts(2, new ConstantLaw(2), false).flushedEvery(3));
        GradientStream stream = lab(9, Masks.ALL).train(artbp, 9, scripted("nnnnn1nn"));
        stream.advance(3, (gradient, window) -> {
            throw new AssertionError("nothing has closed");
        });
        assertThat(stream.tally().segments()).isZero();
        assertThat(stream.tally().largestWeight()).isEqualTo(1.0);
        stream.advance(3, (gradient, window) -> {});
        assertThat(stream.tally().segments()).isEqualTo(1);
        assertThat(stream.tally().longestSegment()).isEqualTo(6);
        assertThat(stream.tally().largestWeight()).isEqualTo(32.0);
    }

    /** Windows as {@code new steps+lookback}, where a loss is injected. */
    private static List<String> events(GradientLab lab, GradientEstimator estimator, long sequence, Coin coin) {
        List<String> events = new ArrayList<>();
        lab.train(estimator, sequence, coin).advance(lab.steps(), new GradientSink() {
            @Override
            public void accept(double[] gradient, Window window) {
                events.add(window.newSteps() + "+" + window.lookback());
            }

            @Override
            public void endOfSequence() {
                events.add("end");
            }
        });
        return events;
    }

    /** Flips go by time, then by lane. A letter a link: {@code n}o cut, {@code 0} and {@code 1} in that lane, {@code b}oth. */
    private static Coin scripted(String links) {
        List<Boolean> flips = new ArrayList<>();
        links.chars().forEach(link -> {
            flips.add(link == '0' || link == 'b');
            flips.add(link == '1' || link == 'b');
        });
        Iterator<Boolean> outcomes = flips.iterator();
        return probability -> outcomes.next();
    }

    private static GradientLab lab(int steps, Masks masks) {
        return Labs.eachCell(masks, 2, steps).findFirst().orElseThrow();
    }

    @Test
    void windowsReachBackToTheOldestSegmentThatClosed() {
        Truncation artbp = new Artbp(new Cuts(3, new ConstantLaw(3), false).flushedEvery(3));
        // Lane 1 is cut behind steps 4 and 7, lane 0 behind step 9: a flush finds its segment closed at once.
        // Then two flushes find nothing, and at the ragged end all that is open closes.
        assertThat(events(lab(17, Masks.ALL), artbp, 17, scripted("nnn1nn1n0nnnnnnn")))
                .containsExactly("3+3", "3+6", "2+8", "end");
        // Lane 1 is cut behind steps 2 and 8: the window does not go back for lane 0, which is open from the start.
        assertThat(events(lab(10, Masks.ALL), artbp, 10, scripted("n1nnnnn1n")))
                .containsExactly("3+0", "3+4", "1+9", "end");
        // Both lanes cut exactly at a flush: nothing is kept.
        assertThat(events(lab(7, Masks.ALL), artbp, 7, scripted("nnbnnn"))).containsExactly("3+0", "1+3", "end");
    }

    @Test
    void sequencesEndWithoutADrawAndStartAtAgeOne() {
        List<Long> ages = new ArrayList<>();
        CutLaw noting = age -> {
            ages.add(age);
            return 0.5;
        };
        Truncation artbp = new Artbp(new Cuts(2, noting, false).flushedEvery(2));
        // Five flips a lane in all: three in the first sequence of four steps, two in the second of three.
        assertThat(events(lab(7, Masks.ALL), artbp, 4, scripted("n1nn0")))
                .containsExactly("2+0", "2+2", "end", "2+0", "1+2", "end");
        // Lanes take turns; lane 1 is cut behind step 2, lane 0 behind the second sequence's step 2.
        assertThat(ages).containsExactly(1L, 1L, 2L, 2L, 3L, 1L, 1L, 1L, 2L, 2L);
    }

    @Test
    void windowWithoutALossEmitsNothing() {
        Truncation artbp = new Artbp(new Cuts(3, new ConstantLaw(3), false).flushedEvery(2));
        assertThat(events(lab(9, Masks.LAST_STEP), artbp, 9, scripted("b01nbnnn")))
                .containsExactly("1+3", "end");
        assertThat(events(lab(9, Masks.NONE), artbp, 9, scripted("b01nbnnn"))).containsExactly("end");
    }

    @Test
    void flushActsOnlyWhereLanesDoNotEndTogetherAndNothingElseEndsThem() {
        Cuts shared = new Cuts(3, new ConstantLaw(3), true);
        Cuts independent = new Cuts(3, new ConstantLaw(3), false);
        GradientLab two = lab(20, Masks.ALL);
        assertThat(events(two, new Artbp(shared.flushedEvery(2)), 20, coin(0)))
                .isEqualTo(events(two, new Artbp(shared), 20, coin(0)));
        GradientLab one = two.lane(0);
        assertThat(events(one, new Artbp(independent.flushedEvery(2)), 20, coin(0)))
                .isEqualTo(events(one, new Artbp(independent), 20, coin(0)))
                .hasSizeGreaterThan(3);
        // Episodes and measured sequences: one window.
        assertThat(two.emissions(new Artbp(independent.flushedEvery(2)), coin(0)))
                .hasSize(1);
    }
}
