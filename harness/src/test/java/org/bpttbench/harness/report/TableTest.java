package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users are told of the columns is what the files have. */
class TableTest {
    private static final Path README = Path.of("..", "results", "README.md");

    @ParameterizedTest
    @EnumSource
    void theReadmeDescribesEveryColumn(Table table) throws IOException {
        assertThat(Files.readString(README)).contains(section(table));
    }

    @ParameterizedTest
    @EnumSource
    void everyTableHasColumns(Table table) {
        assertThat(table.columns())
                .isNotEmpty()
                .allMatch(column -> !column.definition().isEmpty());
    }

    @Test
    void theReadmeDescribesWhatEveryFileBeginsWith() throws IOException {
        String readme = Files.readString(README);
        assertThat(Table.leading()).extracting(Column::name).startsWith("sweep", "setting");
        assertThat(Table.leading())
                .allSatisfy(column ->
                        assertThat(readme).contains("| `" + column.name() + "` | " + column.definition() + " |\n"));
    }

    @Test
    void aColumnIsFoundByItsName() {
        assertThat(Table.BIAS.find("relative_mse").orElseThrow().unit()).isEqualTo("of ‖g‖²");
        assertThat(Table.BIAS.find("value")).isEmpty();
    }

    private static String section(Table table) {
        StringBuilder text = new StringBuilder("### `" + table.file() + "`: a row is " + table.row() + "\n\n");
        text.append("| column | unit | definition |\n|---|---|---|\n");
        for (Column column : table.columns()) {
            text.append("| `").append(column.name()).append("` | ");
            text.append(column.unit()).append(" | ");
            text.append(column.definition()).append(" |\n");
        }
        return text.toString();
    }
}
