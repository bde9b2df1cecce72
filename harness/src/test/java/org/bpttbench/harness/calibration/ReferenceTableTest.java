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
    private static final CalibrationPlan PLAN = CalibrationPlan.full(1, CalibrationPlan.ENOUGH, 999);

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
                Double.parseDouble(row.getField("unseen_variance")),
                Integer.parseInt(row.getField("repetitions")),
                count(row, "biased"),
                count(row, "equivalent"),
                count(row, "undecided_tail"),
                count(row, "undecided_draws"),
                count(row, "significant"),
                count(row, "coverage"),
                count(row, "projection_coverage"));
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
    void noCellFails() {
        assertThat(RESULTS)
                .allSatisfy((cell, result) -> assertThat(Check.of(cell, result).outcome())
                        .isEqualTo(cell.tail().equals(Tail.HEAVY) ? Check.Outcome.GUARDED : Check.Outcome.PASS));
    }

    @Test
    void theDocumentsQuoteIt() throws IOException {
        String table = RESULTS.entrySet().stream()
                .filter(entry ->
                        entry.getKey().bias() == 0 && !entry.getKey().tail().equals(Tail.HEAVY))
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        assertThat(Files.readString(ROOT.resolve("docs/statistics.md"))).contains(table);
    }

    private static String row(CalibrationCell cell, CellResult unbiased) {
        CellResult reached = Objects.requireNonNull(
                RESULTS.get(new CalibrationCell(cell.tail(), cell.parameters(), cell.draws(), 1)));
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %s | %s | %s | %s | %s |\n",
                cell.tail().name(),
                cell.parameters(),
                cell.draws(),
                percent(unbiased.biased()),
                percent(unbiased.significant()),
                percent(reached.equivalent()),
                percent(unbiased.covered()),
                percent(unbiased.projectionCovered()));
    }

    private static String percent(int count) {
        BigDecimal rows = BigDecimal.valueOf(CalibrationPlan.ENOUGH);
        return BigDecimal.valueOf(100L * count).divide(rows, 1, RoundingMode.HALF_UP) + " %";
    }
}
