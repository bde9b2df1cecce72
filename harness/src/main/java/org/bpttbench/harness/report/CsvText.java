package org.bpttbench.harness.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bpttbench.experiments.spec.Sweep;

/**
 * Lays rows out as RFC 4180 asks, but for the line feed that ends a record. A cell that a spreadsheet would take for a
 * formula gets an apostrophe before it, which spreadsheets take for "this is text"; numbers, negative ones too, stay as
 * they are.
 */
public final class CsvText {
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");

    private CsvText() {}

    /** @throws IllegalArgumentException if a row has a cell that the table has no column for */
    static String of(Table table, Sweep sweep, List<Row> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(header(table, sweep));
            rows.forEach(row -> csv.writeRecord(cells(table, sweep, row)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static List<String> header(Table table, Sweep sweep) {
        List<String> names = new ArrayList<>(List.of("sweep", "setting"));
        names.addAll(sweep.columns());
        table.columns().forEach(column -> names.add(column.name()));
        return names;
    }

    private static List<String> cells(Table table, Sweep sweep, Row row) {
        List<String> cells =
                new ArrayList<>(List.of(harmless(sweep.name()), row.setting().id()));
        Map<String, String> values = sweep.flatten(row.setting());
        sweep.columns().forEach(column -> cells.add(harmless(values.getOrDefault(column, ""))));
        table.columns().forEach(column -> cells.add(harmless(row.cells().getOrDefault(column.name(), ""))));
        row.cells().keySet().forEach(name -> {
            if (table.find(name).isEmpty()) {
                throw new IllegalArgumentException(table.file() + " has no column '" + name + "'");
            }
        });
        return cells;
    }

    public static String harmless(String cell) {
        return FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches() ? '\'' + cell : cell;
    }
}
