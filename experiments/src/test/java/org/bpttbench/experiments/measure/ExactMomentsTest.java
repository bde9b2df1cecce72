package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.CreditMatrix;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.EveryPattern;
import org.bpttbench.variants.truncation.Artbp;
import org.bpttbench.variants.truncation.ConstantLaw;
import org.bpttbench.variants.truncation.CutLaw;
import org.bpttbench.variants.truncation.Cuts;
import org.bpttbench.variants.truncation.Mutant;
import org.bpttbench.variants.truncation.PolynomialLaw;
import org.bpttbench.variants.truncation.Uncompensated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Computed moments against every pattern of cuts with its probability. */
class ExactMomentsTest {
    private static final int STEPS = 7;

    /** ARTBP, the uncompensated control and all mutants that are rules of single links. */
    static Stream<RenewalTruncation> truncations() {
        List<RenewalTruncation> all = new ArrayList<>();
        for (CutLaw law : new CutLaw[] {new ConstantLaw(3), new PolynomialLaw(4, 3)}) {
            for (boolean shared : new boolean[] {true, false}) {
                Cuts cuts = new Cuts(3, law, shared, OptionalInt.empty());
                all.add(new Artbp(cuts));
                all.add(new Uncompensated(cuts));
                Mutant.of(cuts)
                        .filter(RenewalTruncation.class::isInstance)
                        .forEach(mutant -> all.add((RenewalTruncation) mutant));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("truncations")
    void agreesWithEnumeration(RenewalTruncation truncation) {
        List<GradientLab> labs = new ArrayList<>();
        labs.addAll(Labs.eachCell(Masks.RANDOM, 1, STEPS).toList());
        labs.addAll(Labs.eachCell(Masks.RANDOM, 2, STEPS - 1).toList());
        for (GradientLab lab : labs) {
            EnumeratedLaw law = EnumeratedLaw.of(lab, truncation);
            BiasMeasurement computed = probe(lab).compute(truncation, 0);
            double scale = lab.gradient().length * Math.sqrt(law.second()) + 1;
            int at = 0;
            for (BlockMoments block : computed.blocks()) {
                double variance = 0;
                for (int p = 0; p < block.parameters(); p++, at++) {
                    variance += law.variance()[at];
                }
                assertThat(block.variance().orElseThrow())
                        .as("%s %s", lab, block.name())
                        .isCloseTo(variance, within(1e-10 * scale * scale));
            }
            double[] mean = mean(lab, truncation);
            double[] expected = lab.gradient();
            Vectors.add(1.0, law.meanError(), expected);
            assertThat(Vectors.relativeDifference(mean, expected)).as("%s", lab).isLessThan(1e-10);
        }
    }

    @ParameterizedTest
    @MethodSource("truncations")
    void theRecursionAgreesWithAllPatternsOfCuts(RenewalTruncation truncation) {
        int steps = 9;
        double[][] enumerated = new double[steps][steps];
        EveryPattern coin = new EveryPattern();
        do {
            double[][] credit = CreditMatrix.of(truncation, steps, coin);
            for (int t = 0; t < steps; t++) {
                Vectors.add(coin.probability(), credit[t], enumerated[t]);
            }
        } while (coin.next());
        double[][] computed = ExpectedCredit.of(new AgeChain(truncation, steps));
        for (int t = 0; t < steps; t++) {
            assertThat(computed[t]).containsExactly(enumerated[t], within(1e-12));
        }
    }

    /** The mistakes are found, with the bias that they have; what is right has none. */
    @ParameterizedTest
    @MethodSource("truncations")
    void onlyWhatIsRightIsUnbiased(RenewalTruncation truncation) {
        GradientLab lab = Labs.eachCell(Masks.ALL, 1, STEPS).findFirst().orElseThrow();
        double[] mean = mean(lab, truncation);
        double bias = Vectors.relativeDifference(mean, lab.gradient());
        if (truncation instanceof Artbp) {
            assertThat(bias).isLessThan(1e-12);
        } else {
            assertThat(bias).isGreaterThan(1e-4);
        }
    }

    @Test
    void anEstimatorThatIsOnlyDrawnIsRefused() {
        GradientLab lab = Labs.eachCell(Masks.ALL, 1, STEPS).findFirst().orElseThrow();
        Cuts cuts = new Cuts(3, new ConstantLaw(3), true, OptionalInt.empty());
        GradientEstimator opaque = Mutant.of(cuts)
                .filter(mutant -> !(mutant instanceof RenewalTruncation))
                .findFirst()
                .orElseThrow();
        assertThat(BiasProbe.computes(opaque)).isFalse();
        assertThatThrownBy(() -> probe(lab).compute(opaque, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] mean(GradientLab lab, RenewalTruncation truncation) {
        return ExactMoments.mean(new FrozenRun(lab.network(), recording(lab)), new AgeChain(truncation, lab.steps()));
    }

    private static BiasProbe probe(GradientLab lab) {
        return new BiasProbe(lab.network(), lab.endless(), lab.lanes(), 0, lab.steps());
    }

    private static Recording recording(GradientLab lab) {
        return new Recording(lab.network(), lab.endless(), lab.lanes(), 0, lab.steps());
    }
}
