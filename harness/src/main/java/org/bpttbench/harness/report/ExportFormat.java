package org.bpttbench.harness.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpttbench.experiments.spec.Json;

/** Ways of writing a table. Programs get every digit, readers get a few. */
public enum ExportFormat {
    /** As the file is. */
    CSV {
        @Override
        String text(List<String> header, List<List<String>> rows) {
            return lines(header, rows);
        }

        private String lines(List<String> header, List<List<String>> rows) {
            List<List<String>> all = new ArrayList<>(List.of(header));
            all.addAll(rows);
            return all.stream()
                    .map(row -> row.stream().map(ExportFormat::quoted).collect(Collectors.joining(",")) + "\n")
                    .collect(Collectors.joining());
        }
    },
    /** An array of objects by column; numbers are numbers, all else is text. */
    JSON {
        @Override
        String text(List<String> header, List<List<String>> rows) {
            return rows.stream()
                    .map(row -> {
                        Map<String, Object> cells = new LinkedHashMap<>();
                        for (int i = 0; i < header.size(); i++) {
                            cells.put(header.get(i), value(header.get(i), row.get(i)));
                        }
                        return "  " + Json.write(cells);
                    })
                    .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        }

        /** An id may have no other digits than those of a number and is none. */
        private Object value(String column, String cell) {
            return isNumber(cell) && !IDS.contains(column) ? Json.read(cell) : cell;
        }
    },
    /** A pipe table. */
    MD {
        @Override
        String text(List<String> header, List<List<String>> rows) {
            List<Boolean> numbers = numbers(header, rows);
            String rule = numbers.stream()
                    .map(number -> number ? "---:" : "---")
                    .collect(Collectors.joining(" | ", "| ", " |\n"));
            return line(header) + rule + rows.stream().map(this::line).collect(Collectors.joining());
        }

        private String line(List<String> row) {
            return row.stream()
                    .map(cell -> rounded(cell)
                            .replace("\\", "\\\\")
                            .replaceAll("[|\\[\\]`*]", "\\\\$0")
                            .replaceAll("&(?=[#A-Za-z])", "&amp;")
                            .replace("<", "&lt;")
                            .replaceAll("\\s+", " "))
                    .collect(Collectors.joining(" | ", "| ", " |\n"));
        }
    },
    /** A {@code tabular} with the rules of the package booktabs. */
    LATEX {
        @Override
        String text(List<String> header, List<List<String>> rows) {
            String columns = numbers(header, rows).stream()
                    .map(number -> number ? "r" : "l")
                    .collect(Collectors.joining());
            return "% needs \\usepackage{booktabs}\n\\begin{tabular}{" + columns + "}\n\\toprule\n" + line(header)
                    + "\\midrule\n" + rows.stream().map(this::line).collect(Collectors.joining())
                    + "\\bottomrule\n\\end{tabular}\n";
        }

        private String line(List<String> row) {
            return row.stream().map(this::cell).collect(Collectors.joining(" & ", "", " \\\\\n"));
        }

        private String cell(String cell) {
            if (!isNumber(cell)) {
                return escaped(cell);
            }
            String number = rounded(cell);
            int exponent = number.indexOf('e');
            return '$'
                    + (exponent < 0
                            ? number
                            : number.substring(0, exponent) + "\\cdot 10^{" + number.substring(exponent + 1) + '}')
                    + '$';
        }

        private String escaped(String text) {
            StringBuilder safe = new StringBuilder();
            text.codePoints().forEach(point -> {
                switch (point) {
                    case '\\' -> safe.append("\\textbackslash{}");
                    case '~' -> safe.append("\\textasciitilde{}");
                    case '^' -> safe.append("\\textasciicircum{}");
                    case '&', '%', '$', '#', '_', '{', '}' -> safe.append('\\').appendCodePoint(point);
                    case '\n', '\r', '\t' -> safe.append(' ');
                    default -> safe.appendCodePoint(point);
                }
            });
            return safe.toString();
        }
    };

    private static final Set<String> IDS =
            Set.of("sweep", "setting", "run", "other", "reference", "candidate", "candidate_sweep");

    abstract String text(List<String> header, List<List<String>> rows);

    /**
     * @param csv of a table, as its file has it
     * @param columns those that are wanted, in their order; all if empty, where readers are spared those that say nothing
     * @throws IllegalArgumentException if there is no such column
     */
    public String of(String csv, List<String> columns) {
        List<NamedCsvRecord> records =
                CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
        List<String> header = columns.isEmpty() ? spared(csv, records) : columns;
        List<List<String>> rows = records.stream()
                .map(row -> header.stream().map(column -> cell(row, column)).toList())
                .toList();
        return text(header, rows);
    }

    private static String cell(NamedCsvRecord row, String column) {
        return row.findField(column)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no column '" + column + "'; there are " + String.join(", ", row.getHeader())));
    }

    /** Programs get all columns; readers not those that are the same in all rows, nor ids. */
    private List<String> spared(String csv, List<NamedCsvRecord> records) {
        List<String> all = List.of(csv.substring(0, csv.indexOf('\n')).split(",", -1));
        if (this == CSV || this == JSON) {
            return all;
        }
        List<String> told = all.stream()
                .filter(column -> !column.equals("setting") && !column.equals("run"))
                .filter(column -> records.stream()
                                .map(row -> row.getField(column))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        return told.isEmpty() ? all : told;
    }

    private static boolean isNumber(String cell) {
        return cell.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(E-?[0-9]+)?");
    }

    private static List<Boolean> numbers(List<String> header, List<List<String>> rows) {
        List<Boolean> numbers = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            numbers.add(rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.isEmpty() || isNumber(cell)));
        }
        return numbers;
    }

    /** Whole numbers stay whole. */
    private static String rounded(String cell) {
        return isNumber(cell) && !cell.matches("-?[0-9]+") ? Digits.of(Double.parseDouble(cell), Digits.METRIC) : cell;
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[,\"\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
