package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.variants.truncation.Artbp;
import org.bpttbench.variants.truncation.ConstantLaw;
import org.bpttbench.variants.truncation.Cuts;
import org.bpttbench.variants.truncation.PolynomialLaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of draws against the law that they are derived from, and the pilot against computed variances. */
class DrawPlanTest {
    private static final DrawPlan UNIT = new DrawPlan(1.0, Optional.empty());

    /**
     * The limits of 40,000 times five unbiased replicates: all five below the margin in 90 %, with a standard error of 0.0015. Four of
     * them are passed with probability 6e-5 by another seed; the number of draws of one replicate at full level would give 40 %.
     */
    @Test
    void nineRowsInTenHaveAllTheirLimitsBelowTheMargin() {
        int samples = 40_000;
        double margin = 0.01;
        double scale = Math.sqrt(1.0 / UNIT.needed(margin));
        double z = 3.090232306167813; // scipy.stats.norm.ppf(1 - 0.025*0.8/20)
        UniformRandomProvider random = Seeds.of(5).generator();
        ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
        int below = 0;
        for (int i = 0; i < samples; i++) {
            boolean all = true;
            for (int replicate = 0; replicate < DrawPlan.REPLICATES; replicate++) {
                double squares = 0;
                for (int j = 0; j < BiasProbe.BATCHES - 1; j++) {
                    double e = gauss.sample();
                    squares += e * e / (BiasProbe.BATCHES - 1);
                }
                double u = gauss.sample();
                all &= scale * Math.sqrt(squares) * (z + Math.sqrt(z * z + u * u)) < margin;
            }
            below += all ? 1 : 0;
        }
        assertThat((double) below / samples).isCloseTo(0.9, within(0.006));
    }

    @Test
    void theyAreWholeBatchesWithinTheLimit() {
        assertThat(UNIT.draws(0.05, 200_000)).isEqualTo(20_800); // 51.5613/0.0025 = 20624.5
        assertThat(UNIT.draws(0.05, 20_799)).isEqualTo(20_600);
        assertThat(UNIT.draws(0.05, 200)).isEqualTo(200);
        assertThat(UNIT.draws(100, 200_000)).isEqualTo(200);
        assertThat(new DrawPlan(0.0, Optional.empty()).draws(1e-9, 200_000)).isEqualTo(200);
        assertThat(UNIT.needed(1e-9)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theTailGuardDoesNotFireUnderThem() {
        // A fifth of the variance and a little more lies in events that one draw in a thousand reaches, or fewer.
        double[] reached = {10, 0.099, 0.0009, 0.0001};
        EventSizes events =
                new EventSizes(3, reached, new double[] {10, 9, 8, 7}, new double[] {0.5, 0.29, 0.11, 0.1}, true);
        int draws = new DrawPlan(0.01, Optional.of(events)).needed(0.05);
        assertThat(draws).isEqualTo(50_000);
        assertThat(events.times(draws).unseen()).isLessThanOrEqualTo(DrawPlan.MOST_UNSEEN);
        assertThat(events.times(draws - 1).unseen()).isGreaterThan(DrawPlan.MOST_UNSEEN);
        // A single kind of event that every draw meets, and whose flip falls the other way once in a thousand draws.
        EventSizes rare = new EventSizes(0, new double[] {1}, new double[] {1e-3}, new double[] {1}, true);
        draws = new DrawPlan(0.01, Optional.of(rare)).needed(0.05);
        assertThat(draws).isEqualTo(60_000);
        assertThat(rare.times(draws).effectiveFlips()).isGreaterThanOrEqualTo(DrawPlan.FEWEST_FLIPS);
    }

    /** Expected values: scipy.stats.chi2.ppf(0.1, nu) / nu. */
    @ParameterizedTest
    @CsvSource({"2, 0.10536", "10, 0.48652", "50, 0.75378", "400, 0.91052"})
    void quantilesOfTheVarianceAreThoseOfTheTables(double degrees, double expected) {
        assertThat(Pilot.lowShare(degrees)).isCloseTo(expected, within(0.07 * expected));
        assertThat(Pilot.lowShare(degrees)).isLessThanOrEqualTo(expected + 5e-4);
    }

    /** Short of the computed variance with probability 0.1; here both are known, and the seed is fixed. */
    @Test
    void aPilotSaysAboutWhatIsComputed() {
        for (boolean shared : new boolean[] {true, false}) {
            GradientLab lab = Labs.eachCell(Masks.RANDOM, 2, 7).findFirst().orElseThrow();
            GradientEstimator estimator = new Artbp(new Cuts(3, new PolynomialLaw(4, 3), shared, OptionalInt.empty()));
            EnumeratedLaw law = EnumeratedLaw.of(lab, estimator);
            double[] gradient = lab.gradient();
            int cell = lab.network().headOffset();
            double norm = Vectors.dot(Arrays.copyOf(gradient, cell), Arrays.copyOf(gradient, cell));
            double expected = law.second() / norm;
            DrawPlan computed = probe(lab).plan(estimator, DrawPlan.Effort.FULL, Seeds.of(3));
            assertThat(computed.relativeVariance()).isCloseTo(expected, within(1e-9 * expected));
            Pilot pilot = new Pilot(200, cell, 1.0);
            probe(lab).draw(estimator, 200, Seeds.of(3), pilot::add);
            assertThat(pilot.varianceLimit() / norm).isBetween(expected, 1.5 * expected);
        }
    }

    @Test
    void whereTheGradientIsZeroThereIsNothingToResolve() {
        GradientLab lab = Labs.eachCell(Masks.NONE, 1, 7).findFirst().orElseThrow();
        GradientEstimator estimator = new Artbp(new Cuts(3, new ConstantLaw(3), true, OptionalInt.empty()));
        assertThat(probe(lab).plan(estimator, DrawPlan.Effort.FULL, Seeds.of(3)).draws(1e-6, 200_000))
                .isEqualTo(200);
    }

    private static BiasProbe probe(GradientLab lab) {
        return new BiasProbe(lab.network(), lab.endless(), lab.lanes(), 0, lab.steps());
    }

    /** However large a variance came out, or if it is no number: draws are made, and not without end. */
    @Test
    void aVarianceOfNoSizeTakesDrawsWithinTheBounds() {
        assertThat(new DrawPlan(Double.NaN, Optional.empty()).draws(0.05, 5000)).isEqualTo(BiasProbe.BATCHES);
        assertThat(new DrawPlan(Double.POSITIVE_INFINITY, Optional.empty()).draws(0.05, 5000))
                .isEqualTo(5000);
    }
}
