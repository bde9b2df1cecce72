package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Fingerprint;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.JournalWriter;
import org.bpttbench.experiments.spec.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user sees of a results folder that is in use, damaged, full, or made by other code. */
class ResumeCommandTest {
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

    @TempDir
    Path folder;

    private Path results = Path.of("");
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        results = folder.resolve("results");
        Files.writeString(folder.resolve("tiny.yaml"), SWEEP);
    }

    private int bptt(String... arguments) {
        CommandLine line = Bptt.commandLine();
        out = new StringWriter();
        err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int run(String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of("run", file(), "--jobs", "1", "--out", results.toString()), Stream.of(more))
                .toList();
        return bptt(arguments.toArray(String[]::new));
    }

    private String file() {
        return folder.resolve("tiny.yaml").toString();
    }

    private Path journal() {
        return results.resolve("journal/worker-0.jsonl");
    }

    private Map<String, String> csv() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (String name : List.of("accuracy.csv", "curves.csv", "runs.csv", "bias.csv")) {
            texts.put(name, Files.readString(results.resolve(name)));
        }
        return texts;
    }

    /** Rewrites the journal as code of another fingerprint, or of none, would have written it. */
    private void madeBy(String fingerprint) throws IOException {
        List<String> lines = Files.readAllLines(journal());
        Files.delete(journal());
        Map<String, String> renamed = new HashMap<>();
        try (JournalWriter writer = new JournalWriter(journal())) {
            for (String line : lines) {
                @SuppressWarnings("unchecked")
                Map<String, Object> tree = (Map<String, Object>) Json.read(line);
                tree.remove("sum");
                if (tree.containsKey("fingerprint")) {
                    tree.put("fingerprint", fingerprint);
                    renamed.put(String.valueOf(tree.get("id")), "a-session");
                    tree.put("id", "a-session");
                } else {
                    tree.computeIfPresent("provenance", (key, id) -> renamed.getOrDefault(String.valueOf(id), ""));
                }
                writer.append(tree);
            }
        }
    }

    /** As versions before checksums and fingerprints wrote it, with a record of a shape that is no more. */
    private void madeLongAgo() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(journal())) {
            @SuppressWarnings("unchecked")
            Map<String, Object> tree = (Map<String, Object>) Json.read(line);
            List.of("sum", "fingerprint", "schema", "training").forEach(tree::remove);
            if (!"request".equals(tree.get("type"))) {
                text.append(Json.write(tree)).append('\n');
            }
        }
        Files.writeString(journal(), text);
    }

    @Test
    void runsOfOtherCodeAreNotUsedUnasked() throws IOException {
        assertThat(run()).as(err.toString()).isZero();
        Map<String, String> csv = csv();
        madeBy("0123456789abcdef");
        byte[] before = Files.readAllBytes(journal());
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains(results + ": 4 of the sweep's 4 runs were made by other code than this:\n")
                .contains("  session a-session of 20")
                .contains("4 of 4 runs\n")
                .contains("    fingerprint  0123456789abcdef there, " + Fingerprint.current() + " here\n")
                .contains("    schema       1 (the same here)\n")
                .contains("    java         ")
                .contains("    backend      ")
                .containsPattern("    runs         [0-9a-f]{16}, [0-9a-f]{16}, [0-9a-f]{16}, [0-9a-f]{16}\n")
                .contains("Nothing was run. Give --accept-code to use them as they are, or --fresh");
        assertThat(journal()).hasBinaryContent(before);
        assertThat(csv()).isEqualTo(csv);
        // A plan says it and does not fail.
        assertThat(bptt("plan", results.toString())).isZero();
        assertThat(err.toString()).contains("4 runs were made by other code").contains("session a-session");
        assertThat(out.toString()).contains("4 runs, 4 done");
        // Both answers at once are none.
        assertThat(run("--fresh", "--accept-code")).isEqualTo(ExitCode.USAGE);
        assertThat(journal()).hasBinaryContent(before);
    }

    @Test
    void acceptedRunsAreUsedAndThatGoesOnRecord() throws IOException {
        assertThat(run()).isZero();
        Map<String, String> csv = csv();
        madeBy("0123456789abcdef");
        long lines = Files.readAllLines(journal()).size();
        assertThat(run("--accept-code")).as(err.toString()).isZero();
        assertThat(err.toString()).contains("4 of 4 runs were there already");
        assertThat(csv()).isEqualTo(csv);
        assertThat(Files.readAllLines(journal()))
                .hasSize((int) lines + 1)
                .last()
                .asString()
                .contains("\"accepts\":[\"0123456789abcdef\"]");
        // Nobody asks again, and there is nothing to put on record.
        assertThat(run()).isZero();
        assertThat(bptt("plan", results.toString())).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(run("--accept-code")).isZero();
        assertThat(Files.readAllLines(journal())).hasSize((int) lines + 1);
    }

    @Test
    void freshMakesAllAnewAndKeepsWhatThereWas() throws IOException {
        assertThat(run()).isZero();
        Map<String, String> csv = csv();
        madeBy("0123456789abcdef");
        byte[] before = Files.readAllBytes(journal());
        assertThat(run("--fresh")).as(err.toString()).isZero();
        assertThat(csv()).isEqualTo(csv);
        byte[] after = Files.readAllBytes(journal());
        assertThat(new String(after, StandardCharsets.UTF_8)).startsWith(new String(before, StandardCharsets.UTF_8));
        assertThat(Files.readAllLines(journal())).hasSize(11);
        assertThat(Journal.read(results).runs().values())
                .hasSize(4)
                .noneMatch(record -> record.provenance().equals("a-session"));
        // From then on they are this code's.
        assertThat(run()).isZero();
        assertThat(journal()).hasBinaryContent(after);
        // Also where nothing is foreign.
        assertThat(run("--fresh")).isZero();
        assertThat(Files.readAllLines(journal())).hasSize(16);
        assertThat(csv()).isEqualTo(csv);
    }

    @Test
    void journalsOfAnotherShapeAreOtherCodeToo() throws IOException {
        assertThat(run()).isZero();
        Map<String, String> csv = csv();
        madeLongAgo();
        byte[] before = Files.readAllBytes(journal());
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("4 of the sweep's 4 runs were made by other code")
                .contains("4 of 4 runs, which this version cannot read and will make anew\n")
                .contains("    fingerprint  none there, ")
                .contains("    schema       none there, 1 here\n");
        assertThat(journal()).hasBinaryContent(before);
        assertThat(bptt("plan", results.toString())).isZero();
        assertThat(err.toString()).contains("5 lines are of a version that wrote no checksums");
        assertThat(out.toString()).contains("4 runs, 0 done");
        assertThat(run("--accept-code")).as(err.toString()).isZero();
        assertThat(csv()).isEqualTo(csv);
        assertThat(Files.readString(journal())).startsWith(new String(before, StandardCharsets.UTF_8));
        assertThat(run()).isZero();
    }

    @Test
    void aFolderInUseIsLeftAlone() throws IOException {
        assertThat(run()).isZero();
        byte[] before = Files.readAllBytes(journal());
        FolderLock held = FolderLock.take(results);
        try {
            assertThat(run("replicates=3")).isEqualTo(ExitCode.RUNS_FAILED);
            assertThat(err.toString())
                    .contains(results + " is in use by process "
                            + ProcessHandle.current().pid() + " on ")
                    .contains("wait until that has ended, or give another folder with --out");
            assertThat(journal()).hasBinaryContent(before);
            // Looking is allowed.
            assertThat(bptt("plan", results.toString())).isZero();
        } finally {
            held.close();
        }
        assertThat(run("replicates=3")).isZero();
    }

    @Test
    void aDamagedLineIsToldWithItsPlaceAndNothingIsRun() throws IOException {
        assertThat(run()).isZero();
        Map<String, String> csv = csv();
        String text = Files.readString(journal());
        String damaged = text.replaceFirst("\"updates\":[0-9]", "\"updates\":9");
        Files.writeString(journal(), damaged);
        assertThat(run("replicates=3")).isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString()).contains(journal() + ":2: not a journal record: its checksum is ");
        assertThat(Files.readString(journal())).isEqualTo(damaged);
        assertThat(csv()).isEqualTo(csv);
    }

    @Test
    void aTornLineIsSaidAndItsRunMadeAgain() throws IOException {
        assertThat(run()).isZero();
        Map<String, String> csv = csv();
        String text = Files.readString(journal());
        // The last line is that of the completed request.
        Files.writeString(journal(), text.substring(0, text.indexOf("{\"type\":\"request\"") - 20));
        assertThat(bptt("plan", results.toString())).isZero();
        assertThat(err.toString()).contains(journal() + ": its last line was torn by a crash; the ");
        assertThat(run()).isZero();
        assertThat(err.toString())
                .contains(journal() + ": its last line was torn by a crash; the ")
                .contains("3 of 4 runs were there already");
        assertThat(csv()).isEqualTo(csv);
        assertThat(Files.readString(journal())).endsWith(text.substring(text.indexOf("{\"type\":\"request\"")));
    }

    /** A limit of the shell on the size of files stands for a disk that is full: a write fails in the midst of a line. */
    @Test
    void aFullDiskEndsTheSweepWithAMessage() throws IOException, InterruptedException {
        assumeThat(Path.of("/bin/sh")).exists();
        assertThat(run()).isZero();
        Map<String, String> csv = csv();
        byte[] before = Files.readAllBytes(journal());
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -f 40 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bptt.class.getName(),
                        "run",
                        file(),
                        "--jobs",
                        "1",
                        "--backend",
                        "plain",
                        "--out",
                        results.toString(),
                        "replicates=40")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(said)).isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(said)
                .content()
                .contains("worker-0.jsonl cannot be written: File too large. Every run recorded before is kept");
        assertThat(Files.readString(journal()))
                .startsWith(new String(before, StandardCharsets.UTF_8))
                .endsWith("}\n")
                .hasSizeGreaterThan(before.length);
        assertThat(run()).isZero();
        assertThat(csv()).isEqualTo(csv);
    }

    @Test
    void aFolderThatCannotBeMadeIsAMessage() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        results = file;
        assertThat(run()).isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString()).isEqualToIgnoringNewLines(file + " cannot be made: a file has that name");
        results = Path.of("/proc/bptt");
        assumeThat(results.getParent()).exists();
        assertThat(run()).isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString()).startsWith("/proc/bptt cannot be made: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "0s", "-5s", "1.5s", "60 s", "s", "never", "9999999999s"})
    void aPeriodIsATime(String period) {
        assertThat(run("--checkpoint=" + period)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--checkpoint is '" + period
                        + "': must be a time above zero, as in 500ms, 60s, 10m or 1h, or off");
        assertThat(results).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "60s", "10m", "1h", "off"})
    void thePeriodChangesNoResult(String period) throws IOException {
        assertThat(run("--checkpoint", period)).as(err.toString()).isZero();
        assertThat(Files.readString(results.resolve("runs.csv"))).contains(",done,");
        Path left = results.resolve("checkpoints");
        assertThat(!Files.exists(left) || isEmpty(left)).isTrue();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
