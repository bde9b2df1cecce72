package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.variants.Estimators;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The probe that users run against the exact law of the estimator, every pattern of cuts enumerated. Seeds are fixed; for
 * an arbitrary seed a mean is off by 4 standard errors with probability 6e-5 a coordinate, about 1 % over all cases here.
 */
class BiasProbeTest {
    private static final int DRAWS = 20_000;
    private static final int STEPS = 6;

    record Case(GradientLab lab, Map<String, Object> estimator) {
        @Override
        public String toString() {
            return lab + ", " + lab.lanes() + " lanes, " + estimator;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int lanes : new int[] {1, 2}) {
            Labs.eachCell(Masks.RANDOM, lanes, STEPS).forEach(lab -> {
                for (String type : List.of("artbp", "uncompensated")) {
                    for (String cuts : List.of("shared", "independent")) {
                        for (Map<String, Object> law : laws()) {
                            cases.add(new Case(lab, Map.of("type", type, "mean", 3.0, "law", law, "cuts", cuts)));
                        }
                    }
                }
            });
        }
        return cases.stream();
    }

    private static List<Map<String, Object>> laws() {
        return List.of(Map.of("type", "constant"), Map.of("type", "polynomial", "alpha", 4.0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithEnumeration(Case subject) {
        GradientLab lab = subject.lab();
        GradientEstimator estimator = estimator(subject.estimator());
        EnumeratedLaw law = EnumeratedLaw.of(lab, estimator);
        BiasMeasurement measured = measure(lab, estimator, DRAWS);

        assertThat(measured.draws()).isEqualTo(DRAWS);
        double[] gradient = lab.gradient();
        double[] cell = Arrays.copyOf(gradient, lab.network().headOffset());
        double norm = Math.sqrt(Vectors.dot(cell, cell));
        assertThat(measured.gradientNorm()).isCloseTo(norm, within(1e-12));
        double squares = 0;
        int offset = 0;
        for (BlockMoments block : measured.blocks()) {
            // 200 batches and fewer parameters: the batch means themselves are kept, unless there is nothing to keep.
            for (int p = 0; p < block.parameters(); p++) {
                double error = 0;
                for (int m = 0; m < block.batches() && block.means().length > 0; m++) {
                    error += block.means()[m * block.parameters() + p] / block.batches();
                }
                double exact = law.meanError()[offset + p];
                double standardError = Math.sqrt(law.variance()[offset + p] / DRAWS);
                assertThat(error).as("%s %d", block.name(), p).isCloseTo(exact, within(4 * standardError + 1e-14));
            }
            for (double square : block.squares()) {
                squares += square / block.batches();
            }
            offset += block.parameters();
        }
        double standardError = Math.sqrt((law.fourth() - law.second() * law.second()) / DRAWS);
        assertThat(squares).isCloseTo(law.second(), within(4 * standardError));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotDependOnHowManyDrawsAreMadeTogether(Case subject) {
        GradientEstimator estimator = estimator(subject.estimator());
        // 201 draws are rounded up to 400; 7 fit in one batch of rows.
        BiasMeasurement many = measure(subject.lab(), estimator, 201);
        assertThat(many.draws()).isEqualTo(400);
        BiasMeasurement few = measure(subject.lab(), estimator, 7);
        assertThat(few.draws()).isEqualTo(7);
        // The first seven draws are the same seven: their mean square is an average over seven batches of one.
        for (int b = 0; b < few.blocks().size(); b++) {
            double[] pairs = many.blocks().get(b).squares();
            double[] single = few.blocks().get(b).squares();
            for (int m = 0; m < 3; m++) {
                assertThat(pairs[m]).isEqualTo(single[2 * m] / 2 + single[2 * m + 1] / 2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void survivesTheJournal(Case subject) {
        BiasMeasurement measured = measure(subject.lab(), estimator(subject.estimator()), 40);
        String line = Json.write(measured.toTree());
        BiasMeasurement read = BiasMeasurement.of(new Arguments(map(Json.read(line))));
        assertThat(Json.write(read.toTree())).isEqualTo(line);
    }

    static Stream<GradientLab> labs() {
        return Labs.eachCell(Masks.RANDOM, 2, STEPS);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void runsADeterministicEstimatorOnce(GradientLab lab) {
        BiasMeasurement full = measure(lab, estimator(Map.of("type", "full")), DRAWS);
        assertThat(full.exact()).isTrue();
        assertThat(full.draws()).isEqualTo(1);
        assertThat(full.blocks())
                .allSatisfy(block -> assertThat(block.squares()).containsOnly(0.0));
    }

    private static BiasMeasurement measure(GradientLab lab, GradientEstimator estimator, int draws) {
        BiasProbe probe = new BiasProbe(lab.network(), lab.endless(), lab.lanes(), 0, STEPS);
        return probe.measure(estimator, 0, draws, Seeds.of(11));
    }

    private static GradientEstimator estimator(Map<String, Object> tree) {
        return Estimators.CATALOG.create("type", new Arguments(tree));
    }

    @SuppressWarnings("unchecked") // written from such a map
    private static Map<String, ?> map(Object tree) {
        return (Map<String, ?>) tree;
    }
}
