package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.EveryPattern;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.variants.truncation.Artbp;
import org.bpttbench.variants.truncation.ConstantLaw;
import org.bpttbench.variants.truncation.CutLaw;
import org.bpttbench.variants.truncation.Cuts;
import org.bpttbench.variants.truncation.PolynomialLaw;
import org.bpttbench.variants.truncation.Uncompensated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The histogram of events against every pattern of cuts, walked segment by segment. */
class EventSizesTest {
    private static final int STEPS = 7;

    static Stream<RenewalTruncation> truncations() {
        List<RenewalTruncation> all = new ArrayList<>();
        for (CutLaw law : new CutLaw[] {new ConstantLaw(3), new PolynomialLaw(4, 3)}) {
            Cuts cuts = new Cuts(3, law, true, OptionalInt.empty());
            all.add(new Artbp(cuts));
            all.add(new Uncompensated(cuts));
        }
        return all.stream();
    }

    /** All patterns of flips with what they make of the gradient of the cell. */
    private static final class Patterns implements Coin {
        private final EveryPattern coin = new EveryPattern();
        private final List<BitSet> cuts = new ArrayList<>();
        private final List<Double> probabilities = new ArrayList<>();
        private final List<double[]> gradients = new ArrayList<>();
        private final List<Double> chances = new ArrayList<>();
        private BitSet now = new BitSet();
        private int flips;

        Patterns(GradientLab lab, RenewalTruncation truncation) {
            int cell = lab.network().headOffset();
            var stream = lab.open(truncation, this);
            do {
                now = new BitSet();
                flips = 0;
                double[] sum = new double[lab.network().parameters()];
                stream.advance(lab.steps(), (gradient, window) -> Vectors.add(1.0, gradient, sum));
                cuts.add(now);
                probabilities.add(coin.probability());
                gradients.add(Arrays.copyOf(sum, cell));
            } while (coin.next());
        }

        @Override
        public boolean flip(double chance) {
            boolean cut = coin.flip(chance);
            now.set(flips++, cut);
            chances.add(chance);
            return cut;
        }

        /** E[ĝ | the flips before, this one]. */
        double[] expected(BitSet before, int flip, boolean cut) {
            double[] sum = new double[gradients.get(0).length];
            double mass = 0;
            for (int i = 0; i < cuts.size(); i++) {
                if (cuts.get(i).get(flip) == cut && cuts.get(i).get(0, flip).equals(before.get(0, flip))) {
                    Vectors.add(probabilities.get(i), gradients.get(i), sum);
                    mass += probabilities.get(i);
                }
            }
            for (int p = 0; p < sum.length; p++) {
                sum[p] /= mass;
            }
            return sum;
        }
    }

    private record Expected(Map<Integer, Double> reaching, Map<Integer, Double> flips) {

        /** Of segments and of flips in one draw, at sizes of an octave and above. */
        static Expected of(GradientLab lab, RenewalTruncation truncation, double unit, int from, int to) {
            Patterns patterns = new Patterns(lab, truncation);
            Map<Integer, Double> reaching = new LinkedHashMap<>();
            Map<Integer, Double> flips = new LinkedHashMap<>();
            for (int i = 0; i < patterns.cuts.size(); i++) {
                BitSet cuts = patterns.cuts.get(i);
                int largest = Integer.MIN_VALUE;
                int age = 1;
                for (int flip = 0; flip < lab.steps() - 1; flip++, age++) {
                    double c = truncation.link(age).cut();
                    double[] cut = patterns.expected(cuts, flip, true);
                    Vectors.add(-1.0, patterns.expected(cuts, flip, false), cut);
                    int octave = Math.getExponent(c * (1 - c) * Vectors.dot(cut, cut) / unit);
                    largest = Math.max(largest, octave);
                    double kurtosis = (1 - c) * (1 - c) / c + c * c / (1 - c);
                    count(flips, patterns.probabilities.get(i) / kurtosis, from, Math.min(to, octave));
                    if (cuts.get(flip)) {
                        count(reaching, patterns.probabilities.get(i), from, Math.min(to, largest));
                        largest = Integer.MIN_VALUE;
                        age = 0;
                    }
                }
                count(reaching, patterns.probabilities.get(i), from, Math.min(to, largest));
            }
            return new Expected(reaching, flips);
        }

        private static void count(Map<Integer, Double> counts, double probability, int from, int to) {
            for (int octave = from; octave <= to; octave++) {
                counts.merge(octave, probability, Double::sum);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("truncations")
    void agreesWithEveryPatternOfCuts(RenewalTruncation truncation) {
        int compared = 0;
        List<GradientLab> labs = new ArrayList<>();
        labs.addAll(Labs.eachCell(Masks.RANDOM, 1, STEPS).toList());
        labs.addAll(Labs.eachCell(Masks.LAST_STEP, 2, STEPS).toList());
        for (GradientLab lab : labs) {
            EventSizes events = probe(lab).compute(truncation, 0).events().orElseThrow();
            double[] g = Arrays.copyOf(lab.gradient(), lab.network().headOffset());
            int end = events.lowest() + events.variance().length;
            // Sizes on the edge of an octave may fall on either side by rounding: an octave of rounding errors is no
            // size.
            int from = Math.max(events.lowest(), -40);
            Expected expected = Expected.of(lab, truncation, Vectors.dot(g, g), from, end - 1);
            double reached = 0;
            double flips = 0;
            for (int octave = end - 1; octave >= from; octave--) {
                reached += events.reached()[octave - events.lowest()];
                flips += events.flips()[octave - events.lowest()];
                assertThat(reached)
                        .as("%s, segments at 2^%d", lab, octave)
                        .isCloseTo(expected.reaching.getOrDefault(octave, 0.0), within(1e-9));
                assertThat(flips)
                        .as("%s, flips at 2^%d", lab, octave)
                        .isCloseTo(expected.flips.getOrDefault(octave, 0.0), within(1e-9));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("truncations")
    void theVarianceIsSharedOut(RenewalTruncation truncation) {
        GradientLab lab =
                Labs.eachCell(Masks.RANDOM, 2, STEPS).reduce((a, b) -> b).orElseThrow();
        FrozenRun run = new FrozenRun(lab.network(), recording(lab));
        ExactGradient exact = ExactGradient.of(run);
        TruncationVariance variance = ExactMoments.variance(run, truncation, exact);
        double expected = variance.total() / exact.norm() / exact.norm();
        assertThat(variance.all().total()).isCloseTo(expected, within(1e-9 * expected));
        assertThat(variance.all().whole()).isTrue();
        assertThat(variance.all().times(1_000_000).unseen()).isZero();
        assertThat(variance.all().unseen()).isEqualTo(1.0);
        double[] units = exact.units(lab.model().layout().blocks());
        double ofBlocks = 0;
        for (int b = 0; b < units.length; b++) {
            ofBlocks += variance.events().get(b).total() * units[b];
        }
        assertThat(ofBlocks).isCloseTo(variance.total(), within(1e-9 * variance.total()));
        var reading = Reading.sketch(
                lab.model().layout().blocks(), 24, 1.0, Seeds.of(3).generator());
        double sketched =
                TruncationVariance.of(run, truncation, reading, units, 1).all().total();
        // 29 % for one increment of a block, less for a sum of many; 60 % is more than 2 standard deviations of the
        // worst.
        assertThat(sketched).isCloseTo(expected, within(0.6 * expected));
    }

    /** Chances at a lane that has no loss are none: what its neighbour draws is as rare as if it were alone. */
    @ParameterizedTest
    @MethodSource("truncations")
    void lanesWithoutALossCountNothing(RenewalTruncation shared) {
        RenewalTruncation each = shared instanceof Artbp
                ? new Artbp(new Cuts(3, new ConstantLaw(3), false, OptionalInt.empty()))
                : new Uncompensated(new Cuts(3, new ConstantLaw(3), false, OptionalInt.empty()));
        GradientLab lab =
                Labs.eachCell(Masks.ONE_LANE_NONE, 2, STEPS).findFirst().orElseThrow();
        EventSizes both = probe(lab).compute(each, 0).events().orElseThrow();
        EventSizes alone = probe(lab.lane(1)).compute(each, 0).events().orElseThrow();
        // g and increments are both halved by the mean over lanes: relative to ‖g‖² nothing changes.
        assertThat(both.lowest()).isEqualTo(alone.lowest());
        assertThat(both.reached()).containsExactly(alone.reached(), within(1e-12));
        assertThat(both.variance()).containsExactly(alone.variance(), within(1e-12));
    }

    /** A segment that grows: counting its flips, and not it, would make seven chances of one. */
    @Test
    void aSegmentCountsOnceForAllItsFlips() {
        EventLog log = new EventLog(1, 1);
        for (int age = 8; age >= 1; age--) {
            log.add(0, 0.5, 0.1, 0.5 * Math.scalb(1.0, age == 1 ? 0 : 10));
        }
        EventSizes events = log.sizes(true);
        assertThat(events.lowest()).isZero();
        assertThat(events.reached()[10]).isEqualTo(0.5);
        assertThat(events.reached()[0]).isZero();
        assertThat(events.flips()[10]).isCloseTo(7 * 0.5 * 0.09 / 0.73, within(1e-12));
        assertThat(events.variance()[10]).isEqualTo(7 * 512.0);
    }

    /** By hand: the octave above holds 3/4 of the variance and is reached by 1/10 of a segment in each draw. */
    @Test
    void whatIsUnseenFollowsFromTheNumberOfDraws() {
        EventSizes events =
                new EventSizes(-1, new double[] {1.0, 0.1}, new double[] {1.0, 0.1}, new double[] {0.25, 0.75}, true);
        assertThat(events.times(500).unseen()).isZero();
        assertThat(events.times(499).unseen()).isEqualTo(0.75);
        assertThat(events.times(40).unseen()).isEqualTo(1.0);
        assertThat(events.drawsToSee(0.2, 0)).isEqualTo(500);
        assertThat(events.drawsToSee(0.8, 0)).isEqualTo(46);
        // With a replicate that reaches it in every draw, both have been seen by fewer.
        EventSizes other = new EventSizes(0, new double[] {1.0}, new double[] {1.0}, new double[] {1.0}, true);
        assertThat(EventSizes.pooled(List.of(events, other), List.of(46L, 46L)).unseen())
                .isZero();
    }

    /** By hand: octaves with three quarters and a quarter of the variance, of 2 and of 4 chances in each draw. */
    @Test
    void flipsThatCarryTheVarianceAreCounted() {
        double[] flips = {4, 2};
        EventSizes events = new EventSizes(0, new double[] {9, 9}, flips, new double[] {0.25, 0.75}, true);
        assertThat(events.effectiveFlips()).isCloseTo(1 / (0.0625 / 4 + 0.5625 / 2), within(1e-12));
        assertThat(events.times(10).effectiveFlips()).isCloseTo(10 * events.effectiveFlips(), within(1e-12));
        assertThat(events.drawsToSee(1, 60)).isEqualTo(Math.ceil(60 / events.effectiveFlips()));
        // A coin that hardly ever falls one way is worth as little as the chance that it does, on either side.
        assertThat(EventSizes.worth(0.5)).isEqualTo(1);
        assertThat(EventSizes.worth(0.001)).isCloseTo(0.001, within(1e-5));
        assertThat(EventSizes.worth(0.999)).isCloseTo(0.001, within(1e-5));
        EventSizes nothing = new EventSizes(0, new double[0], new double[0], new double[0], true);
        assertThat(nothing.effectiveFlips()).isInfinite();
        assertThat(nothing.drawsToSee(0.2, 60)).isZero();
    }

    private static BiasProbe probe(GradientLab lab) {
        return new BiasProbe(lab.network(), lab.endless(), lab.lanes(), 0, lab.steps());
    }

    private static Recording recording(GradientLab lab) {
        return new Recording(lab.network(), lab.endless(), lab.lanes(), 0, lab.steps());
    }
}
