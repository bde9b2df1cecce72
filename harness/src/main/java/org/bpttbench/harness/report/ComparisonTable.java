package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Contrast;
import org.bpttbench.harness.stats.Quantity;

/** The rows of {@code compare.csv} for the terminal. Where they are too many, those that say least are left out. */
final class ComparisonTable {
    private static final int MOST_LINES = 40;

    private ComparisonTable() {}

    static List<String> lines(ComparisonReport report, int width) {
        List<Compared> all = report.comparison().rows();
        List<Compared> ranked = all.stream()
                .sorted(Comparator.comparingInt(ComparisonTable::rank))
                .toList();
        int most = Math.min(all.size(), MOST_LINES);
        ArmTable table = table(report, all, ranked, most);
        while (most > 1 && table.height(table.rows()) > MOST_LINES) {
            most--;
            table = table(report, all, ranked, most);
        }
        List<String> lines = new ArrayList<>(table.render(width, table.rows()));
        if (most < all.size()) {
            lines.add("… " + Words.count(all.size() - most, "more row") + " in " + Table.COMPARE.file());
        }
        return lines;
    }

    /** The lower, the more a row says; times say least. */
    private static int rank(Compared row) {
        int verdict = switch (row.verdict()) {
            case WORSE -> 0;
            case BETTER -> 1;
            case UNDECIDED -> 2;
            case SAME -> 3;
        };
        return row.quantity().kind() == Quantity.Kind.TIME ? Math.max(2, verdict) + 2 : verdict;
    }

    /** Of the rows that say most, in their usual order. */
    private static ArmTable table(ComparisonReport report, List<Compared> all, List<Compared> ranked, int most) {
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
        Set<Compared> shown = Collections.newSetFromMap(new IdentityHashMap<>());
        shown.addAll(ranked.subList(0, most));
        all.stream().filter(shown::contains).forEach(row -> table.row(report.label(row.pair()), cells(row)));
        return table;
    }

    private static List<String> cells(Compared row) {
        Contrast contrast = row.contrast();
        List<String> cells = new ArrayList<>();
        cells.add(row.quantity().label());
        cells.add(
                row.quantity().at().isPresent()
                        ? Long.toString(row.quantity().at().getAsLong())
                        : "");
        cells.add(Digits.of(ShownBias.value(row.quantity(), contrast.baseline()), Digits.METRIC));
        cells.add(Digits.of(ShownBias.value(row.quantity(), contrast.candidate()), Digits.METRIC));
        cells.add(Digits.of(contrast.difference(), Digits.FEW));
        cells.add(
                contrast.pValue().isPresent()
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
