package org.bpttbench.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpttbench.core.gradient.Vectors.bits;
import static org.bpttbench.core.gradient.Vectors.largest;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.kernel.NaiveKernels;
import org.bpttbench.core.tape.Tape;
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
        double[] differences = new double[lab.theta().length];
        Arrays.setAll(differences, p -> difference(lab, p));
        assertThat(relativeDifference(lab.gradient(), differences)).isLessThan(1e-7);
    }

    /**
     * The central difference along one parameter. Rectified units make the loss smooth in pieces: a difference between
     * two of them says nothing of the derivative, so the step shrinks until both ends have the same units at rest.
     */
    private static double difference(GradientLab lab, int p) {
        for (double h = H; h > 1e-9; h /= 10) {
            Tape above = moved(lab, p, h);
            Tape below = moved(lab, p, -h);
            if (zeros(above).equals(zeros(below))) {
                return (GradientLab.loss(above) - GradientLab.loss(below)) / (2 * h);
            }
        }
        throw new AssertionError("parameter " + p + " lies on a kink of the loss");
    }

    private static Tape moved(GradientLab lab, int p, double by) {
        double[] theta = lab.theta();
        theta[p] += by;
        GradientLab moved = lab.withTheta(theta);
        return moved.run(moved.network());
    }

    private static BitSet zeros(Tape tape) {
        return IntStream.range(0, tape.states().length)
                .filter(i -> tape.states()[i] == 0.0)
                .collect(BitSet::new, BitSet::set, BitSet::or);
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
