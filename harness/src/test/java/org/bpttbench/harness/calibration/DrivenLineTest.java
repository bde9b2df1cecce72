package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
import org.junit.jupiter.params.provider.MethodSource;

/** The fast draws are those of the real estimator on a real network, flip by flip; and their variance is the computed one. */
class DrivenLineTest {
    /**
     * Fewer parameters than steps; between steps and batches; and more than both, of which Gram matrices are kept. And losses and lanes
     * of every kind.
     */
    static Stream<LineSubject> lines() {
        Stream<LineSubject> tails = Stream.of(Tail.LIGHT, Tail.MODERATE, Tail.EDGE, Tail.HEAVY, Tail.RARE)
                .flatMap(tail -> IntStream.of(1, 20, 130, 230).mapToObj(count -> new LineSubject(tail, count)));
        Stream<LineSubject> places = Stream.of(Losses.values())
                .flatMap(losses ->
                        Stream.of(Lanes.values()).map(lanes -> new LineSubject(Tail.MODERATE, losses, lanes, 3)));
        Stream<LineSubject> wide = Stream.of(new LineSubject(Tail.LIGHT, Losses.LAST, Lanes.FOUR, 230));
        return Stream.of(tails, places, wide).flatMap(each -> each);
    }

    private static final Map<LineSubject, DrivenLine> LINES = new HashMap<>();

    private static DrivenLine line(LineSubject subject) {
        return LINES.computeIfAbsent(
                subject, key -> DrivenLine.of(key, Seeds.of(20240611).at("inputs")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void drawsAreThoseOfTheProbe(LineSubject subject) {
        DrivenLine line = line(subject);
        Seeds seeds = Seeds.of(3).at("draws");
        BiasMeasurement expected = line.probe().measure(subject.estimator(), 0, 400, seeds);
        BiasMeasurement made =
                new SyntheticDraws(line, 400).measure(0, draw -> seeds.at(draw).generator());

        BlockMoments network = expected.blocks().stream()
                .filter(block -> block.name().equals("input"))
                .findFirst()
                .orElseThrow();
        BlockMoments block = made.blocks().get(0);
        assertThat(made.sequences()).isEqualTo(expected.sequences());
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
    void theRestOfTheNetworkIsSilent(LineSubject subject) {
        BiasMeasurement exact = line(subject).exact();
        assertThat(exact.blocks().stream().filter(block -> !block.name().equals("input")))
                .singleElement()
                .satisfies(block -> assertThat(block.variance()).hasValue(0.0));
    }

    /**
     * Flip by flip: P(age k at step j)·c/(1 − c)·‖h_j(k)‖², the walk back from j written out for a scalar adjoint. Where lanes are cut
     * together a flip is one event for all of them.
     */
    @ParameterizedTest
    @MethodSource("lines")
    void varianceHasItsClosedForm(LineSubject subject) {
        DrivenLine line = line(subject);
        double expected = 0;
        double[] ages = new double[DrivenLine.STEPS + 1];
        ages[1] = 1;
        for (int j = 0; j < DrivenLine.STEPS - 1; j++) {
            double[] next = new double[ages.length];
            for (int k = 1; k <= j + 1; k++) {
                double c = subject.tail().law().cut(k);
                expected += ages[k] * c / (1 - c) * squaredWalks(line, j, k);
                next[1] += ages[k] * c;
                next[k + 1] += ages[k] * (1 - c);
            }
            ages = next;
        }
        double norm = line.exact().gradientNorm();
        assertThat(line.events().total()).isCloseTo(expected / (norm * norm), near(expected / (norm * norm)));
        assertThat(line.relativeVariance()).isCloseTo(expected / (norm * norm), near(expected / (norm * norm)));
    }

    private static double squaredWalks(DrivenLine line, int from, int steps) {
        Lanes lanes = line.subject().lanes();
        double[] sum = new double[line.width()];
        double squares = 0;
        for (int lane = 0; lane < lanes.live(); lane++) {
            if (!lanes.shared()) {
                Arrays.fill(sum, 0);
            }
            walk(line, lane * DrivenLine.STEPS + from, steps, sum);
            if (!lanes.shared() || lane == lanes.live() - 1) {
                squares += Arrays.stream(sum).map(x -> x * x).sum();
            }
        }
        return squares;
    }

    private static void walk(DrivenLine line, int from, int steps, double[] sum) {
        Tail tail = line.subject().tail();
        double weight = tail.a() * line.adjoint()[from + 1];
        for (int i = 0; i < steps; i++) {
            for (int p = 0; p < sum.length; p++) {
                sum[p] += weight * line.coordinates()[(from - i) * sum.length + p];
            }
            weight *= i + 1 < steps ? tail.a() / (1 - tail.law().cut(steps - i - 1)) : 1;
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void biasMovesEveryDrawAlongTheGradient(LineSubject subject) {
        SyntheticDraws draws = new SyntheticDraws(line(subject), 200);
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
