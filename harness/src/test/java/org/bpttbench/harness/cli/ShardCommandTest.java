package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.JournalWriter;
import org.bpttbench.experiments.run.Shard;
import org.bpttbench.experiments.spec.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A sweep in parts, on one results folder or on several: it comes to the same. */
class ShardCommandTest {
    private static final List<String> CSV = List.of(
            "bias.csv",
            "bias_blocks.csv",
            "bias_other.csv",
            "bias_pairs.csv",
            "accuracy.csv",
            "curves.csv",
            "runs.csv");

    private static final String SWEEP = """
            name: tiny
            seed: 1
            replicates: 2
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 100, sequence: 50, optimizer: {type: sgd, rate: 1.0e-3}}
            measure: {accuracy: {every: 50}, bias: {at: [end], length: 20, draws: 10}}
            grid: {estimator: [full, {type: tbptt, length: 3}, {type: artbp, mean: 6}]}
            """;

    private static final int RUNS = 6;

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("tiny.yaml"), SWEEP);
    }

    private int bptt(Object... arguments) {
        CommandLine line = Bptt.commandLine();
        out = new StringWriter();
        err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private int run(String results, Object... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("run", folder.resolve("tiny.yaml"), "--jobs", 2, "--out", folder.resolve(results)));
        arguments.addAll(List.of(more));
        return bptt(arguments.toArray());
    }

    private Path made(String results, Object... more) {
        assertThat(run(results, more)).as(() -> err.toString()).isZero();
        return folder.resolve(results);
    }

    private Path shard(String results, int index, int count) {
        return made(results, "--shard", index + "/" + count);
    }

    private static Map<String, String> files(Path results) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(results)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(results.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static Map<String, String> journalOf(Path results, String shard) throws IOException {
        Map<String, String> journal = files(results.resolve("journal"));
        journal.keySet().removeIf(name -> !name.startsWith(shard));
        return journal;
    }

    private void assertSameTables(Path results) throws IOException {
        Path plain = made("plain");
        for (String name : CSV) {
            assertThat(results.resolve(name)).as(name).hasSameTextualContentAs(plain.resolve(name));
        }
        assertThat(Files.readAllLines(plain.resolve("runs.csv"))).hasSize(1 + RUNS);
    }

    @Test
    void shardsOfOneFolderComeToWhatOneRunDoes() throws IOException {
        Path results = shard("shared", 2, 3);
        assertThat(out.toString())
                .contains("Shard 2/3: 2 of its 2 runs are made; 4 of the sweep's 6 are still missing in " + results)
                .contains("bptt report " + results);
        assertThat(results.resolve("runs.csv")).doesNotExist();
        // It is not for a shard to judge what lies there of another.
        Files.createDirectories(results.resolve("checkpoints"));
        Path others = Files.createFile(results.resolve("checkpoints/ffff.ckpt.new"));
        shard("shared", 1, 3);
        assertThat(others).exists();
        assertThat(results.resolve("runs.csv")).doesNotExist();
        shard("shared", 3, 3);
        assertThat(out.toString()).contains("Report: " + results).doesNotContain("Shard 3/3");
        assertThat(files(results.resolve("journal")))
                .containsOnlyKeys(
                        "shard-1-of-3-worker-0.jsonl",
                        "shard-1-of-3-worker-1.jsonl",
                        "shard-2-of-3-worker-0.jsonl",
                        "shard-2-of-3-worker-1.jsonl",
                        "shard-3-of-3-worker-0.jsonl",
                        "shard-3-of-3-worker-1.jsonl");
        assertThat(Journal.read(results).runs()).hasSize(RUNS);
        assertSameTables(results);
        // Once more is nothing to do, in parts of any number and as a whole.
        Map<String, String> journal = files(results.resolve("journal"));
        shard("shared", 3, 3);
        assertThat(err.toString()).contains("2 of 2 runs were there already");
        shard("shared", 1, 2);
        made("shared");
        assertThat(files(results.resolve("journal"))).isEqualTo(journal);
    }

    @Test
    void shardsOfSeveralFoldersAreMergedToWhatOneRunMakes() throws IOException {
        Path first = shard("first", 1, 3);
        Path second = shard("second", 2, 3);
        Path third = shard("third", 3, 3);
        Map<String, String> before = files(second);
        Path target = folder.resolve("all of it");
        assertThat(bptt("merge", target, first, second)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Merged into " + target
                        + ": 4 new records of runs, 0 that were there already; 4 of the sweep's 6")
                .contains("Next: bptt run " + target);
        assertThat(bptt("merge", target, first, second, third))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(": 2 new records of runs, 4 that were there already; 6 of the sweep's 6");
        assertThat(err.toString()).isEmpty();
        assertThat(files(second)).isEqualTo(before);
        assertSameTables(target);
        Map<String, String> after = files(target);
        assertThat(bptt("merge", target, third, first, second)).isZero();
        assertThat(files(target)).isEqualTo(after);
        // It is a results folder like any other.
        assertThat(bptt("run", target)).as(err.toString()).isZero();
        assertThat(err.toString()).contains("6 of 6 runs were there already");
    }

    @Test
    void moreShardsThanRunsLeaveSomeWithNothing() throws IOException {
        Path empty = shard("empty", 9, 9);
        assertThat(out.toString())
                .contains("Shard 9/9: 0 of its 0 runs are made; 6 of the sweep's 6 are still missing");
        assertThat(bptt("merge", folder.resolve("target"), empty, made("plain")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("6 of the sweep's 6 runs are done");
    }

    /** Other shards' runs stay as they are. */
    @Test
    void aFreshShardMakesItsRunsAlone() throws IOException {
        Path results = shard("shared", 1, 2);
        shard("shared", 2, 2);
        Map<String, String> before = journalOf(results, "shard-2-of-2");
        assertThat(before).isNotEmpty();
        made("shared", "--shard", "1/2", "--fresh");
        assertThat(Journal.read(results).runs()).hasSize(RUNS);
        assertThat(journalOf(results, "shard-2-of-2")).isEqualTo(before);
        assertSameTables(results);
    }

    @Test
    void aShardInUseIsLeftAloneAndOthersAreNot() throws IOException {
        Path results = folder.resolve("shared");
        FolderLock held = FolderLock.take(results, Optional.of(new Shard(1, 3)));
        try {
            assertThat(run("shared", "--shard", "1/3")).isEqualTo(ExitCode.RUNS_FAILED);
            assertThat(err.toString()).contains(results + " is in use by shard 1/3: process ");
            assertThat(run("shared")).isEqualTo(ExitCode.RUNS_FAILED);
            assertThat(bptt("merge", results, made("plain"))).isEqualTo(ExitCode.RUNS_FAILED);
            assertThat(err.toString()).contains(results + " is in use by shard 1/3: process ");
            shard("shared", 2, 3);
        } finally {
            held.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0/3", "4/3", "3", "1/0", "a/b", "1 / 2", "-1/2", "", "9999999999/9999999999", "AUTO", "1/2/3"})
    void aShardIsOneOfSome(String text) {
        assertThat(run("none", "--shard=" + text)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--shard is '" + text + "': must be I/N");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void outsideAnArrayThereIsNoTask() {
        assumeThat(System.getenv()).doesNotContainKeys("SLURM_ARRAY_TASK_ID", "PBS_ARRAY_INDEX", "SGE_TASK_ID");
        assertThat(run("none", "--shard", "auto")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--shard auto: this is no task of a job array");
    }

    /** Rewrites a folder's journal as if its runs had come out otherwise, or been made by other code. */
    private static void rewrite(Path results, String from, String to) throws IOException {
        for (String name : files(results.resolve("journal")).keySet()) {
            Path file = results.resolve("journal").resolve(name);
            List<String> lines = Files.readAllLines(file);
            Files.delete(file);
            try (JournalWriter writer = new JournalWriter(file)) {
                for (String line : lines) {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> tree = (Map<String, Object>) Json.read(line.replaceAll(from, to));
                    tree.remove("sum");
                    writer.append(tree);
                }
            }
        }
    }

    @Test
    void aConflictIsToldAndNothingIsLost() throws IOException {
        Path plain = made("plain");
        Path other = made("other");
        rewrite(other, "\"updates\":2,", "\"updates\":3,");
        Path target = folder.resolve("target");
        for (int i = 0; i < 2; i++) {
            assertThat(bptt("merge", target, plain, other)).isEqualTo(ExitCode.CHECK_FAILED);
            long differing = err.toString()
                    .lines()
                    .filter(line -> line.contains("its results differ"))
                    .count();
            assertThat(differing).isBetween(1L, (long) RUNS);
            assertThat(err.toString())
                    .contains("  "
                            + plain.resolve("journal")
                                    .toString()
                                    .replace(plain.toString(), (i == 0 ? plain : target).toString()))
                    .contains(differing + " runs have results that differ")
                    .contains("'bptt run " + target + " --fresh'");
            String journal = String.join("", files(target.resolve("journal")).values());
            assertThat(journal).contains("\"updates\":2,", "\"updates\":3,");
        }
        assertThat(bptt("run", target, "--fresh")).as(err.toString()).isZero();
        assertThat(bptt("merge", target, plain, other)).as(err.toString()).isZero();
        assertSameTables(target);
    }

    @Test
    void runsOfOtherCodeAreToldAndTakenWhenAccepted() throws IOException {
        Path first = shard("first", 1, 2);
        Path second = shard("second", 2, 2);
        rewrite(second, "\"fingerprint\":\"[0-9a-f]+\"", "\"fingerprint\":\"0123456789abcdef\"");
        Path target = folder.resolve("target");
        assertThat(bptt("merge", target, first, second)).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(err.toString().lines().filter(line -> line.contains(": made by other code than this")))
                .hasSize(3);
        assertThat(err.toString())
                .contains("3 runs were made by other code: 'bptt run " + target + " --accept-code'")
                .contains("fingerprint 0123456789abcdef");
        assertSameTables(target);
        assertThat(bptt("run", target, "--accept-code")).as(err.toString()).isZero();
        assertThat(bptt("merge", target, first, second)).as(err.toString()).isZero();
    }

    @Test
    void sweepsThatDifferAreTold() throws IOException {
        Path first = made("first");
        Path more = made("more", "replicates=3", "train.steps=50");
        Path same = made("same");
        Files.writeString(same.resolve("sweep.yaml"), SWEEP + "# a remark\n");
        Path broken = made("broken");
        Files.writeString(broken.resolve("sweep.yaml"), SWEEP + "colour: red\n");
        Path target = folder.resolve("target");
        assertThat(bptt("merge", target, first, more, same, broken))
                .as(err.toString())
                .isZero();
        assertThat(err.toString())
                .contains(more.resolve("sweep.yaml") + " is not the sweep of " + first.resolve("sweep.yaml")
                        + ": 9 of its 9 runs are none of that sweep's")
                .contains("6 of that sweep's 6 runs are none of its")
                .contains(broken.resolve("sweep.yaml") + " cannot be read, its journal is merged all the same:\n")
                .contains("unknown key 'colour'")
                .doesNotContain(same.toString());
        assertThat(Journal.read(target).runs()).hasSize(RUNS + 9);
        assertSameTables(target);
    }

    @Test
    void damageIsToldWithItsPlaceAndNothingIsMade() throws IOException {
        Path plain = made("plain");
        Path file = plain.resolve("journal/worker-0.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"updates\":[0-9]", "\"updates\":8"));
        Path target = folder.resolve("target");
        assertThat(bptt("merge", target, plain)).isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString()).contains(file + ":2: not a journal record: its checksum is ");
        assertThat(target).doesNotExist();
        Files.writeString(file, text.substring(0, text.indexOf("{\"type\":\"request\"") - 7));
        assertThat(bptt("merge", target, plain)).isZero();
        assertThat(err.toString())
                .contains(file + ":" + (text.lines().count() - 1) + ": its last line was torn by a crash");
        assertThat(out.toString()).contains("5 of the sweep's 6 runs are done");
    }

    @Test
    void whatIsNoResultsFolderIsRefused() throws IOException {
        Path plain = made("plain");
        Path nothing = folder.resolve("nothing");
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.createFile(full.resolve("precious"));
        Path target = folder.resolve("target");
        assertThat(bptt("merge", target, plain, nothing)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(nothing + ": no such folder");
        assertThat(bptt("merge", target, full)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(full + " holds no sweep.yaml: it is not a results folder");
        assertThat(bptt("merge", full, plain)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(full + " holds no sweep.yaml and is not empty");
        assertThat(bptt("merge", plain, plain)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(plain + " is the target itself");
        assertThat(bptt("merge", target)).isEqualTo(ExitCode.USAGE);
        assertThat(target).doesNotExist();
        assertThat(files(full)).containsOnlyKeys("precious");
    }

    @Test
    void sourcesMayBeReadOnly() throws IOException {
        Path plain = made("plain");
        List<Path> all;
        try (Stream<Path> walked = Files.walk(plain)) {
            all = walked.toList();
        }
        for (Path path : all) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
        }
        Map<String, String> before = files(plain);
        assertThat(bptt("merge", folder.resolve("target"), plain))
                .as(err.toString())
                .isZero();
        assertThat(files(plain)).isEqualTo(before);
        for (Path path : all) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
