package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.bpttbench.experiments.run.JournalWriter;
import org.bpttbench.experiments.spec.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results folders with links in them, and with journals and checkpoints that somebody has had his fingers in. */
class HostileFolderTest {
    private static final String SWEEP = """
            name: tiny
            seed: 1
            task: {type: linear-drive, a: 0.5}
            train: {steps: 40, sequence: 20, optimizer: {type: sgd, rate: 1.0e-3}}
            measure:
              bias: {at: [0], length: 12, draws: 8}
              accuracy: {every: 20}
            grid: {estimator: [{type: tbptt, length: 3}, {type: artbp, mean: 4}]}
            """;

    @TempDir
    Path folder;

    private Path results = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void run() throws IOException {
        results = folder.resolve("results");
        outside = folder.resolve("outside");
        Files.createDirectories(outside);
        Files.writeString(folder.resolve("tiny.yaml"), SWEEP);
        again().ended(ExitCode.FINE);
    }

    private Said again(Object... more) {
        List<Object> words = new ArrayList<>(
                List.of("run", folder.resolve("tiny.yaml"), "--jobs", "1", "--backend", "plain", "--out", results));
        words.addAll(List.of(more));
        return Said.of(words.toArray());
    }

    private Path journal() {
        return results.resolve("journal/worker-0.jsonl");
    }

    @Test
    void aResultsFolderMayBeALink() throws IOException {
        Path large = Files.createDirectories(outside.resolve("large-disk"));
        results = Files.createSymbolicLink(folder.resolve("linked"), large);
        again().ended(ExitCode.FINE);
        assertThat(large.resolve("journal/worker-0.jsonl")).isNotEmptyFile();
        assertThat(Said.of("report", results).ended(ExitCode.FINE).out()).contains("Report: " + results);
    }

    /** Files that are written anew as a whole take the place of links; what the links lead to stays as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"sweep.yaml", "bias.csv", "curves.csv", "runtime.csv", "report.html", "figures/final.svg"})
    void filesThatAreLinksAreReplaced(String name) throws IOException {
        Path target = Files.writeString(outside.resolve("target"), name.equals("sweep.yaml") ? SWEEP : "mine");
        Map<String, String> before = Tree.of(outside);
        Path link = results.resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
        again("replicates=2").ended(ExitCode.FINE);
        assertThat(Tree.of(outside)).isEqualTo(before);
        if (!name.startsWith("figures")) {
            assertThat(Files.isSymbolicLink(link)).isFalse();
            assertThat(Files.readString(link)).isNotEqualTo("mine").isNotEmpty();
        }
    }

    /** What is written on, and folders, are refused. */
    @ParameterizedTest
    @ValueSource(strings = {"journal/worker-0.jsonl", ".lock", "journal", "figures", "checkpoints"})
    void whatCannotBeReplacedIsRefusedIfItIsALink(String name) throws IOException {
        Path link = results.resolve(name);
        Path target = outside.resolve("target");
        if (Files.exists(link)) {
            Files.move(link, target);
        } else {
            Files.createDirectories(target);
            Files.writeString(target.resolve("0123456789abcdef.ckpt.new"), "mine");
        }
        Files.createSymbolicLink(link, target);
        Map<String, String> before = Tree.of(outside);
        Said said = again("replicates=2").ended(ExitCode.RUNS_FAILED);
        assertThat(said.err()).contains(link + " is a link: nothing is written through links inside a results folder.");
        assertThat(Tree.of(outside)).isEqualTo(before);
        Files.delete(link);
        if (Files.isRegularFile(target) || Files.exists(target.resolve("worker-0.jsonl"))) {
            Files.move(target, link);
        }
        assertThat(again("replicates=2").ended(ExitCode.FINE).err()).contains("4 runs");
    }

    /** The name under which a file is written before it takes its place is known to whoever knows the process. */
    @Test
    void aLinkInThePlaceOfAnUnfinishedFileIsNotFollowed() throws IOException {
        Path target = Files.writeString(outside.resolve("target"), "mine");
        long process = ProcessHandle.current().pid();
        for (String name : List.of("bias.csv", "sweep.yaml", "report.html")) {
            Files.createSymbolicLink(results.resolve("." + name + "." + process), target);
        }
        again("replicates=2").ended(ExitCode.FINE);
        assertThat(target).hasContent("mine");
        assertThat(results.resolve(".bias.csv." + process)).doesNotExist();
    }

    @Test
    void aFolderInThePlaceOfAFileIsAMessage() throws IOException {
        Files.delete(results.resolve("bias.csv"));
        Files.createDirectories(results.resolve("bias.csv/below"));
        assertThat(Said.of("report", results).ended(ExitCode.RUNS_FAILED).err())
                .contains(results.resolve("bias.csv") + ": Is a directory");
        Files.delete(results.resolve("journal/worker-0.jsonl"));
        Files.createDirectories(results.resolve("journal/worker-0.jsonl"));
        assertThat(again().ended(ExitCode.RUNS_FAILED).err()).contains("worker-0.jsonl (Is a directory)");
    }

    /** Who reads a message must not be commanded by what a file has in it. */
    @Test
    void terminalsAreNotCommandedByFiles() throws IOException {
        rewrite(tree -> tree.computeIfPresent("fingerprint", (key, value) -> "\u001b[2J\u0007evil"));
        assertThat(again().ended(ExitCode.USAGE).err()).contains("\uFFFD[2J\uFFFDevil there");
        Files.writeString(folder.resolve("tiny.yaml"), SWEEP.replace("name: tiny", "name: tiny\nabout: \"\\e[2J\""));
        assertThat(again().ended(ExitCode.USAGE).err()).contains(":2:8: control character U+001B in the text");
    }

    // journals

    /** Writes every record anew, changed, with a checksum that is right. */
    private void rewrite(Consumer<Map<String, Object>> change) throws IOException {
        List<Map<String, Object>> trees = new ArrayList<>();
        for (String line : Files.readAllLines(journal())) {
            @SuppressWarnings("unchecked")
            Map<String, Object> tree = (Map<String, Object>) Json.read(line);
            tree.remove("sum");
            change.accept(tree);
            trees.add(tree);
        }
        Files.delete(journal());
        try (JournalWriter writer = new JournalWriter(journal())) {
            for (Map<String, Object> tree : trees) {
                writer.append(tree);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> tree, String key) {
        return (Map<String, Object>) tree.getOrDefault(key, new LinkedHashMap<>());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> first(Map<String, Object> tree, String key) {
        return (Map<String, Object>) ((List<Object>) tree.getOrDefault(key, List.of())).get(0);
    }

    private static Object nested(int depth) {
        Object value = 1L;
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    private record Absurd(String what, Consumer<Map<String, Object>> change, String told) {}

    /** Absurd content under a right checksum, in records of runs: line 2 of the journal is the first. */
    private static List<Absurd> absurdRuns() {
        return List.of(
                new Absurd("a negative replicate", t -> t.put("replicate", -1L), "replicate is -1: must be at least 0"),
                new Absurd("another replicate", t -> t.put("replicate", 7L), "replicate 7 of its setting is "),
                new Absurd("a large replicate", t -> t.put("replicate", 1L << 40), "must fit into 32 bits"),
                new Absurd("no replicate", t -> t.remove("replicate"), "argument 'replicate' is null, not a long"),
                new Absurd(
                        "another setting",
                        t -> t.put("setting", "0123456789"),
                        "its setting is 0123456789, its identity"),
                new Absurd("a setting of no digits", t -> t.put("setting", ""), "its setting is "),
                new Absurd("another identity", t -> map(t, "identity").put("seed", 2L), "its setting is "),
                new Absurd(
                        "another run",
                        t -> t.put("run", "0123456789abcdef"),
                        "its run is 0123456789abcdef, replicate 0"),
                new Absurd("an outcome of its own", t -> t.put("outcome", "splendid"), "splendid"),
                new Absurd("a type of its own", t -> t.put("type", "splendid"), "its type is 'splendid'"),
                new Absurd("no type", t -> t.remove("type"), "argument 'type' is null"),
                new Absurd(
                        "negative steps", t -> map(t, "training").put("steps", -5L), "steps is -5: must be at least 0"),
                new Absurd("negative time", t -> map(t, "training").put("nanos", -5L), "nanos is -5"),
                new Absurd(
                        "steps that are text",
                        t -> map(t, "training").put("steps", "many"),
                        "'steps' is many, not a long"),
                new Absurd(
                        "training that is a list",
                        t -> t.put("training", List.of()),
                        "'training' is a list, not a map"),
                new Absurd(
                        "curves of numbers",
                        t -> t.put("curves", List.of(1L, 2L)),
                        "an item of 'curves' is 1, not a map"),
                new Absurd("a curve before its start", t -> first(t, "curves").put("step", -1L), "step is -1"),
                new Absurd(
                        "baselines of lists", t -> t.put("baselines", Map.of("loss", List.of())), "'loss' is a list"),
                new Absurd("nesting", t -> t.put("message", nested(990)), "'message' is a list, not a string"),
                new Absurd(
                        "a huge list", t -> t.put("bias", Collections.nCopies(200_000, 1L)), "an item of 'bias' is 1"),
                new Absurd("a huge text", t -> t.put("replicate", "9".repeat(3_000_000)), "999…, not a long"),
                new Absurd("no blocks", t -> first(t, "bias").put("blocks", List.of()), "counts that none can have"),
                new Absurd("no sequences", t -> first(t, "bias").put("sequences", 0L), "counts that none can have"),
                new Absurd("negative draws", t -> first(t, "bias").put("draws", -8L), "counts that none can have"),
                new Absurd(
                        "half a number",
                        t -> first(first(t, "bias"), "blocks").put("inner", "AAAA"),
                        "3 bytes are no whole doubles"),
                new Absurd(
                        "figures that are no figures",
                        t -> first(first(t, "bias"), "blocks").put("inner", "§§§§"),
                        "Illegal base64"),
                new Absurd(
                        "a vector of another size",
                        t -> first(first(t, "bias"), "blocks").put("squares", ""),
                        "'squares' of a parameter block"));
    }

    @TestFactory
    Stream<DynamicTest> absurdRecordsAreToldWithTheirPlaceAndNothingIsRun() {
        return absurdRuns().stream().map(absurd -> DynamicTest.dynamicTest(absurd.what, () -> isToldAtLineTwo(absurd)));
    }

    private void isToldAtLineTwo(Absurd absurd) throws IOException {
        byte[] whole = Files.readAllBytes(journal());
        try {
            rewrite(tree -> {
                if ("run".equals(tree.get("type"))) {
                    absurd.change.accept(tree);
                }
            });
            Map<String, String> before = Tree.of(results);
            for (Said said : List.of(again(), Said.of("report", results), Said.of("plan", results))) {
                said.ended(ExitCode.RUNS_FAILED);
                assertThat(said.err())
                        .contains(journal() + ":2: not a journal record: ")
                        .contains(absurd.told)
                        .contains("Nothing has been changed")
                        .hasSizeLessThan(1000);
            }
            assertThat(Tree.of(results)).isEqualTo(before);
        } finally {
            Files.write(journal(), whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "+1000000000-12-31T23:59:59Z", "10000-01-01T00:00:00Z", ""})
    void aSessionStartsAtATime(String started) throws IOException {
        rewrite(tree -> tree.computeIfPresent("started", (key, value) -> started));
        assertThat(again("--fresh").ended(ExitCode.RUNS_FAILED).err())
                .contains(journal() + ":1: not a journal record: started is");
    }

    @Test
    void twoSessionsDoNotShareAnId() throws IOException {
        String text = Files.readString(journal());
        String session = text.substring(0, text.indexOf('\n') + 1);
        rewrite(tree -> tree.computeIfPresent("jobs", (key, jobs) -> 7L));
        String other = Files.readString(journal());
        Files.writeString(journal(), other.substring(0, other.indexOf('\n') + 1) + session);
        assertThat(again().ended(ExitCode.RUNS_FAILED).err())
                .contains(journal() + ":2: not a journal record: another session");
    }

    /** Deeper than a writer goes. */
    @Test
    void deepNestingIsToldBeforeItTakesTheStack() throws IOException {
        String open = "{\"type\":" + "[".repeat(100_000) + "]".repeat(100_000);
        CRC32C sum = new CRC32C();
        sum.update(open.getBytes(StandardCharsets.UTF_8));
        String line = open + String.format(",\"sum\":\"%08x\"}%n", sum.getValue());
        Files.writeString(journal(), line, StandardOpenOption.APPEND);
        assertThat(Said.of("plan", results).ended(ExitCode.RUNS_FAILED).err())
                .contains(journal() + ":5: not a journal record: not JSON: Document nesting depth (1001) exceeds");
    }

    /** A line without a line feed may be as long as the disk. */
    @Test
    @Tag("long")
    void aFileWithoutLinesIsNotTakenIntoMemory() throws IOException {
        try (var out = Files.newByteChannel(journal(), StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            out.position(3L << 30);
            out.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        assertThat(Said.of("plan", results).ended(ExitCode.RUNS_FAILED).err())
                .containsPattern(
                        "worker-0.jsonl:[45]: not a journal record: (a line of more than 268435456 bytes|with [0-9]+ bytes"
                                + " of memory it cannot be read)");
    }

    /** Lines of another sweep, whole: kept, and of no influence. */
    @Test
    void linesOfAnotherSweepHaveNoInfluence() throws IOException {
        Map<String, String> before = csv();
        Path other = folder.resolve("other");
        Said.of("run", folder.resolve("tiny.yaml"), "seed=2", "--jobs", "1", "--backend", "plain", "--out", other)
                .ended(ExitCode.FINE);
        String spliced = Files.readString(other.resolve("journal/worker-0.jsonl"));
        Files.writeString(journal(), spliced, StandardOpenOption.APPEND);
        Said.of("report", results).ended(ExitCode.FINE);
        assertThat(csv()).isEqualTo(before);
    }

    /** A run of this sweep without the session that made it is nobody's: it is not used unasked. */
    @Test
    void aLineWithoutItsSessionIsNotUsedUnasked() throws IOException {
        rewriteLines(lines -> lines.subList(1, lines.size()));
        Said said = again().ended(ExitCode.USAGE);
        assertThat(said.err())
                .contains("2 of the sweep's 2 runs were made by other code")
                .contains("none there");
    }

    @Test
    void theOrderOfLinesHasNoInfluence() throws IOException {
        again("--fresh").ended(ExitCode.FINE);
        Map<String, String> before = csv();
        rewriteLines(lines -> {
            List<String> turned = new ArrayList<>(lines);
            Collections.reverse(turned);
            return turned;
        });
        Said.of("report", results).ended(ExitCode.FINE);
        assertThat(csv()).isEqualTo(before);
        assertThat(again().ended(ExitCode.FINE).err()).contains("2 of 2 runs were there already");
    }

    private void rewriteLines(UnaryOperator<List<String>> change) throws IOException {
        Files.write(journal(), change.apply(Files.readAllLines(journal())));
    }

    /** Editors of another system end lines otherwise: the checksum is then not where it belongs. */
    @Test
    void lineEndsOfAnotherSystemAreTold() throws IOException {
        Files.writeString(journal(), Files.readString(journal()).replace("\n", "\r\n"));
        assertThat(again().ended(ExitCode.RUNS_FAILED).err())
                .contains(journal() + ":1: not a journal record: its checksum");
        Files.write(journal(), "\uFEFF".getBytes(StandardCharsets.UTF_8));
        again().ended(ExitCode.FINE);
    }

    private Map<String, String> csv() throws IOException {
        Map<String, String> files = Tree.of(results);
        files.keySet().removeIf(name -> !name.endsWith(".csv") || name.equals("runtime.csv"));
        return files;
    }

    // the copy of the sweep file

    @ParameterizedTest
    @ValueSource(
            strings = {"name: ../../outside/x", "name: /tmp/x", "name: .", "name: \"\"", "name: a/b", "name: 'a\\b'"})
    void aSweepCannotNameAFolderElsewhere(String name) throws IOException {
        Files.writeString(results.resolve("sweep.yaml"), SWEEP.replace("name: tiny", name));
        Map<String, String> before = Tree.of(folder);
        for (String command : List.of("run", "plan", "report")) {
            assertThat(Said.of(command, results).ended(ExitCode.USAGE).err())
                    .contains("sweep.yaml:1:7: name is ")
                    .contains("must be lower-case letters, digits and hyphens");
        }
        assertThat(Tree.of(folder)).isEqualTo(before);
    }

    @Test
    void aCopyThatIsSomethingElseIsToldAndTheJournalStays() throws IOException {
        byte[] journal = Files.readAllBytes(journal());
        for (String text : List.of("", "\u0000", "[1]", "name: other\n", "a: &a [*a]\n", SWEEP + "---\n" + SWEEP)) {
            Files.writeString(results.resolve("sweep.yaml"), text);
            assertThat(Said.of("run", results).ended(ExitCode.USAGE).err()).contains("sweep.yaml:");
        }
        Files.delete(results.resolve("sweep.yaml"));
        assertThat(Said.of("plan", results).ended(ExitCode.USAGE).err()).contains("holds no sweep.yaml");
        assertThat(journal()).hasBinaryContent(journal);
    }
}
