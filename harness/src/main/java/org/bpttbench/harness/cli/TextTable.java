package org.bpttbench.harness.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpttbench.harness.report.Words;

/** Columns of text, each as wide as its widest cell; columns without any content are left out. */
final class TextTable {
    /** Characters of a last column that is worth breaking. */
    private static final int NARROWEST = 12;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    String text() {
        return text(Integer.MAX_VALUE);
    }

    /** No wider than a terminal, if breaking the last column's cells between words can do it. */
    String text(int width) {
        int[] widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            widths[i] = widest == 0 ? 0 : Math.max(widest, headings.get(i).length());
        }
        StringBuilder text = new StringBuilder();
        line(text, headings, widths);
        rows.forEach(row -> wrapped(text, row, widths, width));
        return text.toString();
    }

    private static void wrapped(StringBuilder text, List<String> cells, int[] widths, int width) {
        int last = widths.length - 1;
        int before = Arrays.stream(widths, 0, last)
                .filter(each -> each > 0)
                .map(each -> each + 2)
                .sum();
        if (widths[last] <= width - before || width - before < NARROWEST) {
            line(text, cells, widths);
            return;
        }
        List<String> first = new ArrayList<>(cells);
        List<String> lines = Words.wrap(cells.get(last), width - before);
        first.set(last, lines.get(0));
        line(text, first, widths);
        lines.stream()
                .skip(1)
                .forEach(more -> text.append(" ".repeat(before)).append(more).append('\n'));
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                line.append(cells.get(i))
                        .append(" ".repeat(widths[i] - cells.get(i).length() + 2));
            }
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
