package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bpttbench.harness.calibration.Calibration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code results/README.md} shows the columns that the files have, in their order and words. */
class ResultsReadmeTest {
    private static final String HEAD = "| column | unit | definition |\n|---|---|---|\n";

    @ParameterizedTest
    @EnumSource(Table.class)
    void itShowsTheColumnsOfEveryFile(Table table) throws IOException {
        assertThat(section("### `" + table.file() + "`: a row is " + table.row() + "\n"))
                .endsWith("\n" + HEAD + lines(table.columns()));
    }

    @Test
    void itShowsThoseOfTheCalibration() throws IOException {
        List<Column> columns;
        try (InputStream in = Objects.requireNonNull(Calibration.class.getResourceAsStream("columns.csv"))) {
            columns =
                    CsvReader.builder().ofNamedCsvRecord(new String(in.readAllBytes(), StandardCharsets.UTF_8)).stream()
                            .map(line -> new Column(
                                    line.getField("column"), line.getField("unit"), line.getField("definition")))
                            .toList();
        }
        assertThat(section("### `calibration.csv`: a row is one kind of row\n")).endsWith("\n" + HEAD + lines(columns));
    }

    private static String lines(List<Column> columns) {
        assertThat(columns).isNotEmpty();
        return columns.stream()
                .map(column -> "| `" + column.name() + "` | " + column.unit() + " | " + column.definition() + " |\n")
                .collect(Collectors.joining());
    }

    private static String section(String heading) throws IOException {
        String document = Files.readString(Path.of("..", "results", "README.md"));
        int start = document.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        int end = document.indexOf("\n#", start + heading.length());
        return document.substring(start, end < 0 ? document.length() : end);
    }
}
