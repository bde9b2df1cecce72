package org.bpttbench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.cell.Cells;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Traits;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.cli.Bptt;
import org.bpttbench.variants.Estimators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the documents show is what there is: catalogue entries, commands, sweeps, code, and files linked to. */
class DocsTest {
    private static final String EXAMPLE = "variants/src/test/java/org/bpttbench/variants/example/RandomPhase.java";

    /** Targets of links within the repository; anchors left out. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)[^)]*\\)");

    /** How an item of the worked reading begins: with the row that it reads. */
    private static final Pattern READ_ROW = Pattern.compile("^`([0-9a-f]{10})` at (\\d+)");

    /** A column in backticks and what the row has there. */
    private static final Pattern READ_CELL = Pattern.compile("`([a-z_.]+)`\\s+(-?\\d+(?:\\.\\d+)?|[a-z-]+)");

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+");

    static Stream<Entry<? extends GradientEstimator>> estimators() {
        return Estimators.CATALOG.entries().stream();
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void everyEstimatorHasItsRow(Entry<? extends GradientEstimator> entry) throws IOException {
        Traits traits = estimator(entry).traits();
        assertThat(Docs.read("README.md").lines().filter(line -> line.startsWith("| `" + entry.name() + "` |")))
                .as("rows of %s in README's table", entry.name())
                .singleElement()
                .asString()
                .contains("| " + entry.summary() + " |")
                .contains(traits.unbiased() ? "| yes |" : "| no |")
                .contains("| " + traits.memory() + " |")
                .contains("| " + entry.reference() + " |");
    }

    @Test
    void everyCellHasItsRow() throws IOException {
        List<String> rows = Docs.read("README.md").lines().toList();
        assertThat(Cells.CATALOG.entries())
                .allSatisfy(cell -> assertThat(rows)
                        .contains("| `" + cell.name() + "` | " + cell.summary() + " | " + cell.reference() + " |"));
    }

    /** A parameter born later must not change what the published runs are known by. */
    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "quickstart-text", "influence-balancing", "memory-tasks", "forget-bias"})
    void publishedRunsAreThoseOfTheirSweep(String name) throws IOException {
        String folder = "results/reference/" + name;
        List<String> ids = sweep(name, Docs.read(folder + "/sweep.yaml")).runs().stream()
                .map(RunSpec::id)
                .toList();
        List<String> rows = Docs.read(folder + "/runs.csv").lines().skip(1).toList();
        assertThat(rows).hasSameSizeAs(ids);
        assertThat(ids).allSatisfy(id -> assertThat(rows).anyMatch(row -> row.contains("," + id + ",")));
    }

    /** Times are kept where all else is renewed, so they could be left behind by the settings that they are of. */
    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "quickstart-text", "influence-balancing", "memory-tasks", "forget-bias"})
    void publishedTimesAreOfPublishedSettings(String name) throws IOException {
        String folder = "results/reference/" + name;
        assertThat(settings(folder + "/runtime.csv")).isNotEmpty().isSubsetOf(settings(folder + "/runs.csv"));
    }

    private static List<String> settings(String file) throws IOException {
        return CsvReader.builder().ofNamedCsvRecord(Docs.read(file)).stream()
                .map(row -> row.getField("setting"))
                .toList();
    }

    /** With 4 for whatever it requires. */
    private static GradientEstimator estimator(Entry<? extends GradientEstimator> entry) {
        String required = entry.parameters().stream()
                .filter(Parameter::required)
                .map(parameter -> ", " + parameter.name() + ": 4")
                .collect(Collectors.joining());
        String text = "name: docs\nseed: 1\ntask: {type: linear-drive, a: 0.9}\nestimator: {type: " + entry.name()
                + required + "}\n";
        return Estimators.CATALOG.create(
                "type", sweep("estimator", text).settings().get(0).estimator());
    }

    static Stream<String> commands() throws IOException {
        return Docs.all().stream().flatMap(document -> Docs.commands(document).stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandParses(String line) {
        List<String> words = Docs.words(line);
        assertThatCode(() -> new CommandLine(new Bptt())
                        .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void commandsWereFound() throws IOException {
        assertThat(commands()).contains("scripts/bptt run quickstart").hasSizeGreaterThan(5);
    }

    @Test
    void theSweepShownIsASweep() throws IOException {
        String shown = Docs.blocks(Docs.path("README.md"), "yaml").get(0);
        Sweep sweep = sweep("README.md", shown);
        assertThat(sweep.warnings()).isEmpty();
        assertThat(sweep.settings()).hasSizeGreaterThan(1);
    }

    @Test
    void theTutorialsSweepIsTheOneItReads() throws IOException {
        String shown = Docs.blocks(Docs.path("docs/tutorial.md"), "yaml").get(0);
        assertThat(Docs.read("results/reference/forget-bias/sweep.yaml")).isEqualTo(shown);
    }

    @Test
    void theCodeShownIsCompiledAndTested() throws IOException {
        String shown = Docs.blocks(Docs.path("README.md"), "java").get(0);
        assertThat(Docs.read(EXAMPLE)).contains(shown).endsWith(shown);
    }

    @ParameterizedTest
    @MethodSource("org.bpttbench.harness.Docs#all")
    void everyLinkResolves(Path document) throws IOException {
        String prose = Files.readString(document).replaceAll("(?s)```.*?```", "");
        assertThat(LINK.matcher(prose).results().map(found -> document.resolveSibling(found.group(1))))
                .allSatisfy(target -> assertThat(target).exists());
    }

    @Test
    void linksWereFound() throws IOException {
        assertThat(LINK.matcher(Docs.read("README.md")).results()).hasSizeGreaterThan(3);
    }

    /** The items of the worked reading, each about one row of the file that it reads. */
    static Stream<String> readings() throws IOException {
        String section = Docs.read("docs/statistics.md")
                .split("\n## A worked reading\n")[1]
                .split("\n## ")[0];
        return Stream.of(section.split("\n- ")).skip(1).map(item -> item.split("\n\n")[0]);
    }

    @ParameterizedTest
    @MethodSource("readings")
    void theWorkedReadingQuotesItsRow(String item) throws IOException {
        MatchResult subject = first(READ_ROW, item);
        NamedCsvRecord row = biasRow(subject.group(1), subject.group(2));
        List<String> quoted = new ArrayList<>();
        assertThat(READ_CELL.matcher(item).results()).isNotEmpty().allSatisfy(pair -> {
            quoted.add(pair.group(2));
            String cell = row.getField(pair.group(1));
            assertThat(rounded(cell, pair.group(2)))
                    .as(pair.group(1) + " is " + cell)
                    .isEqualTo(pair.group(2));
        });
        assertThat(DECIMAL.matcher(item).results().map(MatchResult::group))
                .as("decimals without their column")
                .isSubsetOf(quoted);
    }

    @Test
    void rowsAreReadInTheWorkedReading() throws IOException {
        assertThat(readings()).hasSizeGreaterThan(5);
    }

    private static NamedCsvRecord biasRow(String setting, String at) throws IOException {
        return CsvReader.builder().ofNamedCsvRecord(Docs.read("results/reference/quickstart/bias.csv")).stream()
                .filter(row -> row.getField("setting").equals(setting)
                        && row.getField("at").equals(at))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + setting + " at " + at));
    }

    /** A number to as many decimals as are quoted of it; a text as it is. */
    private static String rounded(String cell, String quoted) {
        if (!NUMBER.matcher(quoted).matches()) {
            return cell;
        }
        int decimals = quoted.contains(".") ? quoted.length() - quoted.indexOf('.') - 1 : 0;
        return new BigDecimal(cell).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    private static MatchResult first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of the form " + pattern + " in: " + text));
    }

    private static Sweep sweep(String name, String text) {
        return new SweepReader(Bundled.catalogs(new TaskShelf()))
                .read(name, text.getBytes(StandardCharsets.UTF_8), List.of());
    }
}
