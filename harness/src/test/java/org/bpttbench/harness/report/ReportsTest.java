package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.RequestRecord;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.MeasurementKey;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CSV files of a journal written by hand; {@code small/README.md} says where their figures come from. */
class ReportsTest {
    private static final TaskShelf TASKS = new TaskShelf();
    private static final SweepReader READER = new SweepReader(Bundled.catalogs(TASKS));

    @TempDir
    Path folder;

    private final Sweep sweep;
    private final SmallJournal small;

    ReportsTest() throws IOException {
        sweep = READER.read("sweep.yaml", SmallJournal.text("sweep.yaml"));
        small = new SmallJournal(sweep);
    }

    private Journal journal() throws IOException {
        return SmallJournal.write(
                folder, Map.of("a.jsonl", small.lines("worker-0.jsonl"), "b.jsonl", small.lines("worker-1.jsonl")));
    }

    static List<Table> tables() {
        return Table.ofSweep();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void filesAreAsExpected(Table table) throws IOException {
        Reports.write(folder, Results.of(sweep, journal(), TASKS));
        assertThat(small.placed(Files.readString(folder.resolve(table.file()))))
                .isEqualTo(SmallJournal.text(table.file()));
    }

    @Test
    void requestsAreRead() throws IOException {
        Setting artbp = sweep.settings().get(2);
        String key = MeasurementKey.ofBias(artbp);
        assertThat(journal().requests())
                .containsExactly(new RequestRecord(
                        List.of(new RequestRecord.Bias(key, 0, 2, 1), new RequestRecord.Bias(key, 100, 0, 1)),
                        List.of(new RequestRecord.Accuracy(MeasurementKey.ofAccuracy(artbp), 1))));
    }

    /** As versions wrote journals that knew no requests. */
    @Test
    void aJournalWithoutRequestsIsThatOfAFirstLook() throws IOException {
        List<String> older = small.lines("worker-1.jsonl").stream()
                .filter(line -> !line.contains("\"request\""))
                .toList();
        Journal journal =
                SmallJournal.write(folder, Map.of("a.jsonl", small.lines("worker-0.jsonl"), "b.jsonl", older));
        assertThat(journal.requests()).isEmpty();
        assertThat(small.placed(
                        String.valueOf(Reports.texts(sweep, journal, TASKS).get(Table.BIAS))))
                .isEqualTo(SmallJournal.text("bias.csv"));
    }

    @Test
    void nothingButTheFilesIsLeft() throws IOException {
        Journal journal = journal();
        Path results = folder.resolve("not/yet/there");
        Reports.write(results, Results.of(sweep, journal, TASKS));
        Reports.write(results, Results.of(sweep, journal, TASKS));
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Table.ofSweep().stream().map(Table::file).toList());
        }
    }

    @Test
    void theOrderOfTheJournalHasNoInfluence() throws IOException {
        Map<Table, String> usual = Reports.texts(sweep, journal(), TASKS);
        List<String> lines = new ArrayList<>(small.lines("worker-1.jsonl"));
        lines.addAll(small.lines("worker-0.jsonl"));
        Collections.reverse(lines);
        List<String> one = lines.subList(0, 3);
        List<String> other = lines.subList(3, lines.size());
        Journal shuffled = SmallJournal.write(folder.resolve("other"), Map.of("z.jsonl", one, "y.jsonl", other));
        assertThat(shuffled.runs()).hasSize(8);
        assertThat(Reports.texts(sweep, shuffled, TASKS)).isEqualTo(usual);
    }

    /** RFC 4180 by an independent reader: a quoted cell with a comma, quotes and a line feed comes back whole. */
    @Test
    void whatASpreadsheetWouldExecuteIsText() throws IOException {
        String runs = Reports.texts(sweep, journal(), TASKS).get(Table.RUNS);
        List<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(String.valueOf(runs)).stream()
                .toList();
        assertThat(rows)
                .extracting(row -> row.getField("message"))
                .contains("'=1+1 \"quoted\",\nand a second line", "'-1.0E7 is parameter 0");
        assertThat(rows).extracting(row -> row.getField("init.value")).containsOnly("-0.5");
    }

    @Test
    void numbersAreNotTakenForFormulas() {
        assertThat(Stream.of("-1.0E-7", "-3", "1.5", "", "plain").map(CsvText::harmless))
                .containsExactly("-1.0E-7", "-3", "1.5", "", "plain");
        assertThat(Stream.of("=A1", "+1", "-A1", "@x", "\t=A1", "-1.0E-7+A1").map(CsvText::harmless))
                .containsExactly("'=A1", "'+1", "'-A1", "'@x", "'\t=A1", "'-1.0E-7+A1");
    }

    @Test
    void whatIsNotDoneHasOnlyAHeader() throws IOException {
        String text = SmallJournal.text("sweep.yaml").replaceFirst("(?s)train:.*grid:", "grid:");
        Sweep bare = READER.read("bare.yaml", text);
        Map<Table, String> files = Reports.texts(bare, journal(), TASKS);
        assertThat(files).hasSize(Table.ofSweep().size());
        assertThat(files.values()).allMatch(file -> file.startsWith("sweep,setting,estimator.type,"));
        assertThat(files.values()).allMatch(file -> file.indexOf('\n') == file.length() - 1);
    }
}
