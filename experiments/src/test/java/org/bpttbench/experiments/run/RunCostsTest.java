package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is expected of a run's time, given the times of others. */
class RunCostsTest {
    private static final String SWEEP = """
            name: costs
            seed: 1
            replicates: 3
            task: {type: influence-balancing, units: 40, positive: 10}
            init: {type: constant, value: 0.5}
            train: {steps: 6000, sequence: 600, optimizer: {type: sgd, rate: 1.0e-9}}
            grid:
              estimator: [full, {type: tbptt, length: 10, lookback: [0, 30]}]
            """;

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();
    private final Sweep sweep = sweep();

    private Sweep sweep(String... overrides) {
        return new SweepReader(Bundled.catalogs(tasks)).read("costs.yaml", SWEEP, overrides);
    }

    private RunRecord record(RunSpec spec, Outcome outcome, OptionalLong nanos, long trainingNanos) {
        return new RunRecord(
                spec.id(),
                spec.setting().id(),
                spec.replicate(),
                spec.setting().identity(),
                outcome,
                "",
                new RunRecord.Training(6000, 10, 6000, 600, 1.0, Optional.empty(), trainingNanos),
                List.of(),
                Map.of(),
                List.of(),
                "here",
                nanos);
    }

    private Journal journal(RunRecord... records) throws IOException {
        try (JournalWriter writer = Journal.open(folder, "worker-0")) {
            writer.append(Session.now(PlainKernels.INSTANCE, 1).tree());
            for (RunRecord record : records) {
                writer.append(record.toTree());
            }
        }
        return Journal.read(folder);
    }

    private RunSpec run(int setting, int replicate) {
        return new RunSpec(sweep.settings().get(setting), replicate);
    }

    private static OptionalLong seconds(double seconds) {
        return OptionalLong.of((long) (seconds * SECOND));
    }

    @Test
    void runsOfTheSettingTellTheirMeanAndScaleTheOthers() throws IOException {
        RunCosts costs = RunCosts.of(
                sweep,
                journal(
                        record(run(1, 0), Outcome.DONE, seconds(10), 1),
                        record(run(1, 1), Outcome.DIVERGED, seconds(2), 1),
                        record(run(1, 2), Outcome.FAILED, seconds(900), 1),
                        record(run(2, 0), Outcome.TIMED_OUT, seconds(900), 1)),
                tasks);
        assertThat(costs.seconds(run(1, 2))).isEqualTo(6.0);
        assertThat(costs.basis(sweep.settings().get(1))).isEqualTo(RunCosts.Basis.RUNS);
        assertThat(costs.basis(sweep.settings().get(2))).isEqualTo(RunCosts.Basis.OTHERS);
        // One forward, one backward of two products, or of two times (10 + 30)/10: three products against nine.
        double steps = 500;
        double width = 40 * 40;
        double ratio = (steps + 9 * width) / (steps + 3 * width);
        assertThat(costs.seconds(run(2, 0))).isCloseTo(6.0 * ratio, within(1e-9));
        assertThat(costs.seconds(run(0, 0))).isCloseTo(6.0, within(1e-9));
    }

    @Test
    void withoutAnyTimeRunsCanBeCompared() throws IOException {
        RunCosts costs = RunCosts.of(sweep, journal(), tasks);
        assertThat(costs.basis(sweep.settings().get(0))).isEqualTo(RunCosts.Basis.GUESS);
        assertThat(costs.seconds(run(2, 0))).isGreaterThan(2 * costs.seconds(run(1, 0)));
        Sweep longer = sweep("train.steps=12000", "train.lanes=2");
        double one = costs.seconds(run(1, 0));
        double four = costs.seconds(new RunSpec(longer.settings().get(1), 0));
        assertThat(four).isBetween(3.5 * one, 4 * one);
    }

    @Test
    void evaluationsMeasurementsAndWhatTheyAreMeasuredAlongCount() throws IOException {
        RunCosts costs = RunCosts.of(sweep, journal(), tasks);
        double bare = costs.seconds(run(1, 0));
        double measured = seconds(costs, "measure.bias={at: [0, end], length: 600, draws: 100}");
        double twice = seconds(costs, "measure.bias={at: [0, 3000, 5000, end], length: 600, draws: 100}");
        double other = seconds(costs, "measure.bias={at: [0, end], length: 600, draws: 100, along: {type: full}}");
        double both = seconds(
                costs,
                "measure.bias={at: [0, end], length: 600, draws: 100, along: {type: full}}",
                "measure.accuracy={every: 1000000}");
        assertThat(measured).isGreaterThan(bare);
        assertThat(twice - bare).isCloseTo(2 * (measured - bare), within(1e-9));
        assertThat(other).as("full alone is trained").isCloseTo(measured, within(1e-9));
        assertThat(both - other).isGreaterThan(0.99 * bare);
    }

    private double seconds(RunCosts costs, String... overrides) {
        return costs.seconds(sweep(overrides).settings().get(1));
    }

    @Test
    void journalsThatTimedTheTrainingAloneTellWhatTheRestTook() throws IOException {
        Setting measuring = sweep("measure.bias={at: [0], length: 600, draws: 100}")
                .settings()
                .get(1);
        RunWork work = RunWork.of(measuring, tasks.get(measuring));
        Sweep read = sweep("measure.bias={at: [0], length: 600, draws: 100}");
        RunSpec spec = new RunSpec(measuring, 0);
        RunCosts costs =
                RunCosts.of(read, journal(record(spec, Outcome.DONE, OptionalLong.empty(), 5 * SECOND)), tasks);
        assertThat(work.total()).isGreaterThan(work.training());
        assertThat(costs.seconds(spec)).isCloseTo(5 * work.total() / work.training(), within(1e-9));
    }

    @Test
    void learnsFromRunsThatEnd() throws IOException {
        RunCosts costs = RunCosts.of(sweep, journal(), tasks);
        costs.tried(sweep.settings().get(0), 7);
        assertThat(costs.seconds(run(0, 0))).isEqualTo(7.0);
        assertThat(costs.seconds(run(1, 0))).isCloseTo(7.0, within(1e-9));
        costs.add(run(0, 0), record(run(0, 0), Outcome.DONE, seconds(3), 1));
        assertThat(costs.seconds(run(0, 1))).isEqualTo(3.0);
        assertThat(costs.seconds(run(1, 1))).isCloseTo(3.0, within(1e-9));
    }

    /** A setting that neither trains nor measures takes next to nothing, and tells of the others what can be told. */
    @Test
    void runsWithoutWorkHaveATimeToo() throws IOException {
        String idle =
                SWEEP.lines().filter(line -> !line.startsWith("train:")).reduce("", (text, line) -> text + line + '\n');
        Sweep read = new SweepReader(Bundled.catalogs(tasks)).read("costs.yaml", idle);
        RunSpec spec = new RunSpec(read.settings().get(0), 0);
        RunCosts costs = RunCosts.of(read, journal(), tasks);
        assertThat(costs.seconds(spec)).isPositive();
        costs.add(spec, record(spec, Outcome.DONE, seconds(0.001), 0));
        assertThat(costs.seconds(run(1, 0))).isPositive().isFinite();
    }

    /** The journal of a real sweep has all times, and what is left out of the training's is in the run's. */
    @Test
    void runnersWriteTheTimes() throws IOException {
        Sweep small = sweep("train.steps=600", "replicates=1", "measure.bias={at: [0], length: 600, draws: 100}");
        new Runner(folder, tasks, PlainKernels.INSTANCE, (spec, record, done, total) -> {}).run(small.runs(), 1);
        Journal journal = Journal.read(folder);
        List<Setting> settings = new ArrayList<>(small.settings());
        RunCosts costs = RunCosts.of(small, journal, tasks);
        assertThat(settings)
                .hasSize(3)
                .allSatisfy(setting -> assertThat(costs.basis(setting)).isEqualTo(RunCosts.Basis.RUNS));
        assertThat(journal.runs().values())
                .allSatisfy(record -> assertThat(record.nanos().orElseThrow())
                        .isGreaterThan(record.training().nanos()));
    }
}
