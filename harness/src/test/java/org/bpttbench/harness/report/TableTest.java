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
    void everyFormulaIsThere(Table table) throws IOException {
        String readme = Files.readString(README);
        assertThat(table.columns())
                .isNotEmpty()
                .allMatch(column -> column.formula().isEmpty() || readme.contains("\n" + column.formula() + ". "));
    }

    @Test
    void aColumnIsFoundByItsName() {
        assertThat(Table.BIAS.find("cosine").orElseThrow().formula()).isEqualTo("5");
        assertThat(Table.BIAS.find("value")).isEmpty();
    }

    private static String section(Table table) {
        StringBuilder text = new StringBuilder("### `" + table.file() + "`: a row is " + table.row() + "\n\n");
        text.append("| column | unit | definition | formula |\n|---|---|---|---|\n");
        for (Column column : table.columns()) {
            text.append("| `").append(column.name()).append("` | ");
            text.append(column.unit()).append(" | ");
            text.append(column.definition()).append(" | ");
            text.append(column.formula()).append(" |\n");
        }
        return text.toString();
    }
}
