package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.variants.truncation.Full;
import org.bpttbench.variants.truncation.Tbptt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 1 + a + … + a^(t−1) = (1 − a^t)/(1 − a) everything has a closed form. */
class LinearDriveTest {
    private static final double THETA = 0.7;

    private static Network network(LinearDrive task) {
        Model model = task.system().orElseThrow();
        Network network = new Network(model, PlainKernels.INSTANCE);
        network.load(new double[] {THETA});
        return network;
    }

    /** Σ_{t ≤ T} ∂s_t/∂θ. */
    private static double gradient(double a, int steps) {
        return (steps - a * (1 - StrictMath.pow(a, steps)) / (1 - a)) / (1 - a);
    }

    private static List<Double> emissions(LinearDrive task, GradientEstimator estimator, int lanes, int steps) {
        Network network = network(task);
        List<Double> gradients = new ArrayList<>();
        estimator
                .open(
                        network,
                        task.open(network.model(), lanes, Seeds.of(1)),
                        StreamPlan.measured(lanes, 1, steps),
                        List.of(probability -> false))
                .advance(steps, (gradient, window) -> gradients.add(gradient[0]));
        return gradients;
    }

    private static Offset<Double> rounding(double expected) {
        return within(1e-12 * Math.abs(expected));
    }

    @ParameterizedTest
    @CsvSource({"0.9, 1, 300", "0.9, 3, 300", "-0.5, 2, 7", "0.99, 1, 1000", "0, 1, 5", "1.1, 1, 50"})
    void fullGradientHasItsClosedForm(double a, int lanes, int steps) {
        double expected = gradient(a, steps);
        assertThat(emissions(new LinearDrive(a), new Full(), lanes, steps))
                .singleElement()
                .satisfies(gradient -> assertThat(gradient).isCloseTo(expected, rounding(expected)));
    }

    /** In a long sequence a loss has gradient 1/(1 − a); blocks of L lose a(1 − a^L)/(L(1 − a)) of it. */
    @ParameterizedTest
    @CsvSource({
        "0.9, 10, 0.586",
        "0.9, 50, 0.179",
        "0.9, 100, 0.090",
        "0.9, 500, 0.018",
        "0.99, 100, 0.628",
        "0.99, 500, 0.197"
    })
    void truncationLosesItsKnownShare(double a, int length, double published) {
        double share = a * (1 - StrictMath.pow(a, length)) / (length * (1 - a));
        assertThat(share).isCloseTo(published, within(5e-4));
        double expected = length / (1 - a) * (1 - share);
        assertThat(emissions(new LinearDrive(a), new Tbptt(length, 0), 1, 3 * length))
                .hasSize(3)
                .allSatisfy(gradient -> assertThat(gradient).isCloseTo(expected, rounding(expected)));
    }

    @ParameterizedTest
    @CsvSource({"0.9", "-0.5", "0"})
    void metrics(double a) {
        LinearDrive task = new LinearDrive(a);
        Map<String, Double> values = task.evaluate(network(task), new double[] {THETA}, Split.TEST);
        assertThat(values.get("theta")).isEqualTo(THETA);
        double expected = THETA * gradient(a, 500) / 500;
        assertThat(values.get("loss")).isCloseTo(expected, rounding(expected));
    }
}
