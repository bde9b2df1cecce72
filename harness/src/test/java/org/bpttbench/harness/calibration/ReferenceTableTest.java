package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The committed calibration is a whole one, whose checks are those that its counts give today; and the documents quote it as
 * it is.
 */
class ReferenceTableTest {
    private static final Path ROOT = Path.of("..");
    private static final Path FILE = ROOT.resolve("results/reference/calibration/" + CalibrationCsv.FILE);
    private static final CalibrationPlan PLAN =
            CalibrationPlan.full(1, CalibrationPlan.ENOUGH).withNetworks();

    private static final Map<CalibrationCell, CellResult> RESULTS = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        List<NamedCsvRecord> rows;
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(FILE)) {
            rows = reader.stream().toList();
        }
        assertThat(rows).hasSameSizeAs(PLAN.cells());
        for (int i = 0; i < rows.size(); i++) {
            RESULTS.put(PLAN.cells().get(i), result(rows.get(i)));
        }
    }

    private static CellResult result(NamedCsvRecord row) {
        return new CellResult(
                Double.parseDouble(row.getField("margin")),
                Double.parseDouble(row.getField("bias")),
                Double.parseDouble(row.getField("unseen_variance")),
                Double.parseDouble(row.getField("effective_flips")),
                Integer.parseInt(row.getField("repetitions")),
                count(row, "guarded"),
                count(row, "biased"),
                count(row, "equivalent"),
                count(row, "undecided_tail"),
                count(row, "undecided_draws"),
                count(row, "alarms"),
                count(row, "far_alarms"),
                count(row, "coverage"));
    }

    private static int count(NamedCsvRecord row, String share) {
        return (int)
                Math.round(Double.parseDouble(row.getField(share)) * Integer.parseInt(row.getField("repetitions")));
    }

    @Test
    void itsBoundsAndChecksAreThoseOfItsCounts() throws IOException {
        assertThat(CalibrationCsv.text(PLAN, RESULTS)).isEqualTo(Files.readString(FILE));
    }

    @Test
    void everyCellPassesOrIsStopped() {
        assertThat(RESULTS)
                .allSatisfy((cell, result) -> assertThat(
                                Check.of(PLAN, cell, result).outcome())
                        .as(cell.toString())
                        .isEqualTo(result.stopped() ? Check.Outcome.GUARDED : Check.Outcome.PASS));
        assertThat(Pooled.of(RESULTS).holds()).isTrue();
    }

    /** A guard that stopped everything would let nothing fail. */
    @Test
    void theGuardStopsWhatItShould() {
        List<CalibrationCell> stopped = PLAN.cells().stream()
                .filter(cell -> Objects.requireNonNull(RESULTS.get(cell)).stopped())
                .toList();
        assertThat(stopped).hasSizeLessThan(PLAN.cells().size() / 4);
        assertThat(PLAN.cells().stream()
                        .filter(cell -> cell.subject().words().startsWith("heavy") && cell.draws() == 200))
                .isNotEmpty()
                .allMatch(stopped::contains);
        assertThat(stopped)
                .noneMatch(
                        cell -> cell.draws() >= 1000 && !cell.subject().words().startsWith("heavy"));
    }

    @Test
    void theDocumentsQuoteIt() throws IOException {
        String table = RESULTS.entrySet().stream()
                .filter(entry -> entry.getKey().bias() == 0)
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        assertThat(Files.readString(ROOT.resolve("docs/statistics.md"))).contains(table);
    }

    private static String row(CalibrationCell cell, CellResult unbiased) {
        Optional<CellResult> reached =
                Optional.ofNullable(RESULTS.get(new CalibrationCell(cell.subject(), cell.draws(), 1)));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s |\n",
                cell.subject().words(),
                cell.looks() > 1 ? cell.looks() + " looks" : String.format(Locale.ROOT, "%,d", cell.draws()),
                unbiased.stopped() ? "stopped" : percent(unbiased.biased()),
                percent(unbiased.alarms()),
                percent(unbiased.farAlarms()),
                reached.map(result -> percent(result.equivalent())).orElse(""),
                percent(unbiased.covered()));
    }

    private static String percent(int count) {
        BigDecimal rows = BigDecimal.valueOf(PLAN.repetitions());
        return BigDecimal.valueOf(100L * count).divide(rows, 2, RoundingMode.HALF_UP) + " %";
    }
}
