package org.bpttbench.harness.jmh;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scores of one of JMH's CSV files. */
final class Scores {
    private final List<NamedCsvRecord> rows;

    private Scores(List<NamedCsvRecord> rows) {
        this.rows = rows;
    }

    static Scores of(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return new Scores(reader.stream().toList());
        }
    }

    /** The values of a parameter, in the order of the file. */
    List<String> values(String parameter) {
        return rows.stream()
                .map(row -> row.getField("Param: " + parameter))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * @param method what the benchmark's name ends with
     * @param parameters name=value
     */
    double score(String method, String... parameters) {
        return Double.parseDouble(row(method, parameters).getField("Score"));
    }

    /** Half of the 99.9 % interval. */
    double error(String method, String... parameters) {
        return Double.parseDouble(row(method, parameters).getField("Score Error (99.9%)"));
    }

    private NamedCsvRecord row(String method, String... parameters) {
        List<NamedCsvRecord> found = rows.stream()
                .filter(row -> row.getField("Benchmark").endsWith(method))
                .filter(row -> Arrays.stream(parameters)
                        .map(parameter -> Map.entry(
                                parameter.substring(0, parameter.indexOf('=')),
                                parameter.substring(parameter.indexOf('=') + 1)))
                        .allMatch(wanted ->
                                row.getField("Param: " + wanted.getKey()).equals(wanted.getValue())))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " rows of " + method + ' ' + Arrays.toString(parameters));
        }
        return found.get(0);
    }

    /** Three significant digits, without an exponent. */
    static String digits(double value) {
        int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, 3 - whole) + "f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
