package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be known of runs on their way, by their listener and from outside. */
class RunPositionTest {
    private static final long STEPS = 3_000_000;
    private static final String SWEEP = """
            name: long
            seed: 1
            task: {type: linear-drive, a: 0.5}
            init: {type: constant, value: 0.5}
            train: {steps: %d, optimizer: {type: sgd, rate: 1.0e-6}}
            measure: {accuracy: {every: 1000000}}
            estimator: {type: tbptt, length: 2}
            """.formatted(STEPS);

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();
    private final Sweep sweep = new SweepReader(Bundled.catalogs(tasks)).read("x.yaml", SWEEP);
    private final RunSpec spec = sweep.runs().get(0);

    /** Training and its evaluations are 8 parts of 10, each of two measurements is 1. */
    @Test
    void aShareIsWeightedByWhatThereIsToCompute() {
        RunPosition position = new RunPosition(spec, new RunWork(6e6, 2e6, 2e6), 1000, 2, 0, 0);
        assertThat(position.share()).isZero();
        position.at(0, 1);
        assertThat(position.share()).isEqualTo(0.1, within(1e-15));
        position.at(500, 1);
        assertThat(position.share()).isEqualTo(0.5, within(1e-15));
        assertThat(position.step()).isEqualTo(500);
        position.at(1000, 2);
        assertThat(position.share()).isEqualTo(1.0, within(1e-15));
        assertThat(position.startShare()).isZero();
        assertThat(new RunPosition(spec, new RunWork(6e6, 2e6, 2e6), 1000, 2, 250, 1).startShare())
                .isEqualTo(0.3, within(1e-15));
        assertThat(new RunPosition(spec, new RunWork(0, 0, 4e6), 0, 4, 0, 1).share())
                .isEqualTo(0.25, within(1e-15));
        assertThat(new RunPosition(spec, new RunWork(0, 0, 0), 0, 0, 0, 0).share())
                .isZero();
    }

    private static final class Told implements RunListener {
        private final List<String> order = new ArrayList<>();
        private volatile @Nullable RunInFlight run;
        private @Nullable Throwable broken;

        @Override
        public void began(RunInFlight began) {
            order.add("began");
            run = began;
        }

        @Override
        public void resumed(RunSpec resumed, long step, long end) {
            order.add("resumed");
        }

        @Override
        public void failed(RunSpec failed, Throwable why) {
            order.add("failed");
            broken = why;
        }

        @Override
        public void ended(RunSpec ended, RunRecord record, int done, int total) {
            order.add("ended");
        }
    }

    /** A thread that sees the run pass its third asks it to stop; the next process begins where it was. */
    @Test
    void aListenerSeesTheRunMoveAndWhereItGoesOn() throws IOException {
        Told told = new Told();
        StopSignal stop = new StopSignal();
        List<Double> seen = new ArrayList<>();
        Thread watching = new Thread(() -> {
            RunInFlight run = null;
            while (run == null || run.share() < 0.3) {
                LockSupport.parkNanos(100_000);
                run = told.run;
            }
            seen.add(run.share());
            stop.stop();
        });
        watching.setDaemon(true);
        watching.start();
        RunPolicy policy = new RunPolicy(Optional.of(Duration.ofHours(1)), List.of(), false, stop);
        new Runner(folder, tasks, PlainKernels.INSTANCE, told, policy).run(List.of(spec), 1);
        assertThat(told.order).containsExactly("began");
        assertThat(seen).singleElement().satisfies(share -> assertThat(share).isBetween(0.3, 1.0));
        long saved = Objects.requireNonNull(new CheckpointFolder(folder).steps().get(spec.id()));
        assertThat(saved).isBetween(STEPS * 3 / 10, STEPS);

        new Runner(folder, tasks, PlainKernels.INSTANCE, told, RunPolicy.usual()).run(List.of(spec), 1);
        assertThat(told.order).containsExactly("began", "resumed", "began", "ended");
        RunInFlight run = told.run;
        assertThat(run).isNotNull();
        assertThat(run.startShare()).isEqualTo((double) saved / STEPS, within(1e-12));
        assertThat(run.end()).isEqualTo(STEPS);
        assertThat(run.step()).isEqualTo(STEPS);
        assertThat(run.share()).isEqualTo(1.0, within(1e-12));
        assertThat(new CheckpointFolder(folder).steps()).isEmpty();
    }

    @Test
    void whyARunBrokeIsToldBeforeItsRecord() throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>(spec.setting().tree());
        tree.put("estimator", new Arguments(Map.of("type", "nobody")).values());
        Told told = new Told();
        new Runner(folder, tasks, PlainKernels.INSTANCE, told, RunPolicy.usual())
                .run(List.of(new RunSpec(new Setting(tree, tree), 0)), 1);
        assertThat(told.order).containsExactly("failed", "ended");
        Throwable broken = Objects.requireNonNull(told.broken);
        assertThat(broken).hasMessageContaining("nobody");
        assertThat(broken.getStackTrace()).isNotEmpty();
    }

    @Test
    void aFileThatIsNoCheckpointTellsNoStep() throws IOException {
        Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        Files.writeString(checkpoints.resolve("0123456789abcdef.ckpt"), "no such thing");
        Files.writeString(checkpoints.resolve("0123456789abcde0.ckpt"), "{\"run\":\"0123456789abcde0\"}\n");
        Files.write(
                checkpoints.resolve("0123456789abcde1.ckpt"),
                new Checkpoint("0123456789abcde1", "f", 77, new byte[5]).toBytes());
        assertThat(new CheckpointFolder(folder).steps()).containsExactly(Map.entry("0123456789abcde1", 77L));
    }

    @Test
    void aHolderIsKnownFromItsFile() throws IOException {
        assertThat(FolderLock.holders(folder)).isEmpty();
        FolderLock lock = FolderLock.take(folder);
        assertThat(FolderLock.holders(folder)).hasSize(1);
        Holder holder = FolderLock.holders(folder).get(0);
        assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(holder.life()).isEqualTo(Holder.Life.GOES_ON);
        lock.close();
        assertThat(FolderLock.holders(folder)).isEmpty();
    }

    @Test
    void aHolderThatIsGoneIsToldFromOneThatGoesOn() throws IOException {
        long own = ProcessHandle.current().pid();
        String host = Holder.thisHost();
        Instant start = ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
        assertThat(new Holder(own, host, start.plusSeconds(5), Optional.empty()).life())
                .isEqualTo(Holder.Life.GOES_ON);
        // The number was given to this process after the other had gone.
        assertThat(new Holder(own, host, start.minusSeconds(5), Optional.empty()).life())
                .isEqualTo(Holder.Life.GONE);
        assertThat(new Holder(999_999_999L, host, Instant.now(), Optional.empty()).life())
                .isEqualTo(Holder.Life.GONE);
        assertThat(new Holder(own, host + "-other", Instant.now(), Optional.empty()).life())
                .isEqualTo(Holder.Life.ELSEWHERE);
        for (String text : List.of("", "process x on y since z", "process 7 on y since noon")) {
            Files.writeString(folder.resolve(".lock"), text);
            assertThat(FolderLock.holders(folder)).as(text).isEmpty();
        }
    }
}
