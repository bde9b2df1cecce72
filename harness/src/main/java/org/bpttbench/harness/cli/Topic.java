package org.bpttbench.harness.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpttbench.harness.report.Column;
import org.bpttbench.harness.report.ColumnGuide;
import org.bpttbench.harness.report.Table;
import org.bpttbench.harness.report.Words;

/**
 * A column that can be explained.
 *
 * @param file it stands in, or {@link ColumnGuide#EVERY_FILE}
 * @param heading of the file's columns
 */
record Topic(String file, String heading, Column column) {
    /** What a column of the sweep's own begins with: the first word of a path in a sweep file. */
    private static final List<String> PATHS =
            List.of("estimator.", "task.", "model.", "init.", "train.", "measure.", "replicates.");

    /** All columns, those of every file first. */
    static List<Topic> all() {
        List<Topic> all = new ArrayList<>();
        for (Column column : Table.leading()) {
            all.add(new Topic(ColumnGuide.EVERY_FILE, "every file", column));
        }
        for (Table table : Table.values()) {
            for (Column column : table.columns()) {
                all.add(new Topic(table.file(), table.file() + ": a row is " + table.row(), column));
            }
        }
        return all;
    }

    static List<String> files() {
        return Stream.of(Table.values()).map(Table::file).toList();
    }

    /** Those meant by {@code COLUMN}, {@code FILE:COLUMN} or {@code FILE.COLUMN}. */
    static List<Topic> find(String asked) {
        String name = columnOf(asked);
        String file = asked.length() > name.length() ? asked.substring(0, asked.length() - name.length() - 1) : "";
        return all().stream()
                .filter(topic -> topic.isNamed(name))
                .filter(topic -> file.isEmpty() || topic.file.equals(file) || topic.file.equals(ColumnGuide.EVERY_FILE))
                .toList();
    }

    /** Without the file before it. */
    static String columnOf(String asked) {
        return files().stream()
                .filter(file -> asked.startsWith(file + ':') || asked.startsWith(file + '.'))
                .map(file -> asked.substring(file.length() + 1))
                .findFirst()
                .orElse(asked);
    }

    private boolean isNamed(String name) {
        boolean paths = column.name().endsWith("…");
        return column.name().equals(name) || (paths && PATHS.stream().anyMatch(name::startsWith));
    }

    /** Definition with its unit. */
    String meaning() {
        return column.unit().isEmpty() ? column.definition() : '[' + column.unit() + "] " + column.definition();
    }

    /** All there is to say, wrapped. */
    List<String> lines(ColumnGuide guide, int width) {
        List<String> lines = new ArrayList<>();
        String unit = column.unit().isEmpty() ? "" : " [" + column.unit() + ']';
        lines.add(file + ": " + column.name() + unit);
        Words.wrap(column.definition(), width - 2).forEach(line -> lines.add("  " + line));
        lines.add("");
        guide.section(file, column.name(), width - 2).forEach(line -> lines.add(("  " + line).stripTrailing()));
        return lines;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", file);
        tree.put("column", column.name());
        tree.put("unit", column.unit());
        tree.put("definition", column.definition());
        return tree;
    }

    Map<String, Object> tree(ColumnGuide guide) {
        Map<String, Object> tree = tree();
        tree.put("text", String.join("\n", guide.section(file, column.name(), Integer.MAX_VALUE)));
        return tree;
    }
}
