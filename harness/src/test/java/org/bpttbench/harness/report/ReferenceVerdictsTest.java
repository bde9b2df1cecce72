package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interval, p and verdict of every published row say the same: they come from one statistic. */
class ReferenceVerdictsTest {
    private static final Path REFERENCE = Path.of("..", "results", "reference");

    /** Of sweeps that measure bias. */
    static List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.walk(REFERENCE)) {
            return files.filter(file -> file.getFileName().toString().matches("bias(_blocks)?\\.csv"))
                    .filter(file -> !rows(file).isEmpty())
                    .toList();
        }
    }

    static List<Path> verdicts() throws IOException {
        return tables().stream().filter(file -> file.endsWith("bias.csv")).toList();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theLowerLimitIsAboveZeroWhereThePValueIsBelowFivePerCent(Path file) {
        assertThat(tested(file)).isNotEmpty().allSatisfy(row -> {
            double p = number(row, "p_value");
            assertThat(p).isPositive();
            assertThat(number(row, "relative_bias_low") > 0).isEqualTo(p < 0.05);
        });
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void verdictsFollowFromTheFigures(Path file) {
        assertThat(tested(file))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getField("verdict") + " " + row.getField("reason"))
                        .isEqualTo(verdict(row)));
    }

    private static String verdict(NamedCsvRecord row) {
        double margin = number(row, "margin");
        if (number(row, "smallest_margin") < margin) {
            return "equivalent ";
        }
        if (number(row, "p_holm") >= 0.05) {
            return "undecided draws";
        }
        return number(row, "relative_bias_low") >= margin ? "biased above-margin" : "biased size-open";
    }

    private static List<NamedCsvRecord> tested(Path file) {
        return rows(file).stream()
                .filter(row -> !row.getField("p_value").isEmpty())
                .toList();
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    private static List<NamedCsvRecord> rows(Path file) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
