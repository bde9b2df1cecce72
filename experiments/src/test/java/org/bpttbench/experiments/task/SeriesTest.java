package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.experiments.data.Heartbeats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
    private static final int UNITS = 3;

    private static Model model(Task task) {
        return Models.build(
                task,
                Optional.of(new Arguments(Map.of("cell", "tanh", "units", (long) UNITS, "layers", 1L, "bias", true))));
    }

    /** A network that says the same whatever it reads. */
    private static Map<String, Double> constant(Task task, double prediction, Split split) {
        Model model = model(task);
        double[] theta = new double[model.layout().size()];
        theta[theta.length - 1] = prediction;
        Network network = new Network(model, PlainKernels.INSTANCE);
        network.load(theta);
        return task.evaluate(network, theta, split);
    }

    private static double value(Map<String, Double> values, String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private static double baseline(Task task, Split split, String metric, String method) {
        return value(Objects.requireNonNull(task.baselines(split).get(metric)), method);
    }

    /** x(n+1) = x(n) + δ(0.2·x(n−τ/δ)/(1 + x(n−τ/δ)¹⁰) − 0.1·x(n)), all of it kept. */
    @ParameterizedTest
    @ValueSource(ints = {1, 17, 30})
    void mackeyGlassIsEulersRule(int delay) {
        int shown = 400;
        int lag = 10 * delay;
        double[] x = new double[lag + 1 + 10 * (1000 + shown)];
        UniformRandomProvider random = Seeds.of(7).generator();
        for (int i = 0; i < lag; i++) {
            x[i] = 1.2 + 0.2 * (random.nextDouble() - 0.5);
        }
        x[lag] = 1.2;
        for (int n = lag; n < x.length - 1; n++) {
            double old = x[n - lag];
            x[n + 1] = x[n] + 0.1 * (0.2 * old / (1 + StrictMath.pow(old, 10)) - 0.1 * x[n]);
        }
        MackeyGlass task = new MackeyGlass(delay);
        Tape tape = StreamTapes.tape(task, 1, shown);
        tape.append(shown);
        new EndlessSource(false, new double[0], task.lane(Seeds.of(7))).fill(tape, 0, shown);
        // Chaos makes of the last bit what it will, so only the beginning is compared closely.
        for (int t = 0; t < shown; t++) {
            double expected = StrictMath.tanh(x[lag + 10 * (1000 + t)] - 1);
            assertThat(tape.inputs()[t]).isCloseTo(expected, within(1e-6));
            assertThat(tape.masks()[t]).isTrue();
            if (t > 0) {
                assertThat(tape.targets()[t - 1]).isEqualTo(tape.inputs()[t]);
            }
        }
    }

    @Test
    void mackeyGlassMovesInItsKnownRange() {
        MackeyGlass task = new MackeyGlass(17);
        Tape tape = StreamTapes.tape(task, 16, 2000);
        tape.append(2000);
        task.examined(Split.TEST).fill(tape, 0, 2000);
        double lowest = Arrays.stream(tape.inputs(), 0, 32_000).min().orElseThrow();
        double highest = Arrays.stream(tape.inputs(), 0, 32_000).max().orElseThrow();
        // x runs from about 0.4 to about 1.3.
        assertThat(lowest).isBetween(StrictMath.tanh(-0.65), StrictMath.tanh(-0.5));
        assertThat(highest).isBetween(StrictMath.tanh(0.25), StrictMath.tanh(0.4));
        assertThat(tape.inputs()[0]).isNotEqualTo(tape.inputs()[1]);
    }

    /** Whoever says the mean has a normalised error of 1, whoever is off by d has d² more. */
    @ParameterizedTest
    @EnumSource
    void chanceIsTheMeanOfWhatComes(Split split) {
        for (Task task : new Task[] {new MackeyGlass(17), new Electrocardiogram()}) {
            double least = baseline(task, split, "mse", "chance");
            double zero = value(constant(task, 0, split), "mse");
            double one = value(constant(task, 1, split), "mse");
            // From two points of the parabola mse(p) = least + (p − m)².
            double mean = (1 - one + zero) / 2;
            assertThat(zero - mean * mean).isCloseTo(least, within(1e-9));
            Map<String, Double> best = constant(task, mean, split);
            assertThat(value(best, "nrmse")).isCloseTo(1.0, within(1e-9));
            assertThat(baseline(task, split, "nrmse", "chance")).isEqualTo(1.0);
            assertThat(baseline(task, split, "nrmse", "persistence")).isBetween(0.01, 0.5);
        }
    }

    @Test
    void persistenceOfTheElectrocardiogram() {
        double[] raw = Heartbeats.millivolts();
        double mean = Arrays.stream(raw, 0, 97_200).average().orElseThrow();
        double variance = Arrays.stream(raw, 0, 97_200)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        double moves = 0;
        for (int i = 102_601; i < 108_000; i++) {
            moves += (raw[i] - raw[i - 1]) * (raw[i] - raw[i - 1]);
        }
        assertThat(baseline(new Electrocardiogram(), Split.TEST, "mse", "persistence"))
                .isCloseTo(moves / 5_399 / variance, within(1e-12));
    }

    /** Every lane goes round its own part, and only there does a target differ from the next input. */
    @Test
    void electrocardiogramLanesGoRound() {
        Electrocardiogram task = new Electrocardiogram();
        int lanes = 900;
        int steps = 300;
        Source source = task.open(model(task), lanes, Seeds.of(3));
        Tape tape = new Tape(model(task).tape(lanes, false), steps);
        tape.append(steps);
        source.fill(tape, 0, steps);
        double[] train = Electrocardiogram.part(Split.TRAIN);
        int part = 97_199 / lanes;
        for (int lane = 0; lane < lanes; lane++) {
            int offset = Seeds.of(3).at("offset").at(lane).generator().nextInt(part);
            for (int step = 0; step < steps; step++) {
                int at = lane * part + (offset + step) % part;
                assertThat(tape.inputs()[step * lanes + lane]).isEqualTo(train[at]);
                assertThat(tape.targets()[step * lanes + lane]).isEqualTo(train[at + 1]);
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task.open(model(task), 97_200, Seeds.of(3)))
                .withMessageContaining("97199 pairs");
    }
}
