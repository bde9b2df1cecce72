package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sweep files made to harm: each ends with 2, its place and a reason, in the time and memory of any other, and writes nothing. */
class HostileSweepTest {
    private static final String SWEEP = """
            name: tiny
            seed: 1
            task: {type: linear-drive, a: 0.5}
            train: {steps: 40, sequence: 20, optimizer: {type: sgd, rate: 1.0e-3}}
            measure: {accuracy: {every: 20}}
            estimator: full
            """;

    private static final List<String> WHOLE =
            List.of("2147483647", "2147483648", "1000000000", "1000000000000000000", "9223372036854775807");
    private static final List<String> REAL = List.of("1.0e308", "4.9e-324", "1.0e-300", "-1.0e308", "1.0e15");

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("tiny.yaml");
        Files.writeString(folder.resolve("text.txt"), "to be or not to be, that is the question. ".repeat(40));
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares two
    private record Hostile(String what, byte[] bytes, String told) {
        Hostile(String what, String text, String told) {
            this(what, text.getBytes(StandardCharsets.UTF_8), told);
        }

        private static Hostile instead(String what, String right, String wrong, String told) {
            assertThat(SWEEP).contains(right);
            return new Hostile(what, SWEEP.replace(right, wrong), told);
        }
    }

    private static List<Hostile> hostile() {
        String many = "[" + "1, ".repeat(99_999) + "1]";
        StringBuilder keys = new StringBuilder(SWEEP);
        StringBuilder members = new StringBuilder("{type: full");
        for (int i = 0; i < 60_000; i++) {
            keys.append('k').append(i).append(": 1\n");
            members.append(", k").append(i).append(": 1");
        }
        return List.of(
                new Hostile(
                        "aliases of aliases", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ":1:4: an anchor: write"),
                Hostile.instead(
                        "a tag that names a class",
                        "seed: 1",
                        "seed: !!javax.script.ScriptEngineManager [x]",
                        ":2:7: a tag:"),
                Hostile.instead(
                        "a merge key", "estimator: full", "estimator: {<<: {type: full}}", ":6:13: unknown key '<<'"),
                Hostile.instead(
                        "a duplicate key", "seed: 1", "seed: 1\nseed: 2", ":3:1: duplicate key 'seed', first at "),
                Hostile.instead("NUL", "seed: 1", "seed: \u0000", ":2:7: control character U+0000"),
                Hostile.instead(
                        "NUL by escape", "seed: 1", "seed: 1\nabout: \"\\0\"", ":3:8: control character U+0000"),
                Hostile.instead(
                        "a terminal's command in a key", "seed: 1", "\"\\e[2J\": 1", ":2:1: control character U+001B"),
                new Hostile("UTF-16", SWEEP.getBytes(StandardCharsets.UTF_16), ":1:1: not UTF-8 text"),
                new Hostile(
                        "UTF-16 without its mark",
                        SWEEP.getBytes(StandardCharsets.UTF_16LE),
                        ":1:2: control character U+0000"),
                new Hostile("half a character", new byte[] {'a', ':', ' ', (byte) 0xC3}, ":1:4: not UTF-8 text"),
                new Hostile("a file of control characters", "\u0001".repeat(500_000), ":1:1: control character U+0001"),
                new Hostile("a huge file", " ".repeat(1 << 21), ":1:1: the file has more than 1048576 bytes"),
                new Hostile("two documents", SWEEP + "---\n" + SWEEP, ":8:1: a second document"),
                new Hostile("deep nesting", "a: " + "{a: ".repeat(100_000), ": nested more than 32 deep"),
                Hostile.instead("a huge number", "seed: 1", "seed: " + "9".repeat(900_000), ":2:7: 900000 characters"),
                Hostile.instead(
                        "a huge text", "seed: 1", "seed: 1\nabout: " + "x".repeat(900_000), ":3:8: 900000 characters"),
                Hostile.instead(
                        "a huge key", "seed: 1", "? " + "x".repeat(900_000) + "\n: 1", ":2:3: 900000 characters"),
                new Hostile(
                        "unknown keys without end",
                        keys.toString(),
                        "there may be more: reading ended after 100 errors"),
                Hostile.instead(
                        "an axis of a map without end",
                        "estimator: full",
                        "grid: {estimator: " + members + "}}",
                        "reading ended after 100 errors"),
                Hostile.instead(
                        "a size that is none",
                        "estimator: full",
                        "estimator: {type: full, memory: " + "0".repeat(9_000) + "x}",
                        ":6:33: estimator.memory is "),
                Hostile.instead(
                        "a product of axes",
                        "estimator: full",
                        "grid: {seed: " + many + ", estimator: full}",
                        ": more than 10000 settings"),
                Hostile.instead(
                        "what is excluded without end",
                        "estimator: full",
                        "estimator: full\nexclude: [" + "{seed: 3}, ".repeat(2_000) + "{seed: 4}]",
                        ":7:10: exclude has more than 1000 items"),
                Hostile.instead(
                        "replicates",
                        "seed: 1",
                        "seed: 1\nreplicates: 2147483647",
                        ":3:13: 1 settings × 2147483647 replicates"),
                Hostile.instead(
                        "replicates beyond all",
                        "seed: 1",
                        "seed: 1\nreplicates: 3000000000",
                        ":3:13: replicates is '3000000000'"),
                Hostile.instead(
                        "steps",
                        "steps: 40",
                        "steps: 9000000000000000000",
                        ":4:16: train.steps is 9000000000000000000: must be"),
                Hostile.instead(
                        "checkpoints",
                        "steps: 40, sequence: 20",
                        "steps: 1000000000000, sequence: 20",
                        ":5:29: measure.accuracy.every is 20: 1000000000000 steps make more than 100000 checkpoints"),
                Hostile.instead("lanes", "steps: 40", "lanes: 2147483647, steps: 40", "does not fit in memory"),
                Hostile.instead(
                        "a text outside that is a device",
                        "task: {type: linear-drive, a: 0.5}",
                        "task: {type: char-lm, text: 'file:/dev/zero'}\nmodel: {cell: tanh, units: 2}",
                        ":3:7: task: there is no text file /dev/zero"),
                Hostile.instead(
                        "a text that is a folder",
                        "task: {type: linear-drive, a: 0.5}",
                        "task: {type: char-lm, text: 'file:/'}\nmodel: {cell: tanh, units: 2}",
                        ":3:7: task: there is no text file /"),
                Hostile.instead(
                        "a path that is none",
                        "task: {type: linear-drive, a: 0.5}",
                        "task: {type: char-lm, text: 'file:" + "x".repeat(5000) + "'}\nmodel: {cell: tanh, units: 2}",
                        ":3:7: task: there is no text file "),
                Hostile.instead(
                        "units",
                        "task: {type: linear-drive, a: 0.5}",
                        "task: {type: copy, length: 3}\nmodel: {cell: lstm, units: 1000000000}",
                        ":4:28: model.units is '1000000000': must be"),
                Hostile.instead(
                        "layers of units",
                        "task: {type: linear-drive, a: 0.5}\ntrain: {steps: 40, sequence: 20,",
                        "task: {type: copy, length: 3}\nmodel: {cell: lstm, units: 16384, layers: 3}\ntrain: {steps: 40,",
                        ":4:28: the model has more parameters than a Java array can hold"),
                Hostile.instead("a name that is too long", "name: tiny", "name: " + "a".repeat(300), ":1:7: name is "));
    }

    @TestFactory
    Stream<DynamicTest> eachIsToldWithItsPlaceAndWritesNothing() {
        return hostile().stream().map(each -> DynamicTest.dynamicTest(each.what, () -> isTold(each)));
    }

    private void isTold(Hostile hostile) throws IOException {
        Files.write(file, hostile.bytes);
        Map<String, String> before = Tree.of(folder);
        Said said = Said.of("run", file, "--out", folder.resolve("results")).ended(ExitCode.USAGE);
        assertThat(said.err()).contains(file + ":").contains(hostile.told).hasSizeLessThan(60_000);
        assertThat(Tree.of(folder)).isEqualTo(before);
    }

    @Test
    void aByteOrderMarkAndASpreadsheetsFormulaAreText() throws IOException {
        Files.writeString(file, "\uFEFF" + SWEEP.replace("measure:", "about: \"=cmd|' /C calc'!A0\"\nmeasure:"));
        Said.of("plan", file).ended(ExitCode.FINE);
    }

    /** A device has no size and no end. */
    @Test
    void aDeviceIsReadNoFurtherThanAFile() {
        assertThat(Said.of("plan", "/dev/zero").ended(ExitCode.USAGE).err())
                .contains("/dev/zero:1:1: the file has more than");
        assertThat(Said.of("plan", "/dev/null").ended(ExitCode.USAGE).err())
                .contains("/dev/null:1:1: the file is empty");
    }

    @Test
    void weightsThatFitAnArrayMayStillBeTooMany() throws IOException {
        assumeThat(Runtime.getRuntime().maxMemory()).isLessThan(16L << 30);
        Files.writeString(file, sweep("model", "{cell: lstm, units: 16384}"));
        assertThat(Said.of("plan", file).ended(ExitCode.USAGE).err())
                .contains("tiny.yaml:4:")
                .contains("parameters and a gradient of them take ");
    }

    @Test
    void overridesAreBoundToo() throws IOException {
        Files.writeString(file, SWEEP);
        assertThat(Said.of("plan", file, "a.".repeat(50_000) + "=1")
                        .ended(ExitCode.USAGE)
                        .err())
                .contains("override:1:1: a path of 100000 characters");
        assertThat(Said.of("plan", file, "name=../x").ended(ExitCode.USAGE).err())
                .contains("override:1:6: name is '../x': must be lower-case letters");
        assertThat(Said.of("plan", file, ".=1", "..=1", "=")
                        .ended(ExitCode.USAGE)
                        .err())
                .contains("unknown path '.'");
    }

    // every number of every catalogue

    private List<String> numbers() {
        List<String> sweeps = new ArrayList<>();
        SweepReader reader = new SweepReader(Bundled.catalogs(new TaskShelf()));
        for (Parameter section : reader.schema().setting()) {
            for (Map.Entry<String, String> value : variants(section).entrySet()) {
                sweeps.add(sweep(section.name(), value.getValue()));
            }
        }
        return sweeps;
    }

    private String sweep(String section, String value) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("name", "tiny");
        entries.put("seed", "1");
        entries.put("task", "{type: adding, length: 11, variant: arjovsky}");
        entries.put("model", "{cell: tanh, units: 4}");
        entries.put("init", "glorot");
        entries.put("train", "{steps: 22, optimizer: {type: sgd, rate: 0.1}}");
        entries.put("measure", "{bias: {draws: 10}, accuracy: {every: 11}}");
        entries.put("estimator", "{type: artbp, mean: 4}");
        entries.put(section, value);
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (key, entry) -> text.append(key).append(": ").append(entry).append('\n'));
        return text.toString();
    }

    /** What a parameter can be with one number in it absurd. */
    private Map<String, String> variants(Parameter parameter) {
        Map<String, String> variants = new LinkedHashMap<>();
        switch (parameter.type()) {
            case INTEGER, SIZE -> WHOLE.forEach(number -> variants.put(number, number));
            case REAL -> REAL.forEach(number -> variants.put(number, number));
            case ENTRY -> {
                for (Entry<?> entry : parameter.catalog().orElseThrow().entries()) {
                    put(parameter.tag() + ": " + entry.name(), parameter.keysOf(entry), variants);
                }
            }
            case MAP -> put("", parameter.fields(), variants);
            case LIST -> WHOLE.forEach(number -> variants.put(number, "[" + number + "]"));
            case TABLE -> REAL.forEach(number -> variants.put(number, "{x: " + number + "}"));
            default -> {
                // no number
            }
        }
        return variants;
    }

    private void put(String tag, List<Parameter> fields, Map<String, String> into) {
        for (Parameter absurd : fields) {
            variants(absurd).forEach((what, value) -> {
                List<String> members = new ArrayList<>();
                if (!tag.isEmpty()) {
                    members.add(tag);
                }
                for (Parameter field : fields) {
                    if (field.name().equals(absurd.name())) {
                        members.add(field.name() + ": " + value);
                    } else if (field.required()) {
                        members.add(field.name() + ": " + usual(field));
                    }
                }
                into.put(tag + absurd.name() + what, "{" + String.join(", ", members) + "}");
            });
        }
    }

    private String usual(Parameter field) {
        return switch (field.type()) {
            case INTEGER, SIZE -> "5";
            case REAL -> "3.5";
            case TEXT -> "'file:" + folder.resolve("text.txt") + "'";
            case WORD -> field.words().iterator().next();
            case FLAG -> "true";
            case ENTRY -> usualEntry(field);
            default -> "[]";
        };
    }

    private String usualEntry(Parameter field) {
        Entry<?> first = field.catalog().orElseThrow().entries().get(0);
        List<String> members = new ArrayList<>(List.of(field.tag() + ": " + first.name()));
        field.keysOf(first).stream()
                .filter(Parameter::required)
                .forEach(key -> members.add(key.name() + ": " + usual(key)));
        return "{" + String.join(", ", members) + "}";
    }

    /** Taken or refused, but never by falling over. */
    @Test
    @Tag("long")
    void everyNumberMayBeAbsurd() throws IOException {
        List<String> sweeps = numbers();
        assertThat(sweeps).hasSizeGreaterThan(300);
        int refused = 0;
        for (String sweep : sweeps) {
            Files.writeString(file, sweep);
            Said said = Said.of("export", file, "--table", "runs", "--out", folder.resolve("none"));
            assertThat(said.exit()).as(sweep + said.err()).isIn(ExitCode.FINE, ExitCode.USAGE);
            said.civil();
            refused += said.exit() == ExitCode.USAGE ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(sweeps.size() / 3);
    }
}
