package org.bpttbench.harness.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.FigureCsv;
import org.bpttbench.harness.figure.FigureSvg;
import org.bpttbench.harness.figure.Figures;
import org.bpttbench.harness.report.InventedJournal;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Summary;
import org.bpttbench.harness.report.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bias that is not told apart from none is never a negative number for people, and keeps its sign for programs. */
class NoNegativeBiasTest {
    private static final TaskShelf TASKS = new TaskShelf();

    /** Many draws leave an interval from 0, few leave none; one bias is shown. */
    private static final String SWEEP = """
        name: unbiased
        seed: 1
        task: {type: influence-balancing, units: 5, positive: 2}
        init: {type: constant, value: 0.5}
        measure: {bias: {at: [0], length: 50, draws: 2000}}
        grid: {estimator: [{type: tbptt, length: 7}, {type: artbp, mean: [5, 20]}, {type: uncompensated, mean: 5}]}
        """;

    /** The same without lengths, for figures with a row a setting. */
    private static final String LAWS = SWEEP.replace("length: 7", "length: 5")
            .replace("mean: [5, 20]", "mean: 5, law: [constant, {type: polynomial, alpha: 4}]");

    @TempDir
    Path folder;

    private Results results;

    @BeforeEach
    void invent() throws IOException {
        results = results(SWEEP);
    }

    private Results results(String text) throws IOException {
        Sweep sweep = new SweepReader(Bundled.catalogs(TASKS)).read("sweep.yaml", text);
        InventedJournal journal = new InventedJournal(folder.resolve("journal-" + text.length()));
        sweep.runs().forEach(run -> {
            InventedJournal.Run made = journal.done(run);
            String estimator = run.setting().estimator().toString();
            boolean few = estimator.contains("mean=20") || estimator.contains("polynomial");
            switch (run.setting().estimator().text("type")) {
                case "tbptt" -> made.exactBias(0, 0.25, 0.9);
                case "artbp" -> {
                    if (few) {
                        made.fewDraws(0, -0.0421, 0.99, 0.5);
                    } else {
                        made.sampledBias(0, -0.0375, 0.99, 3.5, 8);
                    }
                }
                default -> made.sampledBias(0, 0.5, 0.6, 0.01, 1);
            }
            made.add();
        });
        return Results.of(sweep, journal.read(), TASKS);
    }

    private List<NamedCsvRecord> bias() {
        return CsvReader.builder().ofNamedCsvRecord(Reports.text(Table.BIAS, results)).stream()
                .toList();
    }

    @Test
    void tablesForProgramsKeepTheSign() {
        assertThat(bias()).extracting(row -> row.getField("relative_bias")).satisfies(figures -> {
            assertThat(figures.get(1)).startsWith("-0.037");
            assertThat(figures.get(2)).startsWith("-0.042");
        });
        assertThat(bias().get(1).getField("relative_bias_low")).isEqualTo("0.0");
        assertThat(bias().get(2).getField("relative_bias_low")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 160})
    void theTerminalSaysHowLargeItMayBeOrNothing(int width) {
        List<String> lines = Summary.text(results, width).lines().toList();
        assertThat(lines).noneMatch(line -> line.contains("-0.0"));
        assertThat(lines).anyMatch(line -> line.matches("artbp mean=5 +≤ 0\\.[0-9]+ .*"));
        assertThat(lines).anyMatch(line -> line.matches("artbp mean=20 +0 .*undecided \\(draws\\)"));
        assertThat(lines).anyMatch(line -> line.matches("uncompensated mean=5 +0\\.50?0? .*biased.*"));
        assertThat(results.answer()).doesNotContain("-0");
    }

    @Test
    void soDoesThePage() {
        String page = ReportPage.of(results, Figures.of(results));
        String table = Pattern.compile("(?s)<table id=\"bias\">(.*?)</table>")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(table).contains(">≤ 0.").contains(">0<").doesNotContain("-0.0");
        assertThat(page).doesNotContain("relative bias: -", "-0.0375", "-0.0421");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bias-length", "bias-setting", "frontier"})
    void pointsLieInTheirIntervalsAndAreHollowWithoutOne(String name) throws IOException {
        List<Figure> figures = Figures.of(results(name.equals("bias-setting") ? LAWS : SWEEP)).stream()
                .filter(figure -> figure.name().equals(name))
                .toList();
        assertThat(figures).hasSize(1).allSatisfy(figure -> {
            List<NamedCsvRecord> marks = CsvReader.builder().ofNamedCsvRecord(FigureCsv.of(figure)).stream()
                    .toList();
            assertThat(marks).hasSize(4).allSatisfy(mark -> {
                double bias = Double.parseDouble(mark.getField("relative_bias"));
                assertThat(bias).isNotNegative();
                if (!mark.getField("relative_bias_low").isEmpty()) {
                    assertThat(bias)
                            .isBetween(
                                    Double.parseDouble(mark.getField("relative_bias_low")),
                                    Double.parseDouble(mark.getField("relative_bias_high")));
                }
            });
            assertThat(Pattern.compile("fill=\"none\" stroke-width=\"1.4\"/></g>")
                            .matcher(FigureSvg.file(figure))
                            .results())
                    .hasSize(1);
        });
    }
}
