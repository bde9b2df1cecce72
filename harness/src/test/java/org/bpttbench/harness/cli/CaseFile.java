package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.report.Table;

/**
 * A sweep file that once failed, run in this very process.
 *
 * @param results folder that it left
 */
record CaseFile(Path file, Path results) {
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)-?(nan|inf(inity)?|∞)");

    /** @param name of a file of {@code cases/}, without its ending */
    static CaseFile of(String name, Path folder) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        if (!Files.exists(file)) {
            try (InputStream in = CaseFile.class.getResourceAsStream("../cases/" + name + ".yaml")) {
                if (in == null) {
                    throw new IllegalArgumentException("no such case: " + name);
                }
                Files.copy(in, file);
            }
        }
        return new CaseFile(file, folder.resolve(name));
    }

    /** Runs it; all files have to be there, without a cell that is not finite, and the exit fine. */
    CaseFile run(String... overrides) throws IOException {
        List<Object> words = new ArrayList<>(List.of("run", file));
        words.addAll(List.of(overrides));
        words.addAll(List.of("--out", results, "--quiet"));
        Said.of(words.toArray()).ended(ExitCode.FINE);
        assertThat(results.resolve(ReportFiles.PAGE)).content().doesNotContain("NaN", "Infinity");
        assertThat(results.resolve("figures")).isDirectory();
        for (Table table : Table.ofSweep()) {
            assertThat(rows(table))
                    .isNotNull()
                    .allSatisfy(row -> assertThat(row.getFields())
                            .as(table.file())
                            .noneMatch(cell -> NOT_FINITE.matcher(cell).matches()));
        }
        return this;
    }

    Stream<NamedCsvRecord> rows(Table table) throws IOException {
        return CsvReader.builder().ofNamedCsvRecord(Files.readString(results.resolve(table.file()))).stream();
    }

    List<String> column(Table table, String name) throws IOException {
        return rows(table).map(row -> row.getField(name)).toList();
    }
}
