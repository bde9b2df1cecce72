package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class InfluenceBalancingTest {
    private static final InfluenceBalancing PAPER = new InfluenceBalancing(23, 10);

    /** s_1[1] … s_T[1] as the task's own source and network run. */
    private static double[] firstCoordinates(InfluenceBalancing task, double theta, int steps) {
        Model model = task.system().orElseThrow();
        Network network = network(model, theta);
        Source source = task.open(model, 1, Seeds.of(1));
        Tape tape = new Tape(model.tape(1, source.tokens()), steps);
        tape.restart(source.startState());
        assertThat(source.begin()).isEqualTo(Source.ENDLESS);
        tape.append(steps);
        source.fill(tape, 0, steps);
        network.forward(tape, 0, steps);
        double[] first = new double[steps];
        for (int k = 0; k < steps; k++) {
            first[k] = tape.states()[(k + 1) * task.units()];
        }
        return first;
    }

    private static Network network(Model model, double theta) {
        Network network = new Network(model, PlainKernels.INSTANCE);
        network.load(new double[] {theta});
        return network;
    }

    /** S(j) = ∂s_j[1]/∂θ: the state is affine in θ, so a difference is exact but for rounding. */
    private static double sensitivity(InfluenceBalancing task, int lags) {
        return firstCoordinates(task, 1.0, lags)[lags - 1] - firstCoordinates(task, 0.0, lags)[lags - 1];
    }

    @ParameterizedTest
    @CsvFileSource(resources = "sensitivity.csv")
    void influenceOfTheParameterByLag(int lags, double expected) {
        assertThat(sensitivity(PAPER, lags)).isCloseTo(expected, within(1e-13));
    }

    /** With a loss at every step a window of L steps has the gradient's sign of S(1) + … + S(L). */
    @ParameterizedTest
    @CsvSource({"3, 1, 7", "5, 2, 17", "10, 4, 34", "13, 5, 40", "23, 10, 110"})
    void influenceOverAWindowTurnsAtThePublishedLength(int units, int positive, int firstCorrect) {
        InfluenceBalancing task = new InfluenceBalancing(units, positive);
        double sum = 0;
        int length = 0;
        do {
            length++;
            sum += sensitivity(task, length);
        } while (sum > 0 && length < 200);
        assertThat(length).isEqualTo(firstCorrect);
    }

    @ParameterizedTest
    @CsvSource({"23, 10, -6", "3, 1, -2", "10, 4, -4", "4, 4, 8", "1, 1, 2"})
    void optimumPutsTheStateAtRestOnTheTarget(int units, int positive, int slope) {
        InfluenceBalancing task = new InfluenceBalancing(units, positive);
        assertThat(sensitivity(task, 1000)).isCloseTo(slope, within(1e-12));
        assertThat(task.optimum()).isCloseTo(1.0 / slope, within(1e-16));
        assertThat(firstCoordinates(task, task.optimum(), 1000)[999]).isCloseTo(1.0, within(1e-13));
    }

    @Test
    void metricsOfThePaper() {
        assertThat(PAPER.optimum()).isEqualTo(-1.0 / 6.0);
        Model model = PAPER.system().orElseThrow();
        double[] theta = {0.5};
        Map<String, Double> values = PAPER.evaluate(network(model, theta[0]), theta, Split.VALID);
        assertThat(values.get("theta")).isEqualTo(0.5);
        assertThat(values.get("theta_error")).isCloseTo(2.0 / 3.0, within(1e-15));
        assertThat(values.get("loss")).isCloseTo(meanLossByHand(23, 10, 0.5), within(1e-12));
    }

    /** The recursion as the paper writes it. */
    private static double meanLossByHand(int n, int p, double theta) {
        double[] s = new double[n];
        Arrays.fill(s, 1.0);
        double sum = 0;
        for (int t = 0; t < 500; t++) {
            for (int i = 0; i < n; i++) {
                // Ascending i reads s[i + 1] before it is replaced.
                s[i] = 0.5 * s[i] + (i + 1 < n ? 0.5 * s[i + 1] : 0.0) + (i < p ? theta : -theta);
            }
            sum += 0.5 * (s[0] - 1.0) * (s[0] - 1.0);
        }
        return sum / 500;
    }

    @ParameterizedTest
    @CsvSource({"23, 0", "23, 24"})
    void asManyPositiveUnitsAsThereAre(int units, int positive) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InfluenceBalancing(units, positive))
                .withMessageContaining("positive is " + positive)
                .withMessageContaining("1 to units, which is 23");
    }

    @Test
    void balancedDrivesHaveNoOptimum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InfluenceBalancing(10, 5))
                .withMessageContaining("half of units");
    }
}
