package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.harness.stats.BiasEstimate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast draws are those of the real estimator on a real network, flip by flip; and their variance is the computed one. */
class DrivenLineTest {
    /** Fewer parameters than steps; between steps and batches; and more than both, of which Gram matrices are kept. */
    static Stream<Arguments> lines() {
        return Stream.of(Tail.LIGHT, Tail.MODERATE, Tail.EDGE, Tail.HEAVY)
                .flatMap(tail -> IntStream.of(1, 20, 130, 230).mapToObj(count -> Arguments.of(tail, count)));
    }

    private static final Map<List<Object>, DrivenLine> LINES = new HashMap<>();

    private static DrivenLine line(Tail tail, int parameters) {
        return LINES.computeIfAbsent(
                List.of(tail, parameters),
                key -> DrivenLine.of(tail, parameters, Seeds.of(20240611).at("inputs")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void drawsAreThoseOfTheProbe(Tail tail, int parameters) {
        DrivenLine line = line(tail, parameters);
        Seeds seeds = Seeds.of(3).at("draws");
        BiasMeasurement expected = line.probe().measure(tail.estimator(), 0, 400, seeds);
        BiasMeasurement made =
                new SyntheticDraws(line, 400).measure(0, draw -> seeds.at(draw).generator());

        BlockMoments network = expected.blocks().stream()
                .filter(block -> block.name().equals("input"))
                .findFirst()
                .orElseThrow();
        BlockMoments block = made.blocks().get(0);
        assertThat(made.draws()).isEqualTo(expected.draws());
        assertThat(made.gradientNorm()).isEqualTo(expected.gradientNorm());
        assertThat(block.parameters()).isEqualTo(network.parameters());
        assertThat(block.gradientSquared()).isCloseTo(network.gradientSquared(), near(network.gradientSquared()));
        close(block.inner(), network.inner());
        close(block.squares(), network.squares());
        close(block.triangle(), network.triangle());
        assertThat(block.means()).hasSameSizeAs(network.means());
        assertThat(made.events().orElseThrow().reached())
                .containsExactly(expected.events().orElseThrow().reached());
    }

    /** All else that the network has does not vary: the guard sees the same share. */
    @ParameterizedTest
    @MethodSource("lines")
    void theRestOfTheNetworkIsSilent(Tail tail, int parameters) {
        BiasMeasurement exact = line(tail, parameters).exact();
        assertThat(exact.blocks().stream().filter(block -> !block.name().equals("input")))
                .singleElement()
                .satisfies(block -> assertThat(block.variance()).hasValue(0.0));
    }

    /** Flip by flip: P(age k at step j)·c/(1 − c)·‖h_j(k)‖², the walk back from j written out for a scalar adjoint. */
    @ParameterizedTest
    @MethodSource("lines")
    void varianceByAgeHasItsClosedForm(Tail tail, int parameters) {
        DrivenLine line = line(tail, parameters);
        double[] expected = new double[DrivenLine.STEPS + 1];
        double[] ages = new double[DrivenLine.STEPS + 1];
        ages[1] = 1;
        for (int j = 0; j < DrivenLine.STEPS - 1; j++) {
            double[] next = new double[ages.length];
            for (int k = 1; k <= j + 1; k++) {
                double c = tail.law().cut(k);
                expected[k] += ages[k] * c / (1 - c) * squaredWalk(line, tail, j, k);
                next[1] += ages[k] * c;
                next[k + 1] += ages[k] * (1 - c);
            }
            ages = next;
        }
        double total = IntStream.range(0, expected.length)
                .mapToDouble(k -> expected[k])
                .sum();
        double norm = line.exact().gradientNorm();
        assertThat(line.events().total()).isCloseTo(total / (norm * norm), near(total / (norm * norm)));
        assertThat(line.relativeVariance()).isCloseTo(total / (norm * norm), near(total / (norm * norm)));
    }

    private static double squaredWalk(DrivenLine line, Tail tail, int from, int steps) {
        double[] sum = new double[line.width()];
        double weight = tail.a() * line.adjoint()[from + 1];
        for (int i = 0; i < steps; i++) {
            for (int p = 0; p < sum.length; p++) {
                sum[p] += weight * line.coordinates()[(from - i) * sum.length + p];
            }
            weight *= i + 1 < steps ? tail.a() / (1 - tail.law().cut(steps - i - 1)) : 1;
        }
        return IntStream.range(0, sum.length).mapToDouble(p -> sum[p] * sum[p]).sum();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void biasMovesEveryDrawAlongTheGradient(Tail tail, int parameters) {
        SyntheticDraws draws = new SyntheticDraws(line(tail, parameters), 200);
        BiasEstimate without = estimate(draws, 0);
        BiasEstimate with = estimate(draws, 0.25);
        assertThat(with.projection() - without.projection()).isCloseTo(0.25, within(1e-9));
        assertThat(with.relativeVariance()).isCloseTo(without.relativeVariance(), near(without.relativeVariance()));
        double moved = 2 * 0.25 * (without.projection() - 1) + 0.25 * 0.25;
        assertThat(with.squaredBias() - without.squaredBias()).isCloseTo(moved, within(1e-8));
    }

    private static BiasEstimate estimate(SyntheticDraws draws, double bias) {
        return BiasEstimate.of(List.of(draws.measure(bias, Seeds.of(4)))).orElseThrow();
    }

    private static void close(double[] actual, double[] expected) {
        double largest = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(expected[i]))
                .max()
                .orElse(0);
        assertThat(actual).containsExactly(expected, near(largest));
    }

    private static Offset<Double> near(double size) {
        return within(1e-9 * size);
    }
}
