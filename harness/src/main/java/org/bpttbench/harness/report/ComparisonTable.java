package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Compared.Word;
import org.bpttbench.harness.stats.Contrast;

/** The rows of {@code compare.csv} for the terminal. Where they are too many, those that say least are left out. */
final class ComparisonTable {
    private static final int MOST_LINES = 40;

    /** In this order verdicts are left out. */
    private static final List<Word> LEAST_FIRST = List.of(Word.SAME, Word.UNDECIDED);

    private ComparisonTable() {}

    static List<String> lines(ComparisonReport report, int width) {
        List<Compared> rows = report.comparison().rows();
        Set<Word> shown = EnumSet.allOf(Word.class);
        ArmTable table = table(report, rows, shown);
        for (Word least : LEAST_FIRST) {
            if (table.height(table.rows()) > MOST_LINES && shown.size() > 1) {
                shown.remove(least);
                ArmTable shorter = table(report, rows, shown);
                if (shorter.rows() == 0) {
                    break;
                }
                table = shorter;
            }
        }
        int most = table.rows();
        while (most > 1 && table.height(most) > MOST_LINES) {
            most--;
        }
        List<String> lines = new ArrayList<>(table.render(width, most));
        if (most < rows.size()) {
            lines.add("… " + Words.count(rows.size() - most, "more row") + " in " + Table.COMPARE.file());
        }
        return lines;
    }

    private static ArmTable table(ComparisonReport report, List<Compared> all, Set<Word> shown) {
        ArmTable table = new ArmTable()
                .text("quantity", 0)
                .number("step", 0)
                .number("baseline", 5)
                .number("candidate", 4)
                .number("difference", 0)
                .text("95 %\ninterval", 2)
                .number("ratio", 3)
                .number("p\n(Holm)", 1)
                .text("verdict", 0);
        all.stream()
                .filter(row -> shown.contains(row.verdict()))
                .forEach(row -> table.row(report.label(row.pair()), cells(row)));
        return table;
    }

    private static List<String> cells(Compared row) {
        Contrast contrast = row.contrast();
        List<String> cells = new ArrayList<>();
        cells.add(row.quantity().label());
        cells.add(row.quantity().at().isPresent()
                ? Long.toString(row.quantity().at().getAsLong())
                : "");
        cells.add(Digits.of(contrast.baseline(), Digits.METRIC));
        cells.add(Digits.of(contrast.candidate(), Digits.METRIC));
        cells.add(Digits.of(contrast.difference(), Digits.FEW));
        cells.add(contrast.pValue().isPresent()
                ? contrast.interval()
                        .map(interval -> Digits.interval(interval, Digits.FEW))
                        .orElse("")
                : "");
        cells.add(contrast.ratio().isPresent() ? Digits.of(contrast.ratio(), Digits.FEW) : "");
        cells.add(row.pHolm().isPresent() ? Digits.of(row.pHolm(), Digits.FEW) : "");
        cells.add(verdict(row));
        return Collections.unmodifiableList(cells);
    }

    static String verdict(Compared row) {
        return row.verdict().key() + (row.reason().isEmpty() ? "" : " (" + row.reason() + ')');
    }
}
