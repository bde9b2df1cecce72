package org.bpttbench.harness.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.jspecify.annotations.Nullable;

/**
 * Lays rows out as RFC 4180 asks, but for the line feed that ends a record. A cell that a spreadsheet would take for a
 * formula gets an apostrophe before it, which spreadsheets take for "this is text"; numbers, negative ones too, stay as
 * they are.
 */
public final class CsvText {
    /** The last four are the signs of East Asian width, which spreadsheets there take for the same. */
    private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");

    private final Table table;
    private final Sweep sweep;
    private final List<String> columns;
    private final Set<String> known;
    /** What rows of one setting, which follow each other, all begin with. */
    private List<String> start = List.of();

    private @Nullable Setting setting;

    private CsvText(Table table, Sweep sweep) {
        this.table = table;
        this.sweep = sweep;
        this.columns = table.columns().stream().map(Column::name).toList();
        this.known = Set.copyOf(columns);
    }

    /** @throws IllegalArgumentException if a row has a cell that the table has no column for */
    static String of(Table table, Sweep sweep, Stream<Row> rows) {
        StringWriter text = new StringWriter();
        try {
            write(table, sweep, rows, text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /**
     * Row by row, as they come.
     *
     * @param to neither flushed nor closed
     * @throws IllegalArgumentException if a row has a cell that the table has no column for
     * @throws IOException if it cannot be written
     */
    static void write(Table table, Sweep sweep, Stream<Row> rows, Writer to) throws IOException {
        CsvText text = new CsvText(table, sweep);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to);
        try {
            csv.writeRecord(text.header());
            rows.forEachOrdered(row -> csv.writeRecord(text.cells(row)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.flush();
    }

    private List<String> header() {
        List<String> names = new ArrayList<>(List.of("sweep", "setting"));
        names.addAll(sweep.columns());
        names.addAll(columns);
        return names;
    }

    private List<String> cells(Row row) {
        if (!Objects.equals(row.setting(), setting)) {
            setting = row.setting();
            start = start(row.setting());
        }
        List<String> cells = new ArrayList<>(start);
        columns.forEach(column -> cells.add(harmless(row.cells().getOrDefault(column, ""))));
        row.cells().keySet().forEach(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(table.file() + " has no column '" + name + "'");
            }
        });
        return cells;
    }

    private List<String> start(Setting of) {
        List<String> cells = new ArrayList<>(List.of(harmless(sweep.name()), of.id()));
        Map<String, String> values = sweep.flatten(of);
        sweep.columns().forEach(column -> cells.add(harmless(values.getOrDefault(column, ""))));
        return cells;
    }

    /** A cell as it may stand in a file that a spreadsheet opens. */
    public static String harmless(String cell) {
        boolean formula = !cell.isEmpty()
                && STARTS.indexOf(cell.charAt(0)) >= 0
                && !NUMBER.matcher(cell).matches();
        return formula ? '\'' + cell : cell;
    }
}
