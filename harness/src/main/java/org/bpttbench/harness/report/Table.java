package org.bpttbench.harness.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The CSV files. Their columns stand in the resource {@code columns.csv}: the order there is the order in the files. */
public enum Table {
    BIAS("setting × checkpoint"),
    ACCURACY("setting × metric"),
    RUNTIME("setting × source"),
    CURVES("run × checkpoint × metric"),
    RUNS("run");

    private final String row;
    private final List<Column> columns;

    Table(String row) {
        this.row = row;
        this.columns = Catalogue.COLUMNS.stream()
                .filter(line -> line.getField("file").equals(file()))
                .map(Table::column)
                .toList();
    }

    /** Name of the file. */
    public String file() {
        return name().toLowerCase(Locale.ROOT) + ".csv";
    }

    /** What a row is. */
    public String row() {
        return row;
    }

    /** Those after {@code sweep}, {@code setting} and the sweep's own. */
    public List<Column> columns() {
        return columns;
    }

    public Optional<Column> find(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }

    private static Column column(NamedCsvRecord line) {
        return new Column(
                line.getField("column"), line.getField("unit"), line.getField("definition"), line.getField("formula"));
    }

    /** Apart, because an enum's own statics do not exist yet while its constants are made. */
    private static final class Catalogue {
        static final List<NamedCsvRecord> COLUMNS = read();

        private static List<NamedCsvRecord> read() {
            try (InputStream resource = Table.class.getResourceAsStream("columns.csv")) {
                if (resource == null) {
                    throw new IllegalStateException("columns.csv is missing from the jar");
                }
                String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
                return CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
            } catch (IOException e) {
                throw new UncheckedIOException("reading columns.csv", e);
            }
        }
    }
}
