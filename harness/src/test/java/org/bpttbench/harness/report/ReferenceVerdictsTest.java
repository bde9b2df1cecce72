package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interval, p and verdict of every published row say the same: they come from one statistic. */
class ReferenceVerdictsTest {
    private static final Path REFERENCE = Path.of("..", "results", "reference");

    static Stream<Path> tables() throws IOException {
        try (Stream<Path> files = Files.walk(REFERENCE)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("bias(_blocks)?\\.csv"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theLowerLimitIsAboveZeroWhereThePValueIsBelowFivePerCent(Path file) throws IOException {
        List<NamedCsvRecord> tested = rows(file).stream()
                .filter(row -> !row.getField("p_value").isEmpty())
                .toList();
        assertThat(tested).allSatisfy(row -> {
            double p = number(row, "p_value");
            assertThat(p).isPositive();
            assertThat(number(row, "relative_bias_low") > 0).isEqualTo(p < 0.05);
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void noSampledVerdictIsWithoutItsReason(Path file) throws IOException {
        if (file.endsWith("bias.csv")) {
            assertThat(rows(file))
                    .filteredOn(row -> !row.getField("p_value").isEmpty())
                    .allSatisfy(row -> {
                        double margin = number(row, "margin");
                        String expected = number(row, "smallest_margin") < margin
                                ? "equivalent "
                                : number(row, "p_holm") >= 0.05
                                        ? "undecided draws"
                                        : number(row, "relative_bias_low") >= margin
                                                ? "biased above-margin"
                                                : "biased size-open";
                        assertThat(row.getField("verdict") + " " + row.getField("reason"))
                                .isEqualTo(expected);
                    });
        }
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    private static List<NamedCsvRecord> rows(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        }
    }
}
