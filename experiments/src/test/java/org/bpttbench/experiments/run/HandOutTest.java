package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bpttbench.experiments.run.RunLimits.Budget;
import org.bpttbench.experiments.run.RunnerEnd.Why;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which runs are handed out, on a clock that the test sets. */
class HandOutTest {
    private static final String SWEEP = """
            name: handed
            seed: 1
            replicates: 3
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 100, sequence: 50, optimizer: {type: sgd, rate: 1.0e-3}}
            grid: {estimator: [full, {type: tbptt, length: 3, lookback: [0, 12]}]}
            """;

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();
    private final Sweep sweep = new SweepReader(Bundled.catalogs(tasks)).read("x.yaml", SWEEP);
    private long now = 1_000 * SECOND;

    private RunCosts costs() {
        try {
            return RunCosts.of(sweep, Journal.read(folder), tasks);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All settings are known to take so many seconds. */
    private RunCosts costs(double seconds) {
        RunCosts costs = costs();
        sweep.settings().forEach(setting -> costs.tried(setting, seconds));
        return costs;
    }

    private HandOut under(Duration budget, int workers, RunCosts costs) {
        RunLimits limits = new RunLimits(Optional.of(new Budget(budget, costs)), Optional.empty(), OptionalInt.empty());
        return new HandOut(sweep.runs(), workers, limits, () -> now);
    }

    private static RunRecord record(RunSpec spec, Outcome outcome, double seconds) {
        return new RunRecord(
                spec.id(),
                spec.setting().id(),
                spec.replicate(),
                spec.setting().identity(),
                outcome,
                "",
                RunRecord.Training.NONE,
                List.of(),
                Map.of(),
                List.of(),
                "here",
                OptionalLong.of((long) (seconds * SECOND)));
    }

    /** One worker that takes so many seconds for each run. */
    private List<RunSpec> made(HandOut runs, double seconds) {
        List<RunSpec> made = new ArrayList<>();
        for (Optional<RunSpec> next = runs.next(); next.isPresent(); next = runs.next()) {
            now += (long) (seconds * SECOND);
            made.add(next.get());
            runs.ended(next.get(), record(next.get(), Outcome.DONE, seconds));
        }
        return made;
    }

    @Test
    void withoutLimitsAllAreHandedOutAsGiven() {
        HandOut runs = new HandOut(sweep.runs(), 1, RunLimits.NONE, () -> now);
        assertThat(made(runs, 1)).isEqualTo(sweep.runs());
        assertThat(runs.end().why()).isEqualTo(Why.ALL_MADE);
        runs.timeIsOver();
        assertThat(runs.end().why()).as("nothing was left to be made").isEqualTo(Why.ALL_MADE);
    }

    @Test
    void underABudgetReplicatesOfAllSettingsComeTogether() {
        HandOut runs = under(Duration.ofSeconds(90), 1, costs(10));
        assertThat(made(runs, 10)).extracting(RunSpec::replicate).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
        assertThat(runs.end().why()).isEqualTo(Why.ALL_MADE);
    }

    @Test
    void aReplicateThatWouldNotEndInTimeIsNotBegun() {
        HandOut runs = under(Duration.ofSeconds(89), 1, costs(10));
        assertThat(made(runs, 10)).extracting(RunSpec::replicate).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(runs.end())
                .isEqualTo(new RunnerEnd(Why.NEXT_TOO_LONG, 0, 2, Duration.ofSeconds(30), Duration.ofSeconds(29)));
        assertThat(runs.leaving()).isFalse();
    }

    @Test
    void theFirstReplicateIsBegunHoweverLongItWillTake() {
        HandOut runs = under(Duration.ofSeconds(5), 1, costs(1000));
        assertThat(runs.next()).isPresent();
        assertThat(runs.next()).isPresent();
        runs.timeIsOver();
        assertThat(runs.leaving()).isTrue();
        assertThat(runs.next()).isEmpty();
        assertThat(runs.end().why()).isEqualTo(Why.TIME_OVER);
    }

    @Test
    void whatRunsHaveTakenCountsMoreThanWhatWasExpected() {
        // Expected 1 s each, which would leave time for all; they take 20.
        HandOut runs = under(Duration.ofSeconds(100), 1, costs(1));
        assertThat(made(runs, 20)).hasSize(3);
        assertThat(runs.end().expected()).isEqualTo(Duration.ofSeconds(60));
        assertThat(runs.end().left()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void workersShareAReplicateAndWhatIsOnItsWayCounts() {
        HandOut runs = under(Duration.ofSeconds(30), 2, costs(10));
        RunSpec first = runs.next().orElseThrow();
        RunSpec second = runs.next().orElseThrow();
        now += 10 * SECOND;
        runs.ended(first, record(first, Outcome.DONE, 10));
        runs.ended(second, record(second, Outcome.DONE, 10));
        RunSpec third = runs.next().orElseThrow();
        // 20 s are left, and (10 + 30)/2 s are to be done.
        assertThat(runs.next().map(RunSpec::replicate)).contains(1);
        assertThat(third.replicate()).isZero();

        HandOut shorter = under(Duration.ofSeconds(29), 2, costs(10));
        List<RunSpec> begun = new ArrayList<>();
        begun.add(shorter.next().orElseThrow());
        begun.add(shorter.next().orElseThrow());
        now += 10 * SECOND;
        begun.forEach(spec -> shorter.ended(spec, record(spec, Outcome.DONE, 10)));
        assertThat(shorter.next()).isPresent();
        assertThat(shorter.next()).isEmpty();
        assertThat(shorter.end().why()).isEqualTo(Why.NEXT_TOO_LONG);
    }

    @Test
    void aReplicateOfWhichNothingIsKnownIsBegun() {
        HandOut runs = under(Duration.ofNanos(1), 4, costs());
        for (int i = 0; i < 4; i++) {
            assertThat(runs.next()).as("run %d", i).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "TIMED_OUT"})
    void noMoreAreBegunAfterSoManyFailures(Outcome outcome) {
        RunLimits limits = new RunLimits(Optional.empty(), Optional.empty(), OptionalInt.of(2));
        HandOut runs = new HandOut(sweep.runs(), 3, limits, () -> now);
        RunSpec first = runs.next().orElseThrow();
        RunSpec second = runs.next().orElseThrow();
        RunSpec third = runs.next().orElseThrow();
        runs.ended(first, record(first, outcome, 1));
        runs.ended(third, record(third, Outcome.DIVERGED, 1));
        assertThat(runs.leaving()).isFalse();
        assertThat(runs.next()).isPresent();
        runs.ended(second, record(second, outcome, 1));
        assertThat(runs.leaving()).isTrue();
        assertThat(runs.next()).isEmpty();
        assertThat(runs.end()).isEqualTo(RunnerEnd.of(Why.FAILURES, 2));
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> new RunLimits(Optional.empty(), Optional.empty(), OptionalInt.of(0)))
                .hasMessage("failures is 0: must be at least 1");
    }

    @ParameterizedTest
    @EnumSource
    void anOrderIsAPermutation(RunOrder order) {
        RunCosts costs = costs();
        assertThat(order.sorted(sweep.runs(), costs))
                .containsExactlyInAnyOrderElementsOf(sweep.runs())
                .hasSize(9);
    }

    @Test
    void ordersAreWhatTheirNamesSay() {
        RunCosts costs = costs();
        costs.tried(sweep.settings().get(0), 5);
        costs.tried(sweep.settings().get(1), 9);
        costs.tried(sweep.settings().get(2), 7);
        assertThat(RunOrder.LONGEST_FIRST.sorted(sweep.runs(), costs))
                .extracting(run -> costs.seconds(run) + "/" + run.replicate())
                .containsExactly("9.0/0", "9.0/1", "9.0/2", "7.0/0", "7.0/1", "7.0/2", "5.0/0", "5.0/1", "5.0/2");
        assertThat(RunOrder.REPLICATE_MAJOR.sorted(sweep.runs(), costs))
                .extracting(run -> costs.seconds(run) + "/" + run.replicate())
                .containsExactly("5.0/0", "9.0/0", "7.0/0", "5.0/1", "9.0/1", "7.0/1", "5.0/2", "9.0/2", "7.0/2");
        assertThat(RunOrder.AS_WRITTEN.sorted(sweep.runs(), costs)).isEqualTo(sweep.runs());
    }

    @Test
    void runsThatFitTogetherAreCountedFromTheLargest() {
        List<RunSpec> runs = sweep.runs();
        double largest = sweep.settings().stream()
                .mapToDouble(setting -> RunMemory.bytes(setting, tasks.get(setting)))
                .max()
                .orElseThrow();
        RunMemory.Fit all = RunMemory.fit(runs, 4, (long) (100 * largest), tasks);
        assertThat(all.jobs()).isEqualTo(4);
        // Three replicates of the largest, and one of the next.
        assertThat(all.bytes()).isBetween(3 * largest, 4 * largest);
        assertThat(RunMemory.fit(runs, 4, (long) (2.5 * largest), tasks))
                .isEqualTo(new RunMemory.Fit(2, 4, all.bytes(), largest, (long) (2.5 * largest)));
        assertThat(RunMemory.fit(runs, 4, 1, tasks).jobs()).isEqualTo(1);
        assertThat(RunMemory.fit(runs.subList(0, 2), 4, Long.MAX_VALUE, tasks).wanted())
                .isEqualTo(2);
        assertThat(RunMemory.fit(List.of(), 4, Long.MAX_VALUE, tasks).jobs()).isEqualTo(1);
    }
}
