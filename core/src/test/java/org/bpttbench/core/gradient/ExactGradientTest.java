package org.bpttbench.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpttbench.core.gradient.Vectors.bits;
import static org.bpttbench.core.gradient.Vectors.largest;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.kernel.NaiveKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The backward pass over a whole sequence against what it must equal, for every model, mask and input. */
class ExactGradientTest {
    /** The step that balances the error of the difference, of order h², with that of rounding, of order 1e-16/h. */
    private static final double H = 1e-5;

    static Stream<GradientLab> labs() {
        return Labs.all();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void agreesWithFiniteDifferencesOfTheLoss(GradientLab lab) {
        double[] theta = lab.theta();
        double[] differences = new double[theta.length];
        for (int p = 0; p < theta.length; p++) {
            double[] moved = theta.clone();
            moved[p] = theta[p] + H;
            double above = lab.withTheta(moved).loss();
            moved[p] = theta[p] - H;
            differences[p] = (above - lab.withTheta(moved).loss()) / (2 * H);
        }
        assertThat(relativeDifference(lab.gradient(), differences)).isLessThan(1e-7);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void agreesWithRealTimeRecurrentLearning(GradientLab lab) {
        assertThat(relativeDifference(lab.gradient(), RtrlOracle.gradient(lab))).isLessThan(1e-13);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void hasTheBitsOfTheNaiveProducts(GradientLab lab) {
        GradientLab naive = lab.withKernels(new NaiveKernels());
        assertThat(bits(lab.gradient())).isEqualTo(bits(naive.gradient()));
    }

    @ParameterizedTest
    @MethodSource("labs")
    void isTheMeanOverLanes(GradientLab lab) {
        double[] mean = new double[lab.theta().length];
        for (int lane = 0; lane < lab.lanes(); lane++) {
            Vectors.add(1.0 / lab.lanes(), lab.lane(lane).gradient(), mean);
        }
        assertThat(relativeDifference(lab.gradient(), mean)).isLessThan(1e-13);
    }

    @ParameterizedTest
    @MethodSource("withTokens")
    void symbolsAreOneHotVectors(GradientLab lab) {
        assertThat(bits(lab.gradient())).isEqualTo(bits(lab.oneHot().gradient()));
        assertThat(lab.loss()).isEqualTo(lab.oneHot().loss());
    }

    static Stream<GradientLab> withTokens() {
        return labs().filter(GradientLab::tokens);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void isZeroWithoutALossAndOnlyThen(GradientLab lab) {
        boolean hasLoss = IntStream.range(0, lab.steps()).anyMatch(lab::hasLoss);
        assertThat(largest(lab.gradient()) > 1e-3).isEqualTo(hasLoss);
        assertThat(largest(lab.gradient()) == 0).isEqualTo(!hasLoss);
    }
}
