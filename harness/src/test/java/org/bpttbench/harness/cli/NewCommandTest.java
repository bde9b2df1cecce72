package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.JsonSchema;
import org.bpttbench.experiments.spec.Schema;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class NewCommandTest {
    /** A line of an alternative, as the scaffold's third line says: no single blank follows. */
    private static final Pattern HIDDEN = Pattern.compile("#(?! \\S|$).*");

    private static final SweepReader READER = new SweepReader(Bundled.catalogs(new TaskShelf()));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bptt(String... arguments) {
        CommandLine line = Bptt.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int make(String name) {
        return bptt("new", name, "--out", folder.toString());
    }

    @Test
    void whatItWritesReadsWithoutWarningsAndItsSmokeVersionRuns() throws IOException {
        assertThat(make("mine")).as(err.toString()).isZero();
        Path file = folder.resolve("mine.yaml");
        Sweep sweep = READER.read(file, List.of());
        assertThat(sweep.name()).isEqualTo("mine");
        assertThat(sweep.warnings()).isEmpty();
        assertThat(sweep.settings()).hasSize(5);
        assertThat(Files.readString(folder.resolve(JsonSchema.FILE))).isEqualTo(SchemaCommand.text());
        assertThat(out.toString()).contains("bptt plan " + file, "bptt run " + file + " --smoke");
        Path results = folder.resolve("results");
        assertThat(bptt("run", file.toString(), "--smoke", "--out", results.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(results.resolve("accuracy.csv"))).contains("mine-smoke,", "test.bpc");
    }

    @Test
    void itShowsEveryKey() throws IOException {
        List<String> lines = NewCommand.scaffold("mine").lines().toList();
        assertThat(new Schema(Bundled.catalogs(new TaskShelf())).sections())
                .filteredOn(key -> !key.equals("estimator")) // an axis here
                .allSatisfy(key -> assertThat(lines).anyMatch(line -> line.matches("#?" + key + ":.*")));
    }

    /** Each with the one alternative taken that ends before a line. */
    static Stream<String> alternatives() throws IOException {
        List<String> lines = NewCommand.scaffold("mine").lines().toList();
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean starts = isHidden(lines, i) && !isHidden(lines, i - 1);
            if (starts) {
                taken.add(take(lines, i));
            }
        }
        return taken.stream();
    }

    private static boolean isHidden(List<String> lines, int i) {
        return i >= 0 && i < lines.size() && HIDDEN.matcher(lines.get(i)).matches();
    }

    private static String take(List<String> lines, int start) {
        List<String> file = new ArrayList<>(lines);
        int end = start;
        while (isHidden(lines, end)) {
            file.set(end, lines.get(end).substring(1));
            end++;
        }
        String first = file.get(start);
        String key = first.substring(0, first.indexOf(':') + 1);
        if (first.matches(" *[a-z._]+:.*")) {
            replaceAbove(file, start, key);
        }
        return String.join("\n", file) + "\n";
    }

    /** Hides the nearest line above that has the key at the same depth, and what lies under it. */
    private static void replaceAbove(List<String> file, int start, String key) {
        String deeper = key.replaceAll("\\S.*", "") + "  ";
        for (int i = start - 1; i >= 0; i--) {
            if (file.get(i).startsWith(key)) {
                file.set(i, "#");
                for (int j = i + 1; j < start && file.get(j).startsWith(deeper); j++) {
                    file.set(j, "#");
                }
                return;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("alternatives")
    void everyAlternativeIsValid(String file) throws IOException {
        Sweep sweep = READER.read("mine.yaml", file);
        assertThat(sweep.warnings()).isEmpty();
        assertThat(file).isNotEqualTo(NewCommand.scaffold("mine"));
    }

    @Test
    void alternativesWereFound() throws IOException {
        assertThat(alternatives()).hasSizeGreaterThan(14);
    }

    @Test
    void aFileThatIsThereStaysAsItIs() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, "mine\n");
        assertThat(make("mine")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(file + " is there already", "another name");
        assertThat(file).hasContent("mine\n");
        assertThat(folder.resolve(JsonSchema.FILE)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"My Sweep,my-sweep", "mine.yaml,mine", "../mine,mine", "a_b,a-b", "'',", "É,"})
    void aNameThatIsNoneIsRefused(String name, String near) throws IOException {
        assertThat(make(name)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("lower-case letters, digits and hyphens");
        if (near == null) {
            assertThat(err.toString()).doesNotContain("did you mean");
        } else {
            assertThat(err.toString()).contains("did you mean '" + near + "'?");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    /** Names that YAML would read as something else. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "007", "1e3", "no", "x-"})
    void everyNameReadsAsItself(String name) throws IOException {
        assertThat(READER.read("x", NewCommand.scaffold(name)).name()).isEqualTo(name);
    }

    @Test
    void anotherSchemaOfOursIsReplacedAndAStrangersFileIsNot() throws IOException {
        Path schema = folder.resolve(JsonSchema.FILE);
        Files.writeString(schema, SchemaCommand.text().replace("\"enum\"", "\"examples\""));
        assertThat(make("one")).isZero();
        assertThat(schema).hasContent(SchemaCommand.text());
        Files.writeString(schema, "{\"title\": \"mine\"}");
        assertThat(make("two")).isZero();
        assertThat(schema).hasContent("{\"title\": \"mine\"}");
        assertThat(err.toString()).contains(schema + " is something else");
        assertThat(folder.resolve("two.yaml")).exists();
    }
}
