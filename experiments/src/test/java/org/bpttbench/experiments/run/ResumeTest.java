package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that are left and gone on with, and runners that cannot write. */
class ResumeTest {
    private static final String STREAM = """
            name: stream
            seed: 1
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 300, sequence: 60, optimizer: {type: sgd, rate: 1.0e-3, momentum: 0.5}, update: sequence}
            measure:
              bias: {at: [0, 100, 250, end], length: 40, burn_in: 5, sequences: 2, draws: 30, along: {type: tbptt, length: 9}}
              accuracy: {every: 70}
            grid:
              estimator:
                - full
                - {type: tbptt, length: 7, lookback: 12}
                - {type: artbp, mean: 6}
            """;

    private static final String EPISODES = """
            name: episodes
            seed: 1
            task: {type: adding, length: 11}
            model: {cell: gru, units: 3}
            train: {steps: 100, lanes: 2, optimizer: {type: adam, rate: 0.01}}
            measure: {bias: {at: [0, 25, end], sequences: 2, draws: 6}}
            grid: {estimator: [{type: tbptt, length: 4, lookback: 3}, {type: artbp, mean: 5}, {type: full, memory: sqrt}]}
            """;

    private static final String DIVERGING = STREAM.replace("rate: 1.0e-3", "rate: 1.0e6");

    /** One run that takes long enough to be met on its way, one that does not. */
    private static final String LONG = """
            name: long
            seed: 1
            task: {type: linear-drive, a: 0.5}
            init: {type: constant, value: 0.5}
            measure: {accuracy: {every: 1000000}}
            estimator: {type: tbptt, length: 2}
            cases:
              - {train: {steps: 10, optimizer: {type: sgd, rate: 1.0e-6}}}
              - {train: {steps: 1500000, optimizer: {type: sgd, rate: 1.0e-6}}}
            """;

    private static final long STEPS = 1_500_000;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();
    private final List<String> told = new ArrayList<>();

    static List<String> sweeps() {
        return List.of(STREAM, EPISODES, DIVERGING);
    }

    private Sweep sweep(String text) {
        return new SweepReader(Bundled.catalogs(tasks)).read("x.yaml", text);
    }

    private Execution execution(RunSpec spec) {
        return new Execution(spec, tasks.get(spec.setting()), PlainKernels.INSTANCE);
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Runs until a rest at which it is to be left; the record if there was none. */
    private static @Nullable RunRecord follow(Execution execution, IntPredicate leaving, StateWriter into) {
        int[] rests = {0};
        execution.whenAtRest(() -> {
            if (leaving.test(++rests[0])) {
                execution.save(into);
                throw new Enough();
            }
        });
        try {
            return execution.run("here");
        } catch (Enough e) {
            return null;
        }
    }

    private static String deterministic(@Nullable RunRecord ended) {
        RunRecord record = Objects.requireNonNull(ended);
        Map<String, Object> tree = new LinkedHashMap<>(record.toTree());
        tree.remove("nanos");
        @SuppressWarnings("unchecked")
        Map<String, Object> training = new LinkedHashMap<>((Map<String, Object>) tree.get("training"));
        training.remove("nanos");
        tree.put("training", training);
        return Json.write(tree);
    }

    private Execution restored(RunSpec spec, StateWriter saved) {
        Execution execution = execution(spec);
        StateReader in = new StateReader(saved.toBytes());
        execution.load(in);
        in.end();
        return execution;
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void aRunGoesOnFromAnyRestToTheSameRecord(String text) {
        for (RunSpec spec : sweep(text).runs()) {
            int[] rests = {0};
            RunRecord whole = follow(execution(spec), rest -> rest < 0, new StateWriter());
            follow(execution(spec), rest -> rest > (rests[0] = rest), new StateWriter());
            assertThat(rests[0]).isGreaterThan(6);
            for (int left = 1; left <= rests[0]; left += 1 + rests[0] / 25) {
                int leaving = left;
                StateWriter saved = new StateWriter();
                assertThat(follow(execution(spec), rest -> rest == leaving, saved))
                        .isNull();
                RunRecord resumed = follow(restored(spec, saved), rest -> false, new StateWriter());
                assertThat(deterministic(resumed))
                        .as("left at rest %d of %d", left, rests[0])
                        .isEqualTo(deterministic(whole));
            }
        }
    }

    /** Left again and again, after the first rest of each: nothing adds up. */
    @ParameterizedTest
    @MethodSource("sweeps")
    void aRunCanBeLeftAtEveryRest(String text) {
        for (RunSpec spec : sweep(text).runs()) {
            RunRecord whole = follow(execution(spec), rest -> false, new StateWriter());
            Execution execution = execution(spec);
            RunRecord record = null;
            int left = 0;
            // One rest is told again by whoever comes back to it: a window that ends with a piece rests twice.
            while (record == null && left < 2000) {
                StateWriter saved = new StateWriter();
                record = follow(execution, rest -> rest == 2, saved);
                if (record == null) {
                    execution = restored(spec, saved);
                    left++;
                }
            }
            assertThat(left).isGreaterThan(3);
            assertThat(deterministic(record)).isEqualTo(deterministic(whole));
        }
    }

    private final class Told implements RunListener {
        @Override
        public void ended(RunSpec spec, RunRecord record, int done, int total) {
            told.add("ended " + record.training().steps());
        }

        @Override
        public void resumed(RunSpec spec, long step, long end) {
            told.add("resumed at " + step + " of " + end);
        }

        @Override
        public void note(String sentence) {
            told.add(sentence);
        }
    }

    private static RunPolicy policy(@Nullable Duration period, StopSignal stop) {
        return new RunPolicy(Optional.ofNullable(period), List.of(), false, stop);
    }

    private void run(String name, List<RunSpec> specs, RunPolicy policy) throws IOException {
        new Runner(folder.resolve(name), tasks, PlainKernels.INSTANCE, new Told(), policy).run(specs, 2);
    }

    private Map<String, String> records(String name) throws IOException {
        Map<String, String> records = new TreeMap<>();
        Journal.read(folder.resolve(name)).runs().forEach((id, record) -> {
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

    private List<Path> checkpoints(String name) throws IOException {
        Path below = folder.resolve(name).resolve("checkpoints");
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(below)) {
            return files.toList();
        }
    }

    /** Wished by a thread that has seen the run on its way. */
    @Test
    void aStopSavesWhereTheRunsAre() throws IOException {
        List<RunSpec> specs = sweep(LONG).runs();
        new Runner(folder.resolve("whole"), tasks, PlainKernels.INSTANCE, new Told(), policy(null, new StopSignal()))
                .run(specs, 1);
        RunSpec spec = specs.get(1);
        StopSignal stop = new StopSignal();
        Path checkpoint = folder.resolve("left/checkpoints").resolve(spec.id() + ".ckpt");
        Thread watching = new Thread(() -> {
            while (!Files.exists(checkpoint)) {
                LockSupport.parkNanos(1_000_000);
            }
            stop.stop();
        });
        watching.setDaemon(true);
        watching.start();
        run("left", List.of(spec), policy(Duration.ofMillis(5), stop));
        assertThat(told).containsExactly("ended 10", "ended " + STEPS);
        assertThat(records("left")).isEmpty();
        assertThat(checkpoints("left")).containsExactly(checkpoint);
        told.clear();
        run("left", specs, policy(null, new StopSignal()));
        assertThat(told).hasSize(3).contains("ended 10", "ended " + STEPS);
        assertThat(told).anyMatch(line -> line.matches("resumed at [1-9][0-9]* of " + STEPS));
        assertThat(records("left")).isEqualTo(records("whole")).hasSize(2);
        assertThat(checkpoints("left")).isEmpty();
    }

    /** Told by a file that appears while the run goes on, and is gone after it. */
    @Test
    void aLongRunSavesWhereItIsNowAndThen() throws IOException {
        List<RunSpec> specs = sweep(LONG).runs();
        boolean[] seen = {false};
        Runner runner = new Runner(
                folder,
                tasks,
                PlainKernels.INSTANCE,
                (spec, record, done, total) -> {},
                policy(Duration.ofMillis(50), new StopSignal()),
                (results, worker) -> {
                    Path file = results.resolve("journal.jsonl");
                    return new JournalWriter("", new DiskFile(file) {
                        @Override
                        public void write(byte[] bytes) throws IOException {
                            seen[0] |= Files.exists(results.resolve("checkpoints")
                                    .resolve(specs.get(1).id() + ".ckpt"));
                            super.write(bytes);
                        }
                    });
                });
        runner.run(specs.subList(1, 2), 1);
        assertThat(seen[0]).isTrue();
        assertThat(folder.resolve("checkpoints")).isEmptyDirectory();
    }

    private byte[] checkpoint(RunSpec spec, String fingerprint) {
        StateWriter saved = new StateWriter();
        follow(execution(spec), rest -> rest == 5, saved);
        return new Checkpoint(spec.id(), fingerprint, 42, saved.toBytes()).toBytes();
    }

    private void place(RunSpec spec, byte[] bytes) throws IOException {
        Path below = Files.createDirectories(folder.resolve("run/checkpoints"));
        Files.write(below.resolve(spec.id() + ".ckpt"), bytes);
    }

    private void assertIgnored(byte[] bytes, String why) throws IOException {
        RunSpec spec = sweep(STREAM).runs().get(1);
        place(spec, bytes);
        told.clear();
        run("run", List.of(spec), policy(null, new StopSignal()));
        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .startsWith(folder.resolve("run/checkpoints/" + spec.id() + ".ckpt")
                        + " is ignored and the run starts afresh: ")
                .contains(why);
        assertThat(checkpoints("run")).isEmpty();
        assertThat(records("run").get(spec.id())).isEqualTo(records("whole").get(spec.id()));
    }

    @Test
    void aCheckpointThatCannotBeUsedIsSaidAndTheRunStartsAfresh() throws IOException {
        List<RunSpec> specs = sweep(STREAM).runs();
        run("whole", specs, policy(null, new StopSignal()));
        byte[] good = checkpoint(specs.get(1), Fingerprint.current());
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 1;
        assertIgnored(flipped, "it is damaged: its checksum does not match");
        assertIgnored(java.util.Arrays.copyOf(good, good.length - 1), "it is damaged");
        assertIgnored("short".getBytes(StandardCharsets.UTF_8), "it is not a whole checkpoint");
        assertIgnored(new byte[0], "it is not a whole checkpoint");
        assertIgnored(
                checkpoint(specs.get(1), "0123456789abcdef"),
                "it was saved by other code, of fingerprint 0123456789abcdef");
        assertIgnored(
                checkpoint(specs.get(0), Fingerprint.current()),
                "it is that of run " + specs.get(0).id());
        StateWriter foreign = new StateWriter();
        foreign.section("something");
        Checkpoint other = new Checkpoint(specs.get(1).id(), Fingerprint.current(), 1, foreign.toBytes());
        assertIgnored(other.toBytes(), "the state of 'run' is expected where that of 'something' is");
        // And the good one is used.
        place(specs.get(1), good);
        told.clear();
        run("run", specs.subList(1, 2), policy(null, new StopSignal()));
        assertThat(told).containsExactly("resumed at 42 of 300", "ended 300");
        assertThat(records("run"))
                .containsEntry(
                        specs.get(1).id(),
                        records("whole").getOrDefault(specs.get(1).id(), ""));
    }

    @Test
    void freshRunsDoNotGoOn() throws IOException {
        RunSpec spec = sweep(STREAM).runs().get(1);
        place(spec, checkpoint(spec, Fingerprint.current()));
        run("run", List.of(spec), new RunPolicy(Optional.empty(), List.of(), true, new StopSignal()));
        assertThat(told).containsExactly("ended 300");
        assertThat(checkpoints("run")).isEmpty();
    }

    @Test
    void tidyingKeepsWhatIsNeeded() throws IOException {
        RunSpec spec = sweep(STREAM).runs().get(1);
        place(spec, new byte[3]);
        Path below = folder.resolve("run/checkpoints");
        Files.write(below.resolve("ffff.ckpt"), new byte[3]);
        Files.write(below.resolve("ffff.ckpt.new"), new byte[3]);
        Files.write(below.resolve("notes.txt"), new byte[3]);
        new CheckpointFolder(folder.resolve("run")).tidy(run -> true, run -> run.equals(spec.id()));
        assertThat(checkpoints("run"))
                .containsExactlyInAnyOrder(below.resolve("ffff.ckpt"), below.resolve("notes.txt"));
        new CheckpointFolder(folder.resolve("nowhere")).tidy(run -> true, run -> true);
    }

    /** A disk that is full in the midst of a line, from the given write on. */
    private static final class Filling extends DiskFile {
        private int writes;

        Filling(Path path, int writes) throws IOException {
            super(path);
            this.writes = writes;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (writes-- > 0) {
                super.write(bytes);
            } else {
                super.write(java.util.Arrays.copyOf(bytes, bytes.length / 2));
                throw new IOException("No space left on device");
            }
        }
    }

    @Test
    void aFullDiskStopsTheSweepAndLosesNothingRecorded() throws IOException {
        List<RunSpec> specs =
                sweep(STREAM.replace("seed: 1", "seed: 1\nreplicates: 3")).runs();
        run("whole", specs, policy(null, new StopSignal()));
        Runner filling = new Runner(
                folder.resolve("full"),
                tasks,
                PlainKernels.INSTANCE,
                new Told(),
                policy(null, new StopSignal()),
                (results, worker) -> {
                    Path file = OwnFiles.below(results, "journal").resolve(worker + ".jsonl");
                    return new JournalWriter(file.toString(), new Filling(file, 3));
                });
        told.clear();
        assertThatThrownBy(() -> filling.run(specs, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "worker-0.jsonl cannot be written: No space left on device. Every run recorded before");
        assertThat(told).hasSize(2);
        assertThat(records("full")).hasSize(2);
        assertThat(Journal.read(folder.resolve("full")).torn()).isEmpty();
        List<RunSpec> missing = new ArrayList<>(specs);
        Map<String, String> kept = records("full");
        missing.removeIf(spec -> kept.containsKey(spec.id()));
        run("full", missing, policy(null, new StopSignal()));
        assertThat(records("full")).isEqualTo(records("whole"));
        assertThat(told).hasSize(9);
    }

    @Test
    void aCheckpointThatCannotBeWrittenStopsTheSweep() throws IOException {
        List<RunSpec> specs = sweep(LONG).runs();
        Files.createDirectories(folder.resolve("run"));
        Files.createFile(folder.resolve("run/checkpoints"));
        assertThatThrownBy(() -> run("run", specs, policy(Duration.ofMillis(1), new StopSignal())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checkpoints cannot be made: a file has that name");
        Files.delete(folder.resolve("run/checkpoints"));
        List<RunSpec> missing = new ArrayList<>(specs);
        Map<String, String> kept = records("run");
        missing.removeIf(spec -> kept.containsKey(spec.id()));
        run("run", missing, policy(Duration.ofMillis(50), new StopSignal()));
        run("whole", specs, policy(null, new StopSignal()));
        assertThat(records("run")).isEqualTo(records("whole"));
    }
}
