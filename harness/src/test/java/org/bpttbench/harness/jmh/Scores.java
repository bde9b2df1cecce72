package org.bpttbench.harness.jmh;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The scores of a CSV file of JMH in which each benchmark has a row for every round. */
final class Scores {
    /** As scripts/benchmark has them. */
    private static final int ROUNDS = 3;

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
     * The median of the rounds.
     *
     * @param method of the benchmark, with its counter if it has one
     * @param parameters name=value
     */
    double score(String method, String... parameters) {
        double[] rounds = rounds(method, parameters);
        return rounds[ROUNDS / 2];
    }

    /** Half of the distance between the best round and the worst. */
    double spread(String method, String... parameters) {
        double[] rounds = rounds(method, parameters);
        return (rounds[ROUNDS - 1] - rounds[0]) / 2;
    }

    /** Ascending. */
    private double[] rounds(String method, String... parameters) {
        double[] found = rows.stream()
                .filter(row -> row.getField("Benchmark").endsWith('.' + method))
                .filter(row -> Arrays.stream(parameters)
                        .map(parameter -> parameter.split("=", 2))
                        .allMatch(wanted -> row.getField("Param: " + wanted[0]).equals(wanted[1])))
                .mapToDouble(row -> Double.parseDouble(row.getField("Score")))
                .sorted()
                .toArray();
        if (found.length != ROUNDS) {
            throw new IllegalArgumentException(found.length + " rows of " + method + ' ' + Arrays.toString(parameters));
        }
        return found;
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
