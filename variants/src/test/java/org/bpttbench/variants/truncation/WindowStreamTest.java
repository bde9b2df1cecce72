package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpttbench.core.gradient.Vectors.bits;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;
import static org.bpttbench.core.gradient.Vectors.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.CreditMatrix;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientSink;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams: which windows they emit, and that neither calls nor company show in the bits. */
class WindowStreamTest {
    private static final int LANES = 2;
    private static final int STEPS = 11;

    static Stream<Truncation> truncations() {
        return Truncations.all();
    }

    static Stream<GradientLab> labs() {
        return Labs.all(LANES, STEPS);
    }

    static Stream<GradientLab> oneForEachCell() {
        return Labs.eachCell(Masks.RANDOM, LANES, STEPS);
    }

    private static Coin coin(int draw) {
        return Coin.of(Seeds.of(7).at("coin").at(draw).generator());
    }

    private static GradientLab anyLab(Masks masks) {
        return Labs.eachCell(masks, LANES, STEPS).findFirst().orElseThrow();
    }

    /** What a stream told its sink. */
    private static final class Notes implements GradientSink {
        final List<double[]> gradients = new ArrayList<>();
        final List<String> events = new ArrayList<>();

        @Override
        public void accept(double[] gradient, Window window) {
            gradients.add(gradient.clone());
            events.add(window.newSteps() + "+" + window.lookback());
        }

        @Override
        public void endOfSequence() {
            events.add("end");
        }
    }

    @Test
    void lastWindowIsTheRaggedOneAndLookbackStopsAtTheStart() {
        assertThat(events(anyLab(Masks.ALL), new Tbptt(4, 0))).containsExactly("4+0", "4+0", "3+0", "end");
        assertThat(events(anyLab(Masks.ALL), new Tbptt(4, 6))).containsExactly("4+0", "4+4", "3+6", "end");
        assertThat(events(anyLab(Masks.ALL), new Tbptt(5, 2))).containsExactly("5+0", "5+2", "1+2", "end");
        assertThat(events(anyLab(Masks.ALL), new Full())).containsExactly("11+0", "end");
    }

    @Test
    void windowWithoutALossEmitsNothing() {
        assertThat(events(anyLab(Masks.LAST_STEP), new Tbptt(4, 6))).containsExactly("3+6", "end");
        assertThat(events(anyLab(Masks.NONE), new Full())).containsExactly("end");
        GradientLab lab = anyLab(Masks.RANDOM);
        List<String> expected = new ArrayList<>(IntStream.range(0, STEPS)
                .filter(lab::hasLoss)
                .mapToObj(step -> "1+0")
                .toList());
        assertThat(expected).hasSizeBetween(1, STEPS - 1);
        expected.add("end");
        assertThat(events(lab, new Tbptt(1, 0))).isEqualTo(expected);
    }

    private static List<String> events(GradientLab lab, GradientEstimator estimator) {
        Notes notes = new Notes();
        lab.open(estimator, coin(0)).advance(STEPS, notes);
        return notes.events;
    }

    @ParameterizedTest
    @MethodSource("truncations")
    void callsDoNotShow(Truncation truncation) {
        oneForEachCell().forEach(lab -> {
            Notes atOnce = new Notes();
            GradientStream whole = lab.open(truncation, coin(0));
            whole.advance(3 * STEPS, atOnce);
            for (int stride = 1; stride <= STEPS; stride++) {
                Notes divided = new Notes();
                GradientStream stream = lab.open(truncation, coin(0));
                for (int done = 0; done < 3 * STEPS; done += stride) {
                    stream.advance(Math.min(stride, 3 * STEPS - done), divided);
                }
                assertThat(divided.events).isEqualTo(atOnce.events);
                assertThat(allBits(divided)).isDeepEqualTo(allBits(atOnce));
                assertThat(stream.betweenSequences()).isTrue();
                assertThat(stream.tally()).usingRecursiveComparison().isEqualTo(whole.tally());
            }
        });
    }

    private static long[][] allBits(Notes notes) {
        return notes.gradients.stream().map(Vectors::bits).toArray(long[][]::new);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void independentDrawsTogetherGiveTheBitsOfEachAlone(GradientLab lab) {
        Truncation artbp = new Artbp(new Cuts(3, new PolynomialLaw(4, 3), false));
        double[] together = lab.estimate(artbp, coin(0), coin(1), coin(2));
        for (int draw = 0; draw < 3; draw++) {
            assertThat(bits(row(together, draw, together.length / 3))).isEqualTo(bits(lab.estimate(artbp, coin(draw))));
        }
    }

    /** Alone, each segment is a window of its own: the same estimate, summed in another order. */
    @ParameterizedTest
    @MethodSource("labs")
    void sharedDrawsTogetherGiveTheEstimateOfEachAlone(GradientLab lab) {
        Truncation artbp = new Artbp(new Cuts(3, new PolynomialLaw(4, 3), true));
        double[] together = lab.estimate(artbp, coin(0), coin(1), coin(2));
        for (int draw = 0; draw < 3; draw++) {
            double[] alone = lab.estimate(artbp, coin(draw));
            assertThat(relativeDifference(row(together, draw, alone.length), alone))
                    .isLessThan(1e-13);
        }
    }

    /** Without independent cuts, for which the lanes would not draw the same alone. */
    static Stream<Truncation> sameInEveryLane() {
        return Stream.concat(Truncations.fixed(), Truncations.random(true));
    }

    @ParameterizedTest
    @MethodSource("sameInEveryLane")
    void gradientIsTheMeanOverLanesThoseWithoutALossIncluded(Truncation truncation) {
        Labs.masked(Masks.ONE_LANE_NONE, 3, STEPS).forEach(lab -> {
            double[] mean = new double[lab.theta().length];
            for (int lane = 0; lane < 3; lane++) {
                Vectors.add(1.0 / 3.0, lab.lane(lane).estimate(truncation, coin(0)), mean);
            }
            assertThat(relativeDifference(lab.estimate(truncation, coin(0)), mean))
                    .isLessThan(1e-13);
        });
    }

    /** State goes on from sequence to sequence, the adjoint does not. */
    @ParameterizedTest
    @MethodSource("oneForEachCell")
    void sequencesOfAStreamHaveTheGradientsOfTheirSlices(GradientLab lab) {
        StreamPlan plan = new StreamPlan(LANES, 1, STEPS, 4, true);
        for (GradientEstimator estimator : new GradientEstimator[] {new Full(), new Tbptt(4, 0), new Tbptt(4, 9)}) {
            Notes notes = new Notes();
            estimator.open(lab.network(), lab.endless(), plan, List.of(coin(0))).advance(STEPS, notes);
            assertThat(notes.events).containsExactly("4+0", "end", "4+0", "end", "3+0", "end");
            for (int i = 0; i < 3; i++) {
                GradientLab slice = lab.slice(4 * i, Math.min(STEPS, 4 * i + 4));
                assertThat(bits(notes.gradients.get(i))).isEqualTo(bits(slice.gradient()));
            }
        }
    }

    @Test
    void ageStartsAfreshAtASequence() {
        List<Long> ages = new ArrayList<>();
        CutLaw noting = age -> {
            ages.add(age);
            return 0.0;
        };
        StreamPlan plan = new StreamPlan(LANES, 1, STEPS, 4, true);
        GradientLab lab = anyLab(Masks.ALL);
        Truncation artbp = new Artbp(new Cuts(2, noting, true));
        artbp.open(lab.network(), lab.endless(), plan, List.of(coin(0))).advance(STEPS, new Notes());
        assertThat(ages).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 1L, 2L);
    }

    @Test
    void everyLaneAgesOnItsOwnAndAfreshInAnEpisode() {
        List<Long> ages = new ArrayList<>();
        CutLaw noting = age -> {
            ages.add(age);
            return 0.5;
        };
        // Flips go by time, then by lane: lane 0 is cut behind its second step, lane 1 behind its first.
        Iterator<Boolean> outcomes =
                List.of(false, true, true, false, false, false).iterator();
        Coin scripted = probability -> outcomes.hasNext() && outcomes.next();
        GradientLab lab = Labs.eachCell(Masks.ALL, LANES, 4).findFirst().orElseThrow();
        lab.open(new Artbp(new Cuts(2, noting, false)), scripted).advance(8, new Notes());
        assertThat(ages.subList(0, 6)).containsExactly(1L, 1L, 2L, 1L, 1L, 2L);
        assertThat(ages.subList(6, 8)).containsExactly(1L, 1L);
    }

    /** Pulls are counted by hand: with a loss in every lane and step, each step of each window is pulled once a lane. */
    @Test
    void tallyCountsWhatWasDone() {
        GradientLab lab = anyLab(Masks.ALL);
        GradientStream stream = lab.open(new Tbptt(4, 6), coin(0));
        stream.advance(STEPS, new Notes());
        assertThat(stream.tally().forwardLaneSteps()).isEqualTo(LANES * STEPS);
        assertThat(stream.tally().backwardLaneSteps()).isEqualTo(LANES * (4 + 8 + 9));
        assertThat(stream.tally().emissions()).isEqualTo(3);
        assertThat(stream.tally().losses()).isEqualTo(LANES * STEPS);
        assertThat(stream.tally().lossSum() / LANES).isCloseTo(lab.loss(), within(1e-12));
        assertThat(stream.tally().longestWindow()).isEqualTo(9);
        assertThat(stream.tally().meanSegment()).isEqualTo(STEPS / 3.0);
    }

    @ParameterizedTest
    @MethodSource("truncations")
    void tallySeesTheCreditMatrix(Truncation truncation) {
        Coin[] coins = {coin(0), coin(1), coin(2)};
        GradientStream stream = anyLab(Masks.ALL).open(truncation, coins);
        stream.advance(STEPS, new Notes());
        double largest = 0.0;
        int longest = 0;
        int cuts = 0;
        for (double[][] credit : CreditMatrix.of(truncation, STEPS, LANES, List.of(coin(0), coin(1), coin(2)))) {
            for (int s = 0; s < STEPS; s++) {
                cuts += s > 0 && credit[s - 1][s] == 0.0 ? 1 : 0;
                for (int t = 0; t <= s; t++) {
                    largest = Math.max(largest, credit[t][s]);
                    longest = credit[t][s] == 0.0 ? longest : Math.max(longest, s - t + 1);
                }
            }
        }
        assertThat(stream.tally().largestWeight()).isCloseTo(largest, within(1e-13 * largest));
        assertThat(stream.tally().longestSegment()).isEqualTo(longest);
        int rows = LANES * coins.length;
        if (truncation.traits().random()) {
            assertThat(stream.tally().meanSegment()).isEqualTo((double) rows * STEPS / (rows + cuts));
        }
    }

    /** As a trainer does: θ moves between windows, the state goes on. */
    @ParameterizedTest
    @MethodSource("oneForEachCell")
    void weightsLoadedByASinkActFromTheNextStepOn(GradientLab lab) {
        double[] moved = Arrays.stream(lab.theta()).map(weight -> 0.5 * weight).toArray();
        Network network = lab.network();
        Notes notes = new Notes();
        StreamPlan plan = StreamPlan.measured(LANES, 1, STEPS);
        new Tbptt(4, 0).open(network, lab.episodes(), plan, List.of(coin(0))).advance(8, (gradient, window) -> {
            notes.accept(gradient, window);
            network.load(moved);
        });
        double[] first = lab.slice(0, 4).gradient();
        double[] second = lab.slice(4, 8).withTheta(moved).gradient();
        assertThat(bits(notes.gradients.get(0))).isEqualTo(bits(first));
        assertThat(bits(notes.gradients.get(1))).isEqualTo(bits(second));
    }
}
