package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Holder;
import org.bpttbench.experiments.run.JournalWriter;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code bptt status} in all situations of a folder: real runs, real processes. */
class StatusCommandTest {
    private static final String SWEEP = """
            name: tiny
            seed: 1
            replicates: 2
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 100, sequence: 50, optimizer: {type: sgd, rate: 1.0e-3}}
            measure: {accuracy: {every: 50}}
            grid: {estimator: [full, {type: tbptt, length: 3}]}
            """;

    /** For an hour, if it is left. */
    private static final String LONG = """
            name: long
            seed: 1
            replicates: 2
            task: {type: linear-drive, a: 0.5}
            init: {type: constant, value: 0.5}
            train: {steps: 100000000000, sequence: 50, optimizer: {type: sgd, rate: 1.0e-9}}
            measure: {accuracy: {every: 50000000000}}
            grid: {estimator: [full, {type: tbptt, length: 3}]}
            """;

    /** A tenth of a second and a look each. */
    private static final int MOST_LOOKS = 600;

    @TempDir
    Path folder;

    private Path all = Path.of("");
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        all = folder.resolve("results");
        Files.writeString(folder.resolve("tiny.yaml"), SWEEP);
        Files.writeString(folder.resolve("long.yaml"), LONG);
    }

    @AfterEach
    void endWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
    }

    private int execute(CommandLine line, String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int status(String... arguments) {
        CommandLine line = new CommandLine(new StatusCommand(all))
                .setExecutionExceptionHandler((thrown, command, parsed) -> Bptt.report(thrown, command));
        return execute(line, arguments);
    }

    private Path run(String name, String... more) {
        Path results = all.resolve(name);
        String[] usual = {"run", folder.resolve("tiny.yaml").toString(), "--out", results.toString()};
        int code = execute(
                Bptt.commandLine(),
                Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return results;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> json(String folder) {
        assertThat(status(folder, "--json")).as(err.toString()).isZero();
        assertThat(out.toString()).hasLineCount(1);
        return (Map<String, Object>) Json.read(out.toString().strip());
    }

    @Test
    void aFinishedFolder() throws IOException {
        Path results = run("tiny");
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString())
                .startsWith("tiny in " + results
                        + ": finished\n  4 runs: 4 done, 0 diverged, 0 failed, 0 timed out, 0 left\n")
                .endsWith("Next: bptt report " + results + " makes the report anew\n");
        assertThat(json(results.toString()))
                .containsEntry("state", "finished")
                .containsEntry("sweep", "tiny")
                .containsEntry("runs", 4L)
                .containsEntry("done", 4L)
                .containsEntry("timed_out", 0L)
                .containsEntry("left", 0L)
                .containsEntry("failures", List.of())
                .containsEntry("processes", List.of());
        assertThat(err.toString()).isEmpty();
    }

    /** The sweep as last given: with a replicate more and an axis less. */
    @Test
    void aFolderWithRunsMissing() throws IOException {
        Path results = run("tiny");
        String wider = SWEEP.replace("replicates: 2", "replicates: 3");
        Files.writeString(results.resolve("sweep.yaml"), wider);
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString())
                .contains("tiny in " + results + ": nobody is at work\n")
                .contains("  6 runs: 4 done, 0 diverged, 0 failed, 0 timed out, 2 left\n")
                .endsWith("Next: bptt run " + results + " makes what is missing\n");
        assertThat(json(results.toString())).containsEntry("state", "stopped").containsEntry("left", 2L);
    }

    /** Records as the runner writes them, with other ends. */
    private static void rewrite(Path results, int record, String outcome, String message) throws IOException {
        Path journal = results.resolve("journal/worker-0.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.delete(journal);
        int seen = 0;
        try (JournalWriter writer = new JournalWriter(journal)) {
            for (String line : lines) {
                @SuppressWarnings("unchecked")
                Map<String, Object> tree = (Map<String, Object>) Json.read(line);
                tree.remove("sum");
                if ("run".equals(tree.get("type")) && seen++ == record) {
                    tree.put("outcome", outcome);
                    tree.put("message", message);
                }
                writer.append(tree);
            }
        }
    }

    @Test
    void failuresAreToldWithTheirMessage() throws IOException {
        Path results = run("tiny", "--jobs", "1");
        rewrite(results, 0, "failed", "java.lang.IllegalStateException: broke\nbadly");
        rewrite(results, 1, "timed-out", "took longer than its limit");
        rewrite(results, 2, "diverged", "the loss is not finite");
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString())
                .contains("  4 runs: 1 done, 1 diverged, 1 failed, 1 timed out, 0 left\n")
                .containsPattern(
                        "run [0-9a-f]{16} \\(full, replicate 0\\) failed: java.lang.IllegalStateException: broke"
                                + " badly\n")
                .containsPattern("run [0-9a-f]{16} \\(.*, replicate 0\\) timed out: took longer than its limit\n")
                .doesNotContain("not finite")
                .contains(results.resolve("bptt.log") + " has the stack traces\n")
                .endsWith("Next: bptt run " + results + " makes what is missing\n");
        assertThat(String.valueOf(json(results.toString()).get("failures")))
                .contains("outcome=failed, message=java.lang.IllegalStateException: broke\nbadly")
                .contains("outcome=timed-out");
    }

    @Test
    void runsOfOtherCodeAreSaid() throws IOException {
        Path results = run("tiny", "--jobs", "1");
        Path journal = results.resolve("journal/worker-0.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.delete(journal);
        try (JournalWriter writer = new JournalWriter(journal)) {
            for (String line : lines) {
                @SuppressWarnings("unchecked")
                Map<String, Object> tree = (Map<String, Object>) Json.read(line);
                tree.remove("sum");
                tree.computeIfPresent("fingerprint", (key, before) -> "0123456789abcdef");
                writer.append(tree);
            }
        }
        Files.writeString(results.resolve("sweep.yaml"), SWEEP.replace("replicates: 2", "replicates: 3"));
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString())
                .contains("  4 runs made by other code\n")
                .contains("Next: bptt run " + results + " --accept-code uses what other code has made, --fresh");
    }

    @Test
    void withoutANameTheOnlyFolderOrALineForEach() throws IOException {
        assertThat(status()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there are no results in " + all).contains("'bptt run SWEEP' makes some");
        run("first");
        Files.createDirectory(all.resolve("no-results"));
        assertThat(status()).isZero();
        assertThat(out.toString()).startsWith("tiny in " + all.resolve("first") + ": finished\n");
        run("second", "replicates=1");
        Files.writeString(all.resolve("second/sweep.yaml"), SWEEP);
        assertThat(status()).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "folder state runs failed left time left",
                        all.resolve("first") + " finished 4/4 0 0 -",
                        all.resolve("second") + " stopped 2/4 0 2 -",
                        "Next: bptt status FOLDER");
        assertThat(status("--json")).isZero();
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> Json.read(line) instanceof Map);
        // One that cannot be read does not hide the others.
        Files.writeString(all.resolve("first/sweep.yaml"), "name: [");
        assertThat(status()).isZero();
        assertThat(err.toString()).contains(all.resolve("first") + " cannot be read: ");
        assertThat(out.toString()).contains("second").doesNotContain("first");
        // A name in ./results is a name.
        assertThat(status("second")).isZero();
        assertThat(out.toString()).startsWith("tiny in " + all.resolve("second"));
    }

    @Test
    void whatIsNoResultsFolderIsAMessage() throws IOException {
        run("tiny");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertMessage(empty.toString(), empty + " holds no sweep.yaml: it is not a results folder");
        assertMessage("/no/such", "there is no '/no/such'");
        assertMessage("tinny", "there is no 'tinny', nor one in " + all + "; did you mean 'tiny'?");
        assertMessage("x", "there is no 'x', nor one in " + all + "; there are tiny");
        assertMessage(
                "quickstart",
                "quickstart has no results in " + all.resolve("quickstart") + " yet: 'bptt run quickstart' makes them");
        String file = folder.resolve("long.yaml").toString();
        assertMessage(file, file + " has no results in " + all.resolve("long") + " yet");
        // A sweep file stands for the folder of its name.
        assertThat(status(folder.resolve("tiny.yaml").toString())).isZero();
        assertThat(out.toString()).startsWith("tiny in " + all.resolve("tiny"));
    }

    private void assertMessage(String argument, String message) {
        assertThat(status(argument)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }

    /** Where the lock names a process of another host, what that process said last is all there is. */
    @Test
    void anotherHostIsNotBelievedBlindly() throws IOException {
        Path results = run("tiny");
        Files.writeString(results.resolve("sweep.yaml"), SWEEP.replace("replicates: 2", "replicates: 3"));
        Files.writeString(results.resolve(".lock"), "process 7 on elsewhere.test since 2026-01-02T03:04:05Z");
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString())
                .startsWith("tiny in " + results + ": at work on another host, if it still is")
                .contains("  process 7 on elsewhere.test since 2026-01-02T03:04:05Z, ");
    }

    /** A number that is in use again, and a file of the process that had it: neither is at work. */
    @Test
    void whatAKilledProcessLeftIsNotBelieved() throws IOException {
        Path results = run("tiny");
        Files.writeString(results.resolve("sweep.yaml"), SWEEP.replace("replicates: 2", "replicates: 3"));
        RunSpec run = new SweepReader(Bundled.catalogs(new TaskShelf()))
                .read("x", SWEEP)
                .runs()
                .get(0);
        SweepProgress.State state = new SweepProgress.State(
                6, Map.of(), 0.5, 10, OptionalDouble.empty(), List.of(new SweepProgress.Running(run, 1, 2, 0.5, 1)));
        long pid = ProcessHandle.current().pid();
        new ProgressFile(results, "", "bptt run x", 1).write(state, Instant.parse("2020-01-01T00:00:05Z"));
        Files.writeString(
                results.resolve(".lock"),
                "process " + pid + " on " + Holder.thisHost() + " since 2020-01-01T00:00:00Z");
        assertThat(json(results.toString())).containsEntry("state", "killed");
        assertThat(process().get("life")).isEqualTo("killed");
        assertThat(process()).doesNotContainKey("running");
        // Of a process at work, what one before it with the same number said is not its own.
        Files.writeString(
                results.resolve(".lock"), "process " + pid + " on " + Holder.thisHost() + " since " + Instant.now());
        assertThat(json(results.toString())).containsEntry("state", "running");
        assertThat(process()).doesNotContainKey("running");
    }

    /** Each of several that share a folder tells of its own runs. */
    @Test
    void severalProcessesAreToldOneByOne() throws IOException {
        Path results = run("tiny");
        Files.writeString(results.resolve("sweep.yaml"), SWEEP.replace("replicates: 2", "replicates: 3"));
        long pid = ProcessHandle.current().pid();
        String holder = "process %d on " + Holder.thisHost() + " since " + Instant.now();
        Files.writeString(results.resolve(".lock-shard-1-of-2"), holder.formatted(pid));
        Files.writeString(results.resolve(".lock-shard-2-of-2"), holder.formatted(999_999_999L));
        SweepProgress.State state = new SweepProgress.State(3, Map.of(), 0.5, 10, OptionalDouble.of(77), List.of());
        new ProgressFile(results, "shard-1-of-2", "bptt run x", 1)
                .write(state, Instant.now().plusSeconds(1));
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .startsWith("tiny in " + results + ": at work 6 runs: 4 done, ")
                .containsPattern(" shard 1/2: process " + pid
                        + " on .*: 1 run at a time, 50 % of the work is done after 10s, about 1m"
                        + " 17s left .*shard 2/2: process 999999999 on .* ago, killed ");
        assertThat(json(results.toString())).containsEntry("state", "running").containsEntry("left_seconds", 77.0);
        assertThat(status()).isZero();
        assertThat(out.toString()).contains("about 1m 17s left");
    }

    /** The first of those that were told last. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> process() {
        Map<String, Object> tree =
                (Map<String, Object>) Json.read(out.toString().strip());
        return ((List<Map<String, Object>>) Objects.requireNonNull(tree.get("processes"))).get(0);
    }

    /** On a terminal of 80 columns, as the launcher would say. */
    private Process start(Path results, Path said, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Bptt.class.getName(),
                "run",
                folder.resolve("long.yaml").toString(),
                "--backend",
                "plain",
                "--checkpoint",
                "100ms",
                "--jobs",
                "2",
                "--out",
                results.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(Map.of("BPTT_ERR_COLUMNS", "80", "TERM", "xterm"));
        builder.environment().remove("NO_COLOR");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> awaitRunning(Process process, Path results, Path said)
            throws IOException, InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
            Thread.sleep(100);
            if (FolderStatus.is(results)) {
                Map<String, Object> now = json(results.toString());
                boolean held = !List.of().equals(now.get("processes"));
                List<Map<String, Object>> running =
                        held ? (List<Map<String, Object>>) process().getOrDefault("running", List.of()) : List.of();
                boolean moving = running.size() == 2
                        && running.stream().allMatch(run -> (Long) Objects.requireNonNull(run.get("step")) > 0);
                if (moving && saved(results) == 2) {
                    return now;
                }
            }
        }
        throw new AssertionError("both runs do not get on: " + Files.readString(said));
    }

    private static long saved(Path results) throws IOException {
        Path checkpoints = results.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> file.toString().endsWith(".ckpt")).count();
        }
    }

    /** A shell without job control starts what it puts into the background so, and no Java can take that back. */
    private static void assumeThatInterruptsArrive() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            long ignored = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElse(0);
            assumeThat(ignored & 2).as("SIGINT is ignored").isZero();
        }
    }

    @Test
    void aFolderAtWorkInterruptedAndKilled() throws IOException, InterruptedException {
        assumeThatInterruptsArrive();
        Path results = all.resolve("long");
        Path said = folder.resolve("said");
        Process process = start(results, said);
        Map<String, Object> now = awaitRunning(process, results, said);
        assertThat(now)
                .containsEntry("state", "running")
                .containsEntry("runs", 4L)
                .containsEntry("done", 0L)
                .containsEntry("left", 4L);
        assertThat(process())
                .containsEntry("pid", process.pid())
                .containsEntry("life", "goes-on")
                .containsEntry("jobs", 2L)
                .containsKeys("share", "elapsed_seconds", "age_seconds");
        assertThat(String.valueOf(process().get("command")))
                .startsWith("bptt run ")
                .endsWith(" --out " + results);
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString())
                .startsWith("long in " + results + ": at work\n")
                .contains("\n  process " + process.pid() + " on ")
                .containsPattern("\non its way +share +step +for +what\n")
                .containsPattern("\n[0-9a-f]{16} +[0-9]+ % +[0-9]+/100000000000 +\\S+.* full, replicate 0\n")
                .contains("Next: bptt status " + results);
        assertThat(err.toString()).isEmpty();

        // The first Ctrl-C: the bar goes, the message has a line of its own.
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
        String text = Files.readString(said);
        assertThat(text)
                .contains("\r\033[?7l  0% [>         ] 0/4 runs | ")
                .contains("\033[K\033[?7h\r\033[Kinterrupted: saving where the runs are; once more to end at once\n")
                .endsWith("interrupted: 0 of 4 runs are done; the same command goes on\n");
        assertThat(text.substring(text.indexOf("interrupted: saving"))).doesNotContain("\033");
        assertThat(results.resolve("progress.json")).doesNotExist();
        assertThat(Files.readString(results.resolve("bptt.log")))
                .containsPattern("Z start     bptt run .* --out .*\n    4 of 4 runs to make, 2 at a time; code ")
                .containsPattern("Z end       interrupted: 0/4 runs in ");
        Map<String, Object> stopped = json(results.toString());
        assertThat(stopped).containsEntry("state", "stopped").containsEntry("processes", List.of());
        assertThat((List<?>) Objects.requireNonNull(stopped.get("saved"))).hasSize(2);

        // Killed, after it has gone on.
        Process next = start(results, said);
        awaitRunning(next, results, said);
        next.destroyForcibly();
        assertThat(next.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(said)).contains(" goes on at step ");
        assertThat(results.resolve("progress.json")).exists();
        assertThat(json(results.toString())).containsEntry("state", "killed");
        assertThat(process()).doesNotContainKey("running");
        assertThat(status(results.toString())).isZero();
        assertThat(out.toString())
                .startsWith("long in " + results + ": killed, it ended without a word\n")
                .contains("\n  process " + next.pid() + " on ")
                .containsPattern("\nsaved +step +what\n[0-9a-f]{16}  [0-9]+ +full, replicate 0\n")
                .endsWith("Next: bptt run " + results + " goes on where it was\n");
    }

    @Test
    void aQuietRunDrawsNothingAndIsInterruptedAlike() throws IOException, InterruptedException {
        assumeThatInterruptsArrive();
        Path results = all.resolve("long");
        Path said = folder.resolve("said");
        Process process = start(results, said, "--quiet");
        awaitRunning(process, results, said);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(Files.readString(said))
                .startsWith("interrupted: saving where the runs are; once more to end at once\n")
                .doesNotContain("\033");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunSaysHowItEndedUnlessQuiet(boolean quiet) throws IOException {
        Path results = run("tiny", quiet ? "--quiet" : "--jobs=1");
        if (quiet) {
            assertThat(err.toString()).isEmpty();
        } else {
            assertThat(err.toString()).matches("4/4 runs in \\S+\n");
        }
        assertThat(out.toString()).contains("Report: ");
        String log = Files.readString(results.resolve("bptt.log"));
        assertThat(log.lines().filter(line -> line.contains("Z done      run ")))
                .hasSize(4);
        assertThat(log).containsPattern("Z end       nothing is left to make: 4/4 runs in ");
        // What finds nothing to do says nothing.
        run("tiny");
        assertThat(Files.readString(results.resolve("bptt.log"))).isEqualTo(log);
    }
}
