package org.bpttbench.harness.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The CSV files. Their columns stand in the resource {@code columns.csv}: the order there is the order in the files. */
public enum Table {
    BIAS("setting × checkpoint"),
    BIAS_BLOCKS("setting × checkpoint × parameter block"),
    BIAS_OTHER("setting × checkpoint"),
    BIAS_PAIRS("pair of settings × checkpoint"),
    ACCURACY("setting × metric"),
    RUNTIME("setting × source"),
    CURVES("run × checkpoint × metric"),
    RUNS("run"),
    /** Of {@code bptt compare}: no file of a sweep's own results. */
    COMPARE("pair of settings × quantity");

    /** Under this name the resource has what all files begin with. */
    private static final String EVERY = "*";

    private final String row;

    Table(String row) {
        this.row = row;
    }

    /** Those that every results folder holds. */
    public static List<Table> ofSweep() {
        return Arrays.stream(values()).filter(table -> table != COMPARE).toList();
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
        return Catalogue.COLUMNS.getOrDefault(file(), List.of());
    }

    /** What every file begins with; the last of them stands for one column for every path that the sweep varies. */
    public static List<Column> leading() {
        return Catalogue.COLUMNS.getOrDefault(EVERY, List.of());
    }

    public Optional<Column> find(String column) {
        return columns().stream().filter(each -> each.name().equals(column)).findFirst();
    }

    /** Apart, so that it is read once. */
    private static final class Catalogue {
        static final Map<String, List<Column>> COLUMNS = read();

        private static Map<String, List<Column>> read() {
            try (InputStream resource = Table.class.getResourceAsStream("columns.csv")) {
                if (resource == null) {
                    throw new IllegalStateException("columns.csv is missing from the jar");
                }
                String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
                return CsvReader.builder().ofNamedCsvRecord(text).stream()
                        .collect(groupingBy(line -> line.getField("file"), mapping(Catalogue::column, toList())));
            } catch (IOException e) {
                throw new UncheckedIOException("reading columns.csv", e);
            }
        }

        private static Column column(NamedCsvRecord line) {
            return new Column(line.getField("column"), line.getField("unit"), line.getField("definition"));
        }
    }
}
