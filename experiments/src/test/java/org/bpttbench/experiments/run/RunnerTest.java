package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest {
    private static final String SWEEP = """
        name: tiny
        seed: 1
        replicates: 2
        task: {type: influence-balancing, units: 5, positive: 2}
        init: {type: constant, value: 0.5}
        train: {steps: 300, sequence: 60, optimizer: {type: sgd, rate: 1.0e-3}}
        measure:
          bias: {at: [0, end], length: 40, burn_in: 5, sequences: 2, draws: 30}
          accuracy: {every: 100}
        grid:
          estimator:
            - full
            - {type: tbptt, length: [3, 7], lookback: 2}
            - {type: artbp, mean: 6, law: {type: polynomial, alpha: 4}}
            - {type: uncompensated, mean: 6}
        """;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();

    private Sweep sweep(String... overrides) {
        return new SweepReader(Bundled.catalogs(tasks)).read("tiny.yaml", SWEEP, overrides);
    }

    private Journal run(Sweep sweep, Path results, int jobs) throws IOException {
        List<RunSpec> missing = new ArrayList<>(sweep.runs());
        missing.removeIf(run -> resultOf(results, run));
        new Runner(results, tasks, PlainKernels.INSTANCE, (spec, record, done, total) -> {}).run(missing, jobs);
        return Journal.read(results);
    }

    private static boolean resultOf(Path results, RunSpec run) {
        try {
            RunRecord record = Journal.read(results).runs().get(run.id());
            return record != null && record.outcome().isResult();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that a run's identity decides. */
    private static Map<String, String> deterministic(Journal journal) {
        Map<String, String> records = new TreeMap<>();
        journal.runs().forEach((id, record) -> {
            Map<String, Object> tree = new LinkedHashMap<>(record.toTree());
            tree.remove("provenance");
            tree.remove("nanos");
            @SuppressWarnings("unchecked")
            Map<String, Object> training = new LinkedHashMap<>((Map<String, Object>) tree.get("training"));
            training.remove("nanos");
            tree.put("training", training);
            records.put(id, Json.write(tree));
        });
        return records;
    }

    @Test
    void resultsDoNotDependOnTheNumberOfWorkers() throws IOException {
        Map<String, String> one = deterministic(run(sweep(), folder.resolve("one"), 1));
        Map<String, String> two = deterministic(run(sweep(), folder.resolve("two"), 2));
        assertThat(one).hasSize(10).isEqualTo(two);
        assertThat(one.values()).allMatch(line -> line.contains("\"outcome\":\"done\""));
    }

    @Test
    void measuresAtEveryCheckpoint() throws IOException {
        Journal journal = run(sweep(), folder, 2);
        assertThat(journal.runs().values()).allSatisfy(record -> {
            assertThat(record.training().steps()).isEqualTo(300);
            assertThat(record.bias()).extracting("at").containsExactly(0L, 300L);
            assertThat(record.curves())
                    .extracting("step")
                    .contains(0L, 100L, 200L, 300L)
                    .doesNotContain(150L);
        });
    }

    @Test
    void doesNothingTwice() throws IOException {
        run(sweep(), folder, 2);
        Map<Path, Long> before = sizes();
        run(sweep(), folder, 2);
        assertThat(sizes()).isEqualTo(before);
        // Another replicate leaves the first two alone.
        Journal more = run(sweep("replicates=3"), folder, 2);
        assertThat(more.runs()).hasSize(15);
    }

    @Test
    void theFirstReplicatesDoNotChangeWhenTheSweepGrows() throws IOException {
        Map<String, String> small = deterministic(run(sweep(), folder.resolve("small"), 1));
        Map<String, String> large = deterministic(
                run(sweep("replicates=3", "grid.train.optimizer.rate=[1.0e-3, 2.0e-3]"), folder.resolve("large"), 2));
        assertThat(large).containsAllEntriesOf(small).hasSizeGreaterThan(20);
    }

    @Test
    void divergenceIsAResultAndEndsAtTheLastFiniteCheckpoint() throws IOException {
        Journal journal = run(sweep("train.optimizer.rate=1.0e6", "grid.estimator=[full]"), folder, 1);
        assertThat(journal.runs().values()).allSatisfy(record -> {
            assertThat(record.outcome()).isEqualTo(Outcome.DIVERGED);
            assertThat(record.message()).startsWith("parameter 0 is ").contains("at step 60");
            assertThat(record.bias()).extracting("at").containsExactly(0L);
            assertThat(record.curves()).extracting("step").containsOnly(0L);
        });
    }

    @Test
    void aTornLineIsDroppedAndItsRunMadeAgain() throws IOException {
        Map<String, String> whole = deterministic(run(sweep(), folder, 1));
        Path file = folder.resolve("journal/worker-0.jsonl");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
        Journal torn = Journal.read(folder);
        assertThat(torn.torn()).containsExactly(file);
        assertThat(torn.runs()).hasSize(9);
        Journal again = run(sweep(), folder, 1);
        assertThat(again.torn()).isEmpty();
        assertThat(deterministic(again)).isEqualTo(whole);
    }

    @Test
    void aLineThatIsNoRecordIsAnErrorWithItsPlace() throws IOException {
        run(sweep("grid.estimator=[full]"), folder, 1);
        Path file = folder.resolve("journal/worker-0.jsonl");
        Files.write(file, JournalLine.write(Map.of("type", "surprise")), StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Journal.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("worker-0.jsonl:4: not a journal record: its type is 'surprise'");
    }

    @Test
    void aRunThatBreaksIsRecordedAndTheOthersGoOn() throws IOException {
        List<RunSpec> runs = sweep().runs();
        String broken = runs.get(3).id();
        Runner runner = new Runner(folder, tasks, PlainKernels.INSTANCE, (spec, record, done, total) -> {});
        runner.run(List.of(runs.get(0), unbuildable(), runs.get(3)), 1);
        Journal journal = Journal.read(folder);
        assertThat(journal.runs()).hasSize(3).containsKey(broken);
        assertThat(journal.runs()).hasEntrySatisfying(unbuildable().id(), record -> {
            assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(record.message()).contains("no estimator is named 'nobody'");
        });
    }

    /** No number, no memory and no class that is missing: what one run meets is its own outcome. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                StackOverflowError.class,
                OutOfMemoryError.class,
                NoClassDefFoundError.class
            })
    void whateverARunBreaksWithTheOthersGoOn(Class<? extends Throwable> why) throws IOException {
        List<RunSpec> runs = sweep().runs().subList(0, 3);
        List<Throwable> told = new ArrayList<>();
        Runner runner = new Runner(folder, tasks, PlainKernels.INSTANCE, new RunListener() {
            @Override
            public void began(RunInFlight run) {
                if (run.spec().equals(runs.get(1))) {
                    throwUnchecked(why);
                }
            }

            @Override
            public void failed(RunSpec spec, Throwable thrown) {
                told.add(thrown);
            }

            @Override
            public void ended(RunSpec spec, RunRecord record, int done, int total) {}
        });
        runner.run(runs, 1);
        assertThat(outcomes(runs)).containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.DONE);
        assertThat(told).hasSize(1).hasOnlyElementsOfType(why);
    }

    private static void throwUnchecked(Class<? extends Throwable> why) {
        try {
            Throwable thrown = why.getConstructor(String.class).newInstance("x".repeat(1 << 20));
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<Outcome> outcomes(List<RunSpec> runs) throws IOException {
        Map<String, RunRecord> made = Journal.read(folder).runs();
        return runs.stream()
                .map(run -> Objects.requireNonNull(made.get(run.id())).outcome())
                .toList();
    }

    /** A record that is too long for a journal: those of Full and TBPTT are short, those of draws have their batches. */
    @Test
    void aRecordThatCannotBeWrittenIsAnOutcomeOfItsRun() throws IOException {
        List<RunSpec> runs = sweep("replicates=1").runs();
        new Runner(
                        folder,
                        tasks,
                        PlainKernels.INSTANCE,
                        RunListener.NONE,
                        RunPolicy.usual(),
                        (results, worker) -> new JournalWriter(
                                worker,
                                new DiskFile(Files.createDirectories(results.resolve("journal"))
                                        .resolve(worker + ".jsonl")),
                                6000))
                .run(runs, 1);
        assertThat(outcomes(runs))
                .containsExactly(Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.FAILED, Outcome.FAILED);
        assertThat(Journal.read(folder).runs().get(runs.get(3).id()))
                .extracting(RunRecord::message)
                .asString()
                .contains("longer than 6000, the longest that a journal holds");
    }

    /** What a measurement may come to: read back, it is no number, and everything else is as it was. */
    @Test
    void numbersThatAreNotFiniteAreLeftOut() {
        RunRecord.Training training = new RunRecord.Training(
                1, 1, 1, 1, Double.POSITIVE_INFINITY, Optional.of(new RunRecord.Norms(1, Double.NaN, 2, 3)), 5);
        RunRecord record = new RunRecord(
                "run",
                "setting",
                0,
                Map.of(),
                Outcome.DONE,
                "",
                training,
                List.of(),
                Map.of("loss", Map.of("chance", Double.NaN, "mean", 2.0)),
                List.of(),
                "session");
        String line = new String(JournalLine.write(record.toTree()), StandardCharsets.UTF_8).strip();
        RunRecord read = RunRecord.of(JournalLine.read(line.getBytes(StandardCharsets.UTF_8), line.length())
                .tree());
        assertThat(read.training().maxWeight()).isNaN();
        assertThat(read.training().norms()).contains(new RunRecord.Norms(1, Double.NaN, 2, 3));
        assertThat(read.baselines()).isEqualTo(Map.of("loss", Map.of("mean", 2.0)));
        assertThat(read.toTree()).isEqualTo(record.toTree());
    }

    @Test
    void theEndIsThatOfTheEpisodeInWhichTheStepsAreReached() throws IOException {
        Sweep sweep = new SweepReader(Bundled.catalogs(tasks)).read("episodes.yaml", """
            name: episodes
            seed: 1
            task: {type: adding, length: 20}
            model: {cell: tanh, units: 3}
            train: {steps: 50, lanes: 2, optimizer: {type: sgd, rate: 0.01}}
            measure: {bias: {at: [0, end], sequences: 2, draws: 4}}
            estimator: {type: artbp, mean: 5}
            """);
        Journal journal = run(sweep, folder, 1);
        assertThat(journal.runs().values()).hasSize(1).allSatisfy(record -> {
            assertThat(record.training().steps()).isEqualTo(60);
            assertThat(record.training().updates()).isEqualTo(3);
            assertThat(record.bias()).extracting("at").containsExactly(0L, 50L);
        });
    }

    @Test
    void aSecondRunOnTheSameFolderIsToldToWait() throws IOException {
        try (JournalWriter held = Journal.open(folder, "worker-0")) {
            assertThatThrownBy(() -> run(sweep(), folder, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is being written by another run");
            held.append(Session.now(PlainKernels.INSTANCE, 1).tree());
        }
        assertThat(run(sweep(), folder, 1).runs()).hasSize(10);
    }

    private RunSpec unbuildable() {
        Map<String, Object> tree = new LinkedHashMap<>(sweep().settings().get(0).tree());
        tree.put("estimator", Map.of("type", "nobody"));
        return new RunSpec(new Setting(tree, tree), 0);
    }

    private Map<Path, Long> sizes() throws IOException {
        Map<Path, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(file, Files.size(file));
            }
        }
        return sizes;
    }
}
