package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From benchmarks in the journal to rows. */
class TimingRowsTest {
    private static final TaskShelf TASKS = new TaskShelf();

    @TempDir
    Path folder;

    private Sweep sweep = read("");
    private Path file = Path.of("");

    private static Sweep read(String reference) {
        return new SweepReader(Bundled.catalogs(TASKS)).read("tiny.yaml", """
                name: tiny
                seed: 1
                task: {type: influence-balancing, units: 3, positive: 1}
                train: {steps: 60, sequence: 20, optimizer: {type: sgd, rate: 1.0e-3}}
                grid:
                  train.sequence: [20, 30]
                  estimator: [{type: tbptt, length: 5}, full]
                """ + reference);
    }

    @BeforeEach
    void journal() throws IOException {
        file = Files.createDirectories(folder.resolve("journal")).resolve("timing.jsonl");
    }

    private void add(int setting, String backend, List<Double> nanos, List<Double> bytes) throws IOException {
        Map<String, Object> effort = Map.of("forks", nanos.size(), "warm_up_seconds", 1.0, "seconds", 1.0);
        Map<String, Object> record = Map.of(
                "type",
                "timing",
                "setting",
                sweep.settings().get(setting).id(),
                "backend",
                backend,
                "java",
                "some",
                "code",
                "c0de",
                "effort",
                effort,
                "forks",
                nanos,
                "bytes",
                bytes,
                "provenance",
                "5e55");
        Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + Json.write(record) + "\n");
    }

    private List<NamedCsvRecord> rows() throws IOException {
        Reports.write(folder, Results.of(sweep, Journal.read(folder), TASKS));
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(folder.resolve(Table.RUNTIME.file()))) {
            return reader.stream().toList();
        }
    }

    @Test
    void aRowHasStudentsIntervalOverForks() throws IOException {
        add(1, "plain", List.of(10.0, 12.0, 14.0), List.of(0.0, 0.5, 1.0));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getField("setting"))
                    .isEqualTo(sweep.settings().get(1).id());
            assertThat(row.getField("source")).isEqualTo("jmh");
            assertThat(row.getField("nanos_per_step")).isEqualTo("12.0");
            // 0.975 quantile of Student's t with 2 degrees of freedom, times 2 / √3
            double half = 4.302652729749464 * 2 / Math.sqrt(3);
            assertThat(Double.parseDouble(row.getField("nanos_low"))).isCloseTo(12 - half, within(1e-9));
            assertThat(Double.parseDouble(row.getField("nanos_high"))).isCloseTo(12 + half, within(1e-9));
            assertThat(row.getField("bytes_per_step")).isEqualTo("0.5");
            assertThat(row.getField("peak_heap_bytes")).isEmpty();
            assertThat(row.getField("backend")).isEqualTo("plain");
        });
    }

    @Test
    void oneForkGivesNoInterval() throws IOException {
        add(0, "vector", List.of(10.0), List.of(0.0));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getField("nanos_per_step")).isEqualTo("10.0");
            assertThat(row.getField("nanos_low")).isEmpty();
            assertThat(row.getField("nanos_high")).isEmpty();
        });
    }

    @Test
    void rowsAreInSweepOrderAndTheNewestCounts() throws IOException {
        add(2, "plain", List.of(30.0), List.of(0.0));
        add(0, "plain", List.of(10.0), List.of(0.0));
        add(2, "vector", List.of(20.0), List.of(0.0));
        assertThat(rows()).extracting(row -> row.getField("nanos_per_step")).containsExactly("10.0", "20.0");
    }

    private Map<Object, Object> ratios() throws IOException {
        List<Double> none = List.of(0.0);
        add(0, "plain", List.of(10.0), none);
        add(1, "plain", List.of(20.0), none);
        add(2, "plain", List.of(30.0), none);
        add(3, "plain", List.of(40.0), none);
        List<String> ids = sweep.settings().stream().map(Setting::id).toList();
        return new TimingTable(sweep, Journal.read(folder))
                .trees().stream()
                        .collect(Collectors.toMap(tree -> ids.indexOf(tree.get("setting")), tree -> tree.get("ratio")));
    }

    @Test
    void ratiosAreToTheFirstSetting() throws IOException {
        assertThat(ratios()).isEqualTo(Map.of(0, 1.0, 1, 2.0, 2, 3.0, 3, 4.0));
    }

    @Test
    void ratiosAreToTheReferenceThatAgreesInTheRest() throws IOException {
        sweep = read("reference: {estimator.type: full}\n");
        assertThat(sweep.settings())
                .extracting(each -> each.estimator().text("type"))
                .containsExactly("tbptt", "full", "tbptt", "full");
        assertThat(ratios()).isEqualTo(Map.of(0, 0.5, 1, 1.0, 2, 0.75, 3, 1.0));
    }

    @Test
    void aSettingWithoutABenchmarkSaysSo() throws IOException {
        add(0, "plain", List.of(10.0), List.of(0.0));
        List<List<String>> rows = new TimingTable(sweep, Journal.read(folder)).rows();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).contains("10.0", "1.00", "plain");
        assertThat(rows.get(1)).contains("-").doesNotContain("plain");
    }
}
