package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expectation over all patterns of cuts is the exact gradient, on networks that are not linear. */
class UnbiasednessTest {
    private static final double ROUNDING = 1e-12;
    /** A hundred million times as much as rounding; the faintest mutant errs by a thousandth, most by a tenth. */
    private static final double CLEARLY_BIASED = 1e-4;

    /** Short segments, so that compensation is strong: the exponents of the literature. */
    private static List<Cuts> cuts(boolean shared) {
        return List.of(
                new Cuts(3, new ConstantLaw(3), shared),
                new Cuts(3, new PolynomialLaw(4, 3), shared),
                new Cuts(3, new PolynomialLaw(6, 3), shared));
    }

    static Stream<Arguments> shared() {
        return cross(
                cuts(true),
                Labs.eachCell(Masks.RANDOM, 1, 10),
                Labs.eachCell(Masks.LAST_STEP, 1, 9),
                Labs.eachCell(Masks.RANDOM, 2, 9));
    }

    static Stream<Arguments> independent() {
        return cross(cuts(false), Labs.eachCell(Masks.RANDOM, 2, 6), Labs.eachCell(Masks.ONE_LANE_NONE, 3, 4));
    }

    /** Short ones: biases show at once. */
    static Stream<Arguments> brief() {
        Stream<Arguments> together =
                cross(cuts(true), Labs.eachCell(Masks.RANDOM, 1, 7), Labs.eachCell(Masks.LAST_STEP, 2, 6));
        return Stream.concat(together, cross(cuts(false), Labs.eachCell(Masks.RANDOM, 2, 4)));
    }

    /** Cut independently and flushed before, within and at the end of a sequence. */
    static Stream<Arguments> flushed() {
        return cross(flushedCuts(), Labs.eachCell(Masks.RANDOM, 2, 6), Labs.eachCell(Masks.LAST_STEP, 2, 5));
    }

    static Stream<Arguments> briefFlushed() {
        return cross(flushedCuts(), Labs.eachCell(Masks.RANDOM, 2, 4));
    }

    private static List<Cuts> flushedCuts() {
        return Stream.of(1, 2, 4)
                .flatMap(flush -> cuts(false).stream().map(cut -> cut.flushedEvery(flush)))
                .toList();
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private static Stream<Arguments> cross(List<Cuts> cuts, Stream<GradientLab>... labs) {
        return Stream.of(labs)
                .flatMap(Function.identity())
                .flatMap(lab -> cuts.stream()
                        .map(cut -> Arguments.of(Named.of(lab + ", " + lab.lanes() + " lanes", lab), cut)));
    }

    @ParameterizedTest
    @MethodSource({"shared", "independent"})
    void expectationIsTheExactGradient(GradientLab lab, Cuts cuts) {
        Enumeration law = Enumeration.of(lab, new Artbp(cuts));
        int links = (lab.steps() - 1) * (cuts.shared() ? 1 : lab.lanes());
        assertThat(law.patterns()).isEqualTo(1L << links);
        assertThat(law.probability()).isCloseTo(1.0, within(ROUNDING));
        assertThat(law.bias()).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("flushed")
    void expectationOfTrainingIsTheExactGradient(GradientLab lab, Cuts cuts) {
        Enumeration law = Enumeration.training(lab, new Artbp(cuts));
        assertThat(law.patterns()).isEqualTo(1L << ((lab.steps() - 1) * lab.lanes()));
        assertThat(law.probability()).isCloseTo(1.0, within(ROUNDING));
        assertThat(law.bias()).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("briefFlushed")
    void mutantsAreFoundInTraining(GradientLab lab, Cuts cuts) {
        Stream.concat(Mutant.of(cuts), Stream.of(new Uncompensated(cuts)))
                .forEach(biased -> assertThat(Enumeration.training(lab, biased).bias())
                        .as(biased.toString())
                        .isGreaterThan(CLEARLY_BIASED));
    }

    @ParameterizedTest
    @MethodSource("brief")
    void mutantsAreFound(GradientLab lab, Cuts cuts) {
        Mutant.of(cuts)
                .forEach(mutant -> assertThat(Enumeration.of(lab, mutant).bias())
                        .as(mutant.toString())
                        .isGreaterThan(CLEARLY_BIASED));
    }

    @ParameterizedTest
    @MethodSource("brief")
    void plainCutsAreBiased(GradientLab lab, Cuts cuts) {
        assertThat(Enumeration.of(lab, new Uncompensated(cuts)).bias()).isGreaterThan(CLEARLY_BIASED);
    }
}
