package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.run.RunCosts.Basis;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried of a sweep, whatever the machine: no time is compared with a clock. */
class CostTrialTest {
    private static final String SWEEP = """
            name: tried
            seed: 1
            task: {type: adding, length: 12}
            model: {cell: gru, units: 5}
            train: {steps: 240, lanes: 2, optimizer: {type: adam, rate: 0.01}}
            measure: {bias: {at: [0, end], sequences: 2, draws: 20}, accuracy: {every: 120}}
            """;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();

    private Sweep sweep(String rest) {
        return new SweepReader(Bundled.catalogs(tasks)).read("tried.yaml", SWEEP + rest);
    }

    private RunCosts tried(Sweep sweep, Duration time) {
        return tried(sweep.settings(), sweep, time);
    }

    private RunCosts tried(List<Setting> pending, Sweep sweep, Duration time) {
        try {
            RunCosts costs = RunCosts.of(sweep, Journal.read(folder), tasks);
            Map<Setting, Integer> runs = new LinkedHashMap<>();
            pending.forEach(setting -> runs.put(setting, 1));
            new CostTrial(tasks, PlainKernels.INSTANCE, setting -> 20).run(runs, time, costs);
            assertThat(folder).as("nothing is written").isEmptyDirectory();
            return costs;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimator: [full, {type: full, memory: sqrt}]",
                "estimator: [{type: tbptt, length: 4, lookback: 3}]",
                "estimator: [{type: artbp, mean: 4}, {type: uncompensated, mean: 4, cuts: shared}]",
                "measure.bias.draws: [{resolve: margin}]\n  estimator: [{type: artbp, mean: 4}]",
                "measure.bias.along: [{type: full}]\n  estimator: [{type: artbp, mean: 4}]",
                "train.optimizer.rate: [1.0e12]\n  estimator: [full]"
            })
    void everyKindOfWorkCanBeTried(String axes) {
        Sweep sweep = sweep("grid:\n  " + axes + "\n");
        RunCosts costs = tried(sweep, Duration.ofSeconds(20));
        assertThat(sweep.settings()).allSatisfy(setting -> {
            assertThat(costs.basis(setting)).isEqualTo(Basis.TRIAL);
            assertThat(costs.seconds(setting)).isPositive().isFinite();
        });
    }

    @Test
    void settingsOfOneKindShareATrial() {
        Sweep sweep = sweep(
                "grid: {estimator: [full], seed: [1, 2], train.optimizer.rate: [0.01, 0.02], init.bias: [0, 1]}\n");
        RunCosts costs = tried(sweep, Duration.ofSeconds(20));
        assertThat(sweep.settings()).hasSize(8);
        assertThat(sweep.settings().stream().map(costs::seconds).distinct()).hasSize(1);
        // Whatever the rates, ten times the training, and 1011 evaluations of the validation set's size for 111.
        String unmeasured = SWEEP.replace("bias: {at: [0, end], sequences: 2, draws: 20}, ", "");
        Sweep longer = new SweepReader(Bundled.catalogs(tasks))
                .read(
                        "tried.yaml",
                        unmeasured
                                + "grid: {estimator: [full], train.steps: [24000, 240000], measure.accuracy.every: [240]}");
        RunCosts scaled = tried(longer, Duration.ofSeconds(20));
        double few = scaled.seconds(longer.settings().get(0));
        double many = scaled.seconds(longer.settings().get(1));
        assertThat(many / few).isBetween(9.1, 10.0);
    }

    @Test
    void whatTheTimeDoesNotSufficeForIsNotTried() {
        Sweep sweep = sweep("grid: {estimator: [full, {type: tbptt, length: 3}]}\n");
        RunCosts costs = tried(sweep, Duration.ofNanos(1));
        assertThat(sweep.settings()).allMatch(setting -> costs.basis(setting) == Basis.GUESS);
        RunCosts one = tried(sweep.settings().subList(0, 1), sweep, Duration.ofSeconds(20));
        assertThat(sweep.settings().stream().map(one::basis)).containsExactly(Basis.TRIAL, Basis.OTHERS);
        assertThat(one.seconds(sweep.settings().get(1)))
                .isCloseTo(one.seconds(sweep.settings().get(0)) * work(sweep, 1) / work(sweep, 0), within(1e-9));
    }

    private double work(Sweep sweep, int setting) {
        Setting of = sweep.settings().get(setting);
        return RunWork.of(of, tasks.get(of)).total();
    }
}
