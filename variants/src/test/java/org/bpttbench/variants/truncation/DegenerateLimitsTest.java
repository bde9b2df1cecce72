package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpttbench.core.gradient.Vectors.bits;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;
import static org.bpttbench.core.gradient.Vectors.row;

import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a truncation truncates nothing it is full backpropagation. */
class DegenerateLimitsTest {
    private static final int LANES = 2;
    private static final int STEPS = 8;
    private static final CutLaw NEVER = age -> 0.0;

    static Stream<GradientLab> labs() {
        return Labs.all(LANES, STEPS);
    }

    private static Coin coin() {
        return Coin.of(Seeds.of(5).at("coin").generator());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void fullIsTheExactGradient(GradientLab lab) {
        assertSameBits(lab, new Full());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void oneWindowIsFull(GradientLab lab) {
        assertSameBits(lab, new Tbptt(STEPS, 0));
        assertSameBits(lab, new Tbptt(STEPS, STEPS));
        assertSameBits(lab, new Tbptt(10 * STEPS, 3));
        assertSameBits(lab, new Tbptt(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("labs")
    void lookbackOverEverythingIsFull(GradientLab lab) {
        for (int length = 1; length <= STEPS; length++) {
            for (int lookback : new int[] {STEPS - 1, STEPS, Integer.MAX_VALUE}) {
                assertThat(relativeDifference(lab.estimate(new Tbptt(length, lookback), coin()), lab.gradient()))
                        .isLessThan(1e-13);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void withoutCutsIsFull(GradientLab lab) {
        for (boolean shared : new boolean[] {true, false}) {
            Cuts never = new Cuts(2, NEVER, shared);
            assertSameBits(lab, new Artbp(never));
            assertSameBits(lab, new Uncompensated(never));
            double[] draws = lab.estimate(new Artbp(never), coin(), coin(), coin());
            for (int draw = 0; draw < 3; draw++) {
                assertThat(bits(row(draws, draw, draws.length / 3))).isEqualTo(bits(lab.gradient()));
            }
        }
    }

    private static void assertSameBits(GradientLab lab, GradientEstimator estimator) {
        List<double[]> emissions = lab.emissions(estimator, coin());
        double[] exact = lab.gradient();
        if (Vectors.largest(exact) == 0.0) {
            assertThat(emissions).isEmpty();
        } else {
            assertThat(emissions).hasSize(1);
            assertThat(bits(emissions.get(0))).isEqualTo(bits(exact));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void oneStepLeavesNothingToTruncate(int lanes) {
        Coin neverAsked = probability -> {
            throw new AssertionError("the end of a sequence closes without a draw");
        };
        Labs.all(lanes, 1)
                .forEach(lab -> Truncations.all()
                        .forEach(truncation -> assertThat(bits(lab.estimate(truncation, neverAsked)))
                                .as("%s of %s", truncation, lab)
                                .isEqualTo(bits(lab.gradient()))));
    }
}
