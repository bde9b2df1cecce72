package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepErrors;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random cuts of several lanes, each on its own, from a sweep file to the record of a run that trained. */
class FlushedTrainingTest {
    private static final int LANES = 4;
    private static final int STEPS = 300;
    private static final int SEQUENCE = 60;
    private static final String SWEEP = """
            name: flushed
            seed: 1
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 300, sequence: 60, lanes: 4, optimizer: {type: sgd, rate: 1.0e-5}}
            measure: {bias: {at: [0], length: 40, sequences: 2, draws: 30}}
            """;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();

    private Sweep sweep(String estimators, String... overrides) {
        return new SweepReader(Bundled.catalogs(tasks))
                .read("flushed.yaml", SWEEP + "grid: {estimator: [" + estimators + "]}\n", overrides);
    }

    /** In the order of the sweep. */
    private List<RunRecord> run(Sweep sweep, String name) throws IOException {
        Path results = folder.resolve(name);
        new Runner(results, tasks, PlainKernels.INSTANCE, (spec, record, done, total) -> {}).run(sweep.runs(), 1);
        Map<String, RunRecord> records = Journal.read(results).runs();
        return sweep.runs().stream().map(RunSpec::id).map(records::get).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"artbp", "uncompensated"})
    void trainsOnLessTapeThanASequence(String type) throws IOException {
        Sweep sweep = sweep("{type: " + type + ", mean: 3, flush: [5, 20]}");
        assertThat(sweep.warnings()).isEmpty();
        List<RunRecord> records = run(sweep, type);
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.outcome()).isEqualTo(Outcome.DONE);
            assertThat(record.training().steps()).isEqualTo(STEPS);
            // Every step has a loss, so every lane is pulled over every step, just once.
            assertThat(record.training().backwardSteps()).isEqualTo(STEPS * LANES);
            assertThat(record.training().tapeSteps()).isBetween(20L, SEQUENCE - 1L);
        });
        // A segment of three steps closes between any two flushes.
        assertThat(records).extracting(record -> record.training().updates()).containsExactly(60L, 15L);
    }

    @Test
    void measurementKnowsOfNoFlush() throws IOException {
        List<RunRecord> records =
                run(sweep("{type: artbp, mean: 6, flush: 5}, {type: artbp, mean: 6}", "train.lanes=1"), "measured");
        assertThat(records).extracting(RunRecord::setting).doesNotHaveDuplicates();
        assertThat(records)
                .extracting(record -> Json.write(record.bias().get(0).toTree()))
                .containsOnly(Json.write(records.get(0).bias().get(0).toTree()));
        // Nor does the training of a single lane.
        assertThat(records)
                .extracting(record -> record.training().updates())
                .containsOnly(records.get(0).training().updates());
    }

    @Test
    void settingsWithoutAFlushKeepTheirIdentity() {
        Sweep sweep = sweep("{type: artbp, mean: 6, cuts: shared}, {type: artbp, mean: 6, flush: 5}");
        assertThat(sweep.settings())
                .extracting(Setting::identity)
                .extracting(identity -> Json.canonical(Objects.requireNonNull(identity.get("estimator"))))
                .containsExactly(
                        "{\"cuts\":\"shared\",\"law\":{\"type\":\"constant\"},\"mean\":6.0,\"type\":\"artbp\"}",
                        "{\"cuts\":\"independent\",\"flush\":5,\"law\":{\"type\":\"constant\"},\"mean\":6.0,\"type\":\"artbp\"}");
    }

    @Test
    void withoutAFlushTheFileIsToldTheWaysOut() {
        assertThatThrownBy(() -> sweep("{type: artbp, mean: 6}"))
                .isInstanceOf(SweepErrors.class)
                .hasMessageContaining("flushed.yaml:7:")
                .hasMessageContaining("with 4 lanes")
                .hasMessageContaining("'flush: N'")
                .hasMessageContaining("'cuts: shared'")
                .hasMessageContaining("'lanes: 1'");
    }

    @Test
    void flushOfSharedCutsIsAWarningAtItsPlace() {
        Sweep sweep = sweep("{type: artbp, mean: 6, cuts: shared, flush: 5}");
        assertThat(sweep.warnings()).singleElement().asString().contains("flushed.yaml:7:", "flush has no effect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "2.5", "often"})
    void flushIsAWholeNumberOfSteps(String flush) {
        assertThatThrownBy(() -> sweep("{type: artbp, mean: 6, flush: " + flush + "}"))
                .isInstanceOf(SweepErrors.class)
                .hasMessageContaining("estimator.flush is ")
                .hasMessageContaining("at least 1");
    }

    /** A whole sequence of these lanes would not fit; the longest segment does. */
    @Test
    void memoryIsThatOfTheSegments() {
        String steps = "train.steps=1000000000000";
        assertThatThrownBy(() -> sweep("full", steps, "train.sequence=1000000000000"))
                .hasMessageContaining("does not fit in memory");
        assertThat(sweep("{type: artbp, mean: 6, flush: 5}", steps, "train.sequence=1000000000000")
                        .settings())
                .hasSize(1);
    }
}
