package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.spec.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, killed without warning at random moments and started again, with another number of workers each time: what
 * they leave must be what one that was left alone leaves, byte for byte.
 */
@Tag("long")
class KillTest {
    private static final int KILLS = 24;
    private static final int MOST_STARTS = 120;

    private static final List<String> DETERMINISTIC = List.of(
            "bias.csv",
            "bias_blocks.csv",
            "bias_other.csv",
            "bias_pairs.csv",
            "accuracy.csv",
            "curves.csv",
            "runs.csv");

    /** Runs of some seconds each, so that most kills meet one on its way. */
    private static final String SWEEP = """
            name: killed
            seed: 1
            replicates: 2
            task: {type: char-lm, text: commons-math3, characters: 4000}
            model: {cell: gru, units: 16}
            train: {steps: 24000, lanes: 3, sequence: 50, optimizer: {type: adam, rate: 1.0e-3}, clip: {norm: 1.0}}
            measure:
              bias: {at: [0, 7001, end], length: 60, sequences: 2, draws: 200}
              accuracy: {every: 6000}
            grid:
              estimator:
                - {type: full, memory: sqrt}
                - {type: tbptt, length: 7, lookback: 5}
                - {type: artbp, mean: 6, cuts: independent, flush: 9}
            """;

    private static final String DRIVEN = """
            name: driven
            seed: 3
            replicates: 3
            task: {type: influence-balancing, units: 11, positive: 4}
            init: {type: constant, value: 0.5}
            train: {steps: 500000, sequence: 1000, optimizer: {type: sgd, rate: 1.0e-4, decay: inverse-sqrt}}
            measure:
              bias: {at: [0, 1000, 250001, end], length: 100, sequences: 1, draws: 500, along: {type: tbptt, length: 33}}
              accuracy: {every: 200000}
            grid:
              estimator: [full, {type: artbp, mean: 8, cuts: shared}]
            """;

    private final UniformRandomProvider random =
            Seeds.of(20_261_123).at("kills").generator();
    private final List<Process> started = new ArrayList<>();
    private int log;
    private int kills;
    private int resumed;
    private int starts;

    @TempDir
    Path folder;

    @AfterEach
    void endWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(Path sweep, Path results, int jobs) throws IOException {
        Path said = folder.resolve("said-" + log++ + ".txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Bptt.class.getName(),
                "run",
                sweep.toString(),
                "--backend",
                "plain",
                "--checkpoint",
                "100ms",
                "--jobs",
                Integer.toString(jobs),
                "--out",
                results.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        started.add(process);
        return process;
    }

    /** What the process that was started last has said. */
    private String said() throws IOException {
        return Files.readString(folder.resolve("said-" + (log - 1) + ".txt"));
    }

    private void finish(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said()).isZero();
    }

    /** Kills and starts until the sweep is done. */
    private void survive(Path sweep, Path results, int mostKills) throws IOException, InterruptedException {
        while (true) {
            Process process = start(sweep, results, 1 + random.nextInt(3));
            starts++;
            int patience = 200 + random.nextInt(2800);
            boolean spare = kills >= mostKills;
            boolean ended = process.waitFor(spare ? 300_000 : patience, TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
                assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
                kills++;
            }
            resumed += said().contains(" goes on at step ") ? 1 : 0;
            if (ended) {
                assertThat(process.exitValue()).as(said()).isZero();
                return;
            }
            assertThat(starts).isLessThan(MOST_STARTS);
        }
    }

    private static void assertSame(Path one, Path other) throws IOException {
        for (String name : DETERMINISTIC) {
            assertThat(Files.readString(one.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readString(other.resolve(name)))
                    .contains("\n");
        }
    }

    /** Every run has its result once, in whichever worker's file. */
    private static void assertNoneTwice(Path results, int runs) throws IOException {
        Set<String> seen = new HashSet<>();
        try (Stream<Path> files = Files.list(results.resolve("journal"))) {
            for (Path file : files.toList()) {
                for (String line :
                        Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
                    // A torn line is the last of its file, and whoever opens the file takes it away.
                    if (!line.endsWith("\"}")) {
                        continue;
                    }
                    @SuppressWarnings("unchecked")
                    Map<String, Object> tree = (Map<String, Object>) Json.read(line);
                    if ("run".equals(tree.get("type"))) {
                        assertThat(tree.get("outcome")).isEqualTo("done");
                        assertThat(seen.add(String.valueOf(tree.get("run")))).isTrue();
                    }
                }
            }
        }
        assertThat(seen).hasSize(runs);
        try (Stream<Path> left = Files.list(results.resolve("checkpoints"))) {
            assertThat(left).isEmpty();
        }
    }

    private void holdsOut(String text, int runs, int mostKills) throws IOException, InterruptedException {
        Path sweep = folder.resolve("sweep-" + log + ".yaml");
        Files.writeString(sweep, text);
        Path whole = folder.resolve("whole-" + log);
        finish(start(sweep, whole, 2));
        Path killed = folder.resolve("killed-" + log);
        survive(sweep, killed, mostKills);
        assertSame(killed, whole);
        assertNoneTwice(killed, runs);
        assertThat(Journal.read(killed).requests())
                .hasSize(1)
                .isEqualTo(Journal.read(whole).requests());
    }

    @Test
    void whatIsKilledAndStartedAgainLeavesTheSameFiles() throws IOException, InterruptedException {
        holdsOut(SWEEP, 6, KILLS / 2);
        for (int round = 0; kills < KILLS; round++) {
            holdsOut(DRIVEN.replace("seed: 3", "seed: " + (3 + round)), 6, KILLS);
        }
        assertThat(kills).isGreaterThanOrEqualTo(KILLS);
        assertThat(resumed).as("of %d starts", starts).isGreaterThanOrEqualTo(5);
    }

    /** The polite way: the process says so, ends with 130, and the next goes on. */
    @Test
    void anInterruptSavesAndEndsWith130() throws IOException, InterruptedException {
        Path sweep = folder.resolve("sweep.yaml");
        Files.writeString(sweep, DRIVEN);
        Path results = folder.resolve("interrupted");
        Process process = start(sweep, results, 2);
        while (!Files.isDirectory(results.resolve("checkpoints"))) {
            assertThat(process.isAlive()).as(said()).isTrue();
            Thread.sleep(20);
        }
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(said())
                .contains("interrupted: saving where the runs are; once more to end at once")
                .containsPattern("interrupted: [0-5] of 6 runs are done; the same command goes on\n");
        Process next = start(sweep, results, 2);
        finish(next);
        assertThat(said()).contains(" goes on at step ");
        Path whole = folder.resolve("whole");
        finish(start(sweep, whole, 2));
        assertSame(results, whole);
        assertNoneTwice(results, 6);
    }
}
