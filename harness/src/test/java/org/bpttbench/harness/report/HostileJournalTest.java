package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.FigureCsv;
import org.bpttbench.harness.figure.FigureSvg;
import org.bpttbench.harness.figure.Figures;
import org.bpttbench.harness.page.ComparisonPage;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.stats.Choices;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a journal, every file of a report is written, and every cell holds a finite figure or none. */
class HostileJournalTest {
    private static final TaskShelf TASKS = new TaskShelf();
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)-?(nan|inf(inity)?|∞)");

    private static final String SWEEP = """
        name: hostile
        seed: 1
        replicates: 2
        task: {type: influence-balancing, units: 5, positive: 2}
        init: {type: constant, value: 0.5}
        train: {steps: 1000, sequence: 100, optimizer: {type: sgd, rate: 3.0e-4}}
        measure:
          bias: {at: [0], length: 50, draws: 100}
          accuracy: {every: 500, target: {loss: 1.0e-3}}
        reference: {estimator.type: full}
        grid: {estimator: [full, {type: tbptt, length: 5}, {type: artbp, mean: [5, 20]}]}
        """;

    @TempDir
    Path folder;

    /** What a number of a journal may be: absent is what is written where it was not finite. */
    private static Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("absent", "");
        numbers.put("zero", 0.0);
        numbers.put("negative", -1.0);
        numbers.put("subnormal", 1e-320);
        numbers.put("too small to be squared", 1e-200);
        numbers.put("too large to be squared", 1e200);
        numbers.put("largest", Double.MAX_VALUE);
        return numbers;
    }

    private static Map<String, UnaryOperator<double[]>> arrays() {
        Map<String, UnaryOperator<double[]>> arrays = new LinkedHashMap<>();
        for (double each : new double[] {Double.NaN, INFINITE, -INFINITE, 1e200, 1e-320, Double.MAX_VALUE, 0}) {
            arrays.put("one " + each, values -> {
                double[] copy = values.clone();
                if (copy.length > 0) {
                    copy[copy.length / 2] = each;
                }
                return copy;
            });
            arrays.put("all " + each, values -> {
                double[] copy = values.clone();
                Arrays.fill(copy, each);
                return copy;
            });
        }
        return arrays;
    }

    /** What is spoilt, and how. */
    static List<Arguments> spoilt() {
        List<Arguments> cases = new ArrayList<>();
        for (String entry : List.of(
                "gradient_norm",
                "term_norms",
                "data_variance",
                "blocks/gradient_squared",
                "sample/effective_draws",
                "walk/forward_steps",
                "walk/backward_steps",
                "walk/mean_segment",
                "walk/max_weight")) {
            numbers().keySet().forEach(how -> cases.add(Arguments.of(entry, how)));
        }
        for (String entry : List.of("blocks/inner", "blocks/squares", "blocks/means", "sample/quantiles")) {
            arrays().keySet().forEach(how -> cases.add(Arguments.of(entry, how)));
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("spoilt")
    void everyFileIsWritten(String entry, String how) throws IOException {
        assertReported(sweep(), measured -> spoil(measured, entry, how), run -> true);
    }

    @Tag("long")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("spoilt")
    void everyFileIsWrittenWhereOneReplicateIsSpoilt(String entry, String how) throws IOException {
        assertReported(sweep(), measured -> spoil(measured, entry, how), run -> run.replicate() == 0);
    }

    /** Everything at once, of one replicate and one batch. */
    @Test
    void oneReplicateOfNothingButZeros() throws IOException {
        Sweep one = sweep("replicates=1");
        assertReported(
                one,
                measured -> spoilt().stream()
                        .map(each -> (String) each.get()[0])
                        .distinct()
                        .forEach(entry -> spoil(
                                measured,
                                entry,
                                entry.matches(".*(inner|squares|means|quantiles)") ? "all 0.0" : "zero")),
                run -> true);
    }

    /** Not a run, or none that ended well, has a record. */
    @ParameterizedTest
    @ValueSource(strings = {"", "failed", "timed-out", "diverged"})
    void nothingThatCouldBeReported(String outcome) throws IOException {
        Path results = folder.resolve("results");
        InventedJournal journal = new InventedJournal(results);
        if (!outcome.isEmpty()) {
            sweep().runs().forEach(run -> journal.ended(run, outcome, "why").add());
        }
        Results read = Results.of(sweep(), journal.read(), TASKS);
        ReportFiles.write(results, read);
        for (Table table : Table.ofSweep()) {
            assertFinite(table.file(), Files.readString(results.resolve(table.file())));
        }
        assertThat(results.resolve(ReportFiles.PAGE)).isNotEmptyFile();
        assertThat(Summary.text(read, 120)).contains("In short: ");
        assertComparable(read);
    }

    private static Sweep sweep(String... overrides) {
        return new SweepReader(Bundled.catalogs(TASKS)).read("sweep.yaml", SWEEP, overrides);
    }

    @SuppressWarnings("unchecked") // a journal's maps have text keys
    private static void spoil(Map<String, Object> measured, String entry, String how) {
        Object at = measured;
        String[] path = entry.split("/", -1);
        for (int i = 0; i + 1 < path.length; i++) {
            at = at instanceof Map<?, ?> map ? map.get(path[i]) : at;
            at = at instanceof List<?> list ? list.get(0) : at;
        }
        if (at == null) {
            return; // no sample of what is exact
        }
        Map<String, Object> map = (Map<String, Object>) at;
        String name = path[path.length - 1];
        UnaryOperator<double[]> change = arrays().get(how);
        if (change != null) {
            map.put(name, InventedJournal.encoded(change.apply(InventedJournal.decoded((String)
                    Objects.requireNonNull(map.get(name))))));
        } else if (how.equals("absent")) {
            map.remove(name);
        } else {
            map.put(name, Objects.requireNonNull(numbers().get(how)));
        }
    }

    private void assertReported(Sweep sweep, Consumer<Map<String, Object>> change, Predicate<RunSpec> which)
            throws IOException {
        Path results = Files.createTempDirectory(folder, "results");
        Results read = Results.of(sweep, journal(results, sweep, change, which), TASKS);
        List<Figure> figures = ReportFiles.write(results, read);
        for (Table table : Table.ofSweep()) {
            assertFinite(table.file(), Files.readString(results.resolve(table.file())));
        }
        assertThat(results.resolve(ReportFiles.PAGE)).content().doesNotContain("NaN", "Infinity");
        assertThat(figures).isNotEmpty().isEqualTo(Figures.of(read));
        for (Figure figure : figures) {
            assertFinite(figure.name(), FigureCsv.of(figure));
            assertThat(FigureSvg.file(figure)).doesNotContain("NaN", "Infinity", "" + Long.MAX_VALUE / 10);
        }
        assertThat(Summary.text(read, 120)).doesNotContain("NaN", "Infinity").contains("In short: ");
        assertComparable(read);
    }

    private static void assertComparable(Results results) {
        SweepReader reader = new SweepReader(Bundled.catalogs(TASKS));
        ComparisonReport report = ComparisonReport.ofEstimators(
                results,
                "tbptt",
                reader.partial("A", List.of("estimator.type=tbptt")),
                "artbp",
                reader.partial("B", List.of("estimator.type=artbp")),
                Choices.of(results.sweep(), results.settings(), TASKS));
        assertFinite("compare.csv", report.csv());
        assertThat(report.text(120)).doesNotContain("NaN", "Infinity");
        assertThat(ComparisonPage.of(report)).doesNotContain("NaN", "Infinity");
    }

    private static void assertFinite(String file, String csv) {
        assertThat(CsvReader.builder().ofNamedCsvRecord(csv).stream())
                .allSatisfy(row -> assertThat(row.getFields())
                        .as(file)
                        .noneMatch(cell -> NOT_FINITE.matcher(cell).matches()));
    }

    private static Journal journal(
            Path results, Sweep sweep, Consumer<Map<String, Object>> change, Predicate<RunSpec> which)
            throws IOException {
        InventedJournal journal = new InventedJournal(results);
        for (RunSpec run : sweep.runs()) {
            InventedJournal.Run made = journal.done(run).trained(1000, 100);
            switch (run.setting().estimator().text("type")) {
                case "full" -> made.exactBias(0, 0, 1);
                case "tbptt" -> made.exactBias(0, 0.4, 0.9);
                default ->
                    made.barelySampledBias(0, -0.01 * run.replicate(), 0.99, 2, 8)
                            .quantiles(-1, 0.5, 1, 1.5, 3);
            }
            if (which.test(run)) {
                made.spoil(change);
            }
            double loss = run.replicate() == 0 ? 1e308 : 1e-320;
            made.point(0, "loss", 1.7e308)
                    .point(1000, "loss", loss)
                    .point(1000, "theta", -1.7e308)
                    .point(1000, "theta_error", 1e200)
                    .add();
        }
        return journal.read();
    }
}
