package org.bpttbench.harness.figure;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What figures show is what the CSV files say, read back by an independent reader. */
class FiguresTest {
    @TempDir
    Path folder;

    @Test
    void theShapeOfASweepCallsForFigures() throws IOException {
        assertThat(names(InventedResults.full(folder.resolve("full"))))
                .containsExactly(
                        "bias-length",
                        "projection-length",
                        "bias-init",
                        "frontier",
                        "draws",
                        "final",
                        "curves",
                        "time-length",
                        "memory-length");
        assertThat(names(InventedResults.untrained(folder.resolve("bias")))).containsExactly("bias-setting");
        assertThat(names(InventedResults.trained(folder.resolve("trained")))).containsExactly("final", "curves");
    }

    private static List<String> names(Results results) {
        return Figures.of(results).stream().map(Figure::name).toList();
    }

    /** But for a bias below 0, which is drawn as none. */
    @Test
    void biasAndProjectionAreThoseOfBiasCsv() throws IOException {
        Results results = InventedResults.full(folder);
        for (String column : List.of("relative_bias", "projection")) {
            Figure figure = figure(results, column.equals("projection") ? "projection-length" : "bias-length");
            List<String> expected = new ArrayList<>();
            for (NamedCsvRecord row : rows(results, Table.BIAS)) {
                String length = row.getField("estimator.length") + row.getField("estimator.mean");
                if (!length.isEmpty()) {
                    String low = row.getField("method").equals("exact") ? "" : row.getField(column + "_low");
                    String high = row.getField("method").equals("exact") ? "" : row.getField(column + "_high");
                    expected.add(String.join(
                            " ",
                            row.getField("setting"),
                            panel(row),
                            decimal(length),
                            column.equals("relative_bias")
                                    ? row.getField(column).replaceFirst("^-.*", "0.0")
                                    : row.getField(column),
                            low,
                            high));
                }
            }
            assertThat(marks(figure)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(marksOfCsv(figure, column)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Of all directions in which a figure has its ranges. */
    @ParameterizedTest
    @EnumSource
    void aPointLiesInItsRange(Kind kind) {
        Axis axis = new Axis("a", "a", "", Scale.LINEAR);
        Interval range = new Interval(2, 3);
        Mark mark = Mark.at("s", "n", -1, -1).value(-1).range(Optional.of(range));
        Panel panel = Panel.of("", List.of(new Series("s", new Look(0, 0), List.of(mark))), List.of());
        Figure figure = new Figure("f", "t", "c", kind, axis, axis, Optional.of(axis), List.of(panel));
        Mark drawn = figure.panels().get(0).series().get(0).marks().get(0);
        double along = kind == Kind.ROWS
                ? drawn.x()
                : kind == Kind.CELLS ? drawn.value().orElseThrow() : drawn.y();
        assertThat(along).isEqualTo(2);
        assertThat(drawn.x() + drawn.y() + drawn.value().orElseThrow()).isEqualTo(2 - 1 - 1);
    }

    @Test
    void whatIsNotFiniteHasNoPlace() {
        Interval open = new Interval(0, Double.POSITIVE_INFINITY);
        Mark mark = Mark.at("s", "n", Double.POSITIVE_INFINITY, 1)
                .value(Double.NaN)
                .range(Optional.of(open))
                .box(open);
        assertThat(mark.x()).isNaN();
        assertThat(mark.value()).isEmpty();
        assertThat(mark.range()).isEmpty();
        assertThat(mark.box()).isEmpty();
    }

    private static String panel(NamedCsvRecord row) {
        return "init.value = " + row.getField("init.value").replaceFirst("\\.0$", "") + "; "
                + (row.getField("at").equals("0") ? "before training" : "after 1000 steps");
    }

    private static String decimal(String number) {
        return Double.toString(Double.parseDouble(number));
    }

    private static List<String> marks(Figure figure) {
        List<String> marks = new ArrayList<>();
        for (Panel panel : figure.panels()) {
            for (Series series : panel.series()) {
                for (Mark mark : series.marks()) {
                    marks.add(String.join(
                            " ",
                            mark.setting(),
                            panel.title(),
                            Double.toString(mark.x()),
                            org.bpttbench.experiments.spec.Json.write(mark.y()),
                            mark.range()
                                    .map(range -> org.bpttbench.experiments.spec.Json.write(range.low()))
                                    .orElse(""),
                            mark.range()
                                    .map(range -> org.bpttbench.experiments.spec.Json.write(range.high()))
                                    .orElse("")));
                }
            }
        }
        return marks;
    }

    private static List<String> marksOfCsv(Figure figure, String column) {
        return read(FigureCsv.of(figure)).stream()
                .map(row -> String.join(
                        " ",
                        row.getField("setting"),
                        row.getField("panel"),
                        decimal(row.getField("mean_segment_length")),
                        row.getField(column),
                        row.getField(column + "_low"),
                        row.getField(column + "_high")))
                .toList();
    }

    @Test
    void finalValuesAreThoseOfAccuracyCsvAndDivergedOnesAreNamed() throws IOException {
        Results results = InventedResults.full(folder);
        Map<String, String> expected = new HashMap<>();
        for (NamedCsvRecord row : rows(results, Table.ACCURACY)) {
            if (row.getField("metric").equals("theta_error")) {
                expected.put(row.getField("setting"), row.getField("iqm") + " " + row.getField("diverged"));
            }
        }
        Map<String, String> shown = new HashMap<>();
        for (NamedCsvRecord row : read(FigureCsv.of(figure(results, "final")))) {
            String note = row.getField("note");
            shown.put(
                    row.getField("setting"),
                    row.getField("iqm") + " "
                            + (note.isEmpty() ? "0" : note.replaceAll("diverged in (\\d+) of 3", "$1")));
        }
        assertThat(shown)
                .isEqualTo(expected)
                .containsValue(expected.values().stream()
                        .filter(value -> value.endsWith(" 1"))
                        .findFirst()
                        .orElseThrow());
    }

    /** By the values put in: 2/(1+step) and 0.01 for every replicate; the diverged one has no last point. */
    @Test
    void curvesAreMediansAndBandsOfReplicates() throws IOException {
        Results results = InventedResults.full(folder);
        for (Panel panel : figure(results, "curves").panels()) {
            for (Series series : panel.series()) {
                boolean diverges = series.name().equals("TBPTT, length 5");
                boolean failed = series.name().equals("TBPTT, length 20");
                assertThat(series.marks()).extracting(Mark::x).containsExactly(0.0, 500.0, 1000.0);
                for (Mark mark : series.marks()) {
                    double of = 2 / (1 + mark.x());
                    boolean two = failed || (diverges && mark.x() == 1000);
                    assertThat(mark.y()).isEqualTo(failed ? ((of + 0.0) + (of + 0.01)) / 2 : of + 0.01);
                    assertThat(mark.range().orElseThrow().low()).isEqualTo(of);
                    assertThat(mark.range().orElseThrow().high()).isEqualTo(of + (two ? 0.01 : 0.02));
                }
                assertThat(series.marks().get(2).note()).isEqualTo(diverges ? "diverged in 1 of 3" : "");
            }
        }
    }

    /** The quantiles put in are those of a uniform distribution from −1 to 3. */
    @Test
    void drawsShowTheQuantilesThatTheJournalKeeps() throws IOException {
        List<Mark> drawn = figure(InventedResults.full(folder), "draws").panels().stream()
                .flatMap(panel -> panel.series().stream())
                .filter(series -> series.name().startsWith("ARTBP"))
                .flatMap(series -> series.marks().stream())
                .toList();
        assertThat(drawn).hasSize(16).allSatisfy(mark -> {
            assertThat(mark.x()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
            assertThat(mark.box().orElseThrow().low()).isCloseTo(0, org.assertj.core.data.Offset.offset(1e-12));
            assertThat(mark.box().orElseThrow().high()).isCloseTo(2, org.assertj.core.data.Offset.offset(1e-12));
            assertThat(mark.range().orElseThrow().low()).isCloseTo(-0.9, org.assertj.core.data.Offset.offset(1e-12));
            assertThat(mark.range().orElseThrow().high()).isCloseTo(2.9, org.assertj.core.data.Offset.offset(1e-12));
        });
    }

    /** Checked pair by pair against the definition, on the figures of bias.csv. */
    @Test
    void greyIsWhatAnotherTruncationBeats() throws IOException {
        Results results = InventedResults.full(folder);
        List<NamedCsvRecord> rows = rows(results, Table.BIAS);
        long greys = 0;
        for (Panel panel : figure(results, "frontier").panels()) {
            for (Series series : panel.series()) {
                for (Mark mark : series.marks()) {
                    NamedCsvRecord own = rows.stream()
                            .filter(row -> row.getField("setting").equals(mark.setting())
                                    && panel(row).equals(panel.title()))
                            .findFirst()
                            .orElseThrow();
                    boolean beaten = !own.getField("estimator.type").equals("full")
                            && rows.stream()
                                    .filter(row -> panel(row).equals(panel.title())
                                            && !row.getField("estimator.type").equals("full"))
                                    .anyMatch(other -> beats(other, own));
                    assertThat(mark.faded()).isEqualTo(beaten);
                    greys += beaten ? 1 : 0;
                }
            }
        }
        assertThat(greys).isPositive();
    }

    private static boolean beats(NamedCsvRecord rival, NamedCsvRecord beaten) {
        boolean better = false;
        for (String column :
                List.of("relative_bias", "relative_variance", "backward_steps_per_step", "peak_tape_steps")) {
            double a = Math.max(0, Double.parseDouble(rival.getField(column)));
            double b = Math.max(0, Double.parseDouble(beaten.getField(column)));
            if (a > b) {
                return false;
            }
            better |= a < b;
        }
        return better;
    }

    private static Figure figure(Results results, String name) {
        return Figures.of(results).stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<NamedCsvRecord> rows(Results results, Table table) {
        return read(Reports.text(table, results));
    }

    private static List<NamedCsvRecord> read(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }
}
