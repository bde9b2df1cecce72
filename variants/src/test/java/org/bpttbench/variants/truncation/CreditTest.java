package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.CreditMatrix;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Terms;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.EveryPattern;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The credit matrix W of every truncation: what it must be, and that the gradient is what it says. */
class CreditTest {
    private static final int STEPS = 9;

    static Stream<Truncation> all() {
        return Truncations.all();
    }

    static Stream<Truncation> fixed() {
        return Truncations.fixed();
    }

    static Stream<CutLaw> laws() {
        return Truncations.laws();
    }

    /** Of every model, mask and input, in a sequence of two lanes. */
    static Stream<GradientLab> labs() {
        return Labs.all(2, STEPS);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyLossIsInjectedOnceAndNeverReachesTheFuture(Truncation truncation) {
        EveryPattern coin = new EveryPattern();
        do {
            double[][] credit = CreditMatrix.of(truncation, STEPS, coin);
            for (int t = 0; t < STEPS; t++) {
                for (int s = 0; s <= t; s++) {
                    assertThat(credit[t][s]).as("W[%d,%d]", t, s).isEqualTo(s == t ? 1.0 : 0.0);
                }
            }
        } while (coin.next());
        assertThat(coin.flips() > 0).isEqualTo(truncation.traits().random());
    }

    @ParameterizedTest
    @MethodSource("all")
    void traitsSayWhatTheMatrixShows(Truncation truncation) {
        double[][] mean = meanCredit(truncation);
        boolean unbiased = true;
        for (int t = 0; t < STEPS; t++) {
            for (int s = t; s < STEPS; s++) {
                unbiased &= Math.abs(mean[t][s] - 1.0) < 1e-12;
            }
        }
        boolean coversEverything = truncation instanceof Tbptt tbptt && tbptt.lookback() >= STEPS;
        assertThat(unbiased).isEqualTo(truncation.traits().unbiased() || coversEverything);
        assertThat(truncation.traits().exact()).isEqualTo(truncation instanceof Full);
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void fixedWindowsAreThoseOfTheDefinition(Truncation truncation) {
        double[][] credit = CreditMatrix.of(truncation, STEPS, probability -> {
            throw new AssertionError("nothing to draw");
        });
        for (int s = 0; s < STEPS; s++) {
            for (int t = 0; t <= s; t++) {
                assertThat(credit[t][s]).as("W[%d,%d]", t, s).isEqualTo(reaches(truncation, t, s) ? 1.0 : 0.0);
            }
        }
    }

    /** Whether step t lies in the window that carries the loss of step s; blocks start at step 0. */
    private static boolean reaches(Truncation truncation, int t, int s) {
        if (truncation instanceof Tbptt tbptt) {
            int block = s - s % tbptt.length();
            return t >= block - tbptt.lookback();
        }
        return true;
    }

    @ParameterizedTest
    @MethodSource("laws")
    void meanIsOneWithTheFactorAndSurvivalWithoutIt(CutLaw law) {
        double[][] survival = survival(law);
        double[][] artbp = meanCredit(new Artbp(new Cuts(3, law, true)));
        double[][] plain = meanCredit(new Uncompensated(new Cuts(3, law, true)));
        for (int t = 0; t < STEPS; t++) {
            for (int s = t; s < STEPS; s++) {
                assertThat(artbp[t][s]).as("W[%d,%d]", t, s).isCloseTo(1.0, within(1e-13));
                assertThat(plain[t][s]).as("W[%d,%d]", t, s).isCloseTo(survival[t][s], within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void meanOfEveryMutantIsNotOne(CutLaw law) {
        Mutant.of(new Cuts(3, law, true))
                .filter(Mutant.Linked.class::isInstance)
                .forEach(mutant -> {
                    double[][] mean = meanCredit(mutant);
                    double worst = 0.0;
                    for (int t = 0; t < STEPS; t++) {
                        for (int s = t; s < STEPS; s++) {
                            worst = Math.max(worst, Math.abs(mean[t][s] - 1.0));
                        }
                    }
                    assertThat(worst).as(mutant.toString()).isGreaterThan(1e-2);
                });
    }

    private static double[][] meanCredit(Truncation truncation) {
        double[][] mean = new double[STEPS][STEPS];
        EveryPattern coin = new EveryPattern();
        do {
            double[][] credit = CreditMatrix.of(truncation, STEPS, coin);
            for (int t = 0; t < STEPS; t++) {
                Vectors.add(coin.probability(), credit[t], mean[t]);
            }
        } while (coin.next());
        return mean;
    }

    /** The probability of no cut between t and s, from the law of the age at t: π_t(k). Ages count from 1. */
    private static double[][] survival(CutLaw law) {
        double[][] survival = new double[STEPS][STEPS];
        double[] ages = {0.0, 1.0};
        for (int t = 0; t < STEPS; t++) {
            double[] next = new double[t + 3];
            for (int k = 1; k <= t + 1; k++) {
                double alive = ages[k];
                for (int s = t; s < STEPS; s++) {
                    survival[t][s] += alive;
                    alive *= 1.0 - law.cut(k + s - t);
                }
                next[1] += ages[k] * law.cut(k);
                next[k + 1] += ages[k] * (1.0 - law.cut(k));
            }
            ages = next;
        }
        return survival;
    }

    @ParameterizedTest
    @MethodSource("labs")
    void gradientIsTheTermsWeighedByTheMatrix(GradientLab lab) {
        Terms terms = Terms.of(lab);
        Truncations.all().forEach(truncation -> {
            double[][][] credit = CreditMatrix.of(truncation, STEPS, lab.lanes(), List.of(coin()));
            double[] estimate = lab.estimate(truncation, coin());
            assertThat(Vectors.relativeDifference(estimate, terms.weighted(credit)))
                    .as(truncation.toString())
                    .isLessThan(1e-13);
        });
    }

    /** So long, and run in such small portions, that the tape is moved and grows in the midst of windows. */
    static Stream<GradientLab> longLabs() {
        return Labs.masked(Masks.RANDOM, 2, 70);
    }

    @ParameterizedTest
    @MethodSource("longLabs")
    void movesOfTheTapeDoNotShow(GradientLab lab) {
        Terms terms = Terms.of(lab);
        Stream.of(new Full(), new Tbptt(5, 0), new Tbptt(3, 10), new Artbp(new Cuts(9, new PolynomialLaw(6, 9), true)))
                .forEach(truncation -> {
                    double[] estimate = new double[lab.theta().length];
                    GradientStream stream = lab.open(truncation, coin());
                    for (int done = 0; done < lab.steps(); done += 2) {
                        stream.advance(2, (gradient, window) -> Vectors.add(1.0, gradient, estimate));
                    }
                    double[][][] credit = CreditMatrix.of(truncation, lab.steps(), 2, List.of(coin()));
                    assertThat(Vectors.relativeDifference(estimate, terms.weighted(credit)))
                            .as(truncation.toString())
                            .isLessThan(1e-12);
                });
    }

    private static Coin coin() {
        return Coin.of(Seeds.of(6).at("coin").generator());
    }
}
