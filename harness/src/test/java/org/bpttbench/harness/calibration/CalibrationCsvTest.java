package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What users are told of the columns is what the file has; {@link CalibrationCsv#text} refuses any other. */
class CalibrationCsvTest {
    @Test
    void theReadmeDescribesEveryColumn() throws IOException {
        StringBuilder section = new StringBuilder("### `calibration.csv`: a row is one kind of row\n\n");
        section.append("| column | unit | definition |\n|---|---|---|\n");
        CalibrationCsv.columns()
                .forEach(column -> section.append("| `")
                        .append(column.getField("column"))
                        .append("` | ")
                        .append(column.getField("unit"))
                        .append(" | ")
                        .append(column.getField("definition"))
                        .append(" |\n"));
        assertThat(Files.readString(Path.of("..", "results", "README.md"))).contains(section);
    }
}
