package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Compared.Word;
import org.bpttbench.harness.stats.Quantity.Kind;

/** One sentence that answers a comparison: what got worse, what better, what is open, and what did not change. */
final class ComparisonAnswer {
    private final ComparisonReport report;
    private final List<Compared> figures;
    private final List<Compared> times;

    private ComparisonAnswer(ComparisonReport report) {
        this.report = report;
        this.figures = report.comparison().rows().stream()
                .filter(row -> row.quantity().kind() != Kind.TIME)
                .filter(row -> !row.reason().equals(Compared.NO_DIRECTION))
                .toList();
        this.times = report.comparison().rows().stream()
                .filter(row -> row.quantity().kind() == Kind.TIME)
                .toList();
    }

    static String of(ComparisonReport report) {
        return new ComparisonAnswer(report).sentence();
    }

    private String sentence() {
        List<String> clauses = new ArrayList<>();
        add(clauses, "worse in ", with(figures, Word.WORSE));
        add(clauses, "better in ", with(figures, Word.BETTER));
        List<Compared> open = with(figures, Word.UNDECIDED);
        add(clauses, "undecided in ", open);
        if (!open.isEmpty() && open.stream().allMatch(row -> row.reason().equals("too-few-pairs"))) {
            clauses.add("too few replicates to show a difference in " + (open.size() == 1 ? "it" : "so many rows"));
        }
        int same = with(figures, Word.SAME).size();
        if (same > 0) {
            clauses.add(
                    clauses.isEmpty()
                            ? "the same to the last digit in "
                                    + (same == 1 ? "the one figure" : "all " + same + " figures")
                            : "the same in " + Words.count(same, "figure"));
        }
        String start = "In short: " + report.candidate() + " against " + report.baseline() + " is ";
        String said =
                clauses.isEmpty() ? "In short: nothing but time was compared" : start + String.join("; ", clauses);
        return said + time() + '.';
    }

    private static List<Compared> with(List<Compared> rows, Word word) {
        return rows.stream().filter(row -> row.verdict() == word).toList();
    }

    private void add(List<String> clauses, String words, List<Compared> rows) {
        if (!rows.isEmpty()) {
            clauses.add(words + Words.list(phrases(rows)));
        }
    }

    /** A phrase for each quantity, with the effect where it is one row, the pairs while they are few. */
    private List<String> phrases(List<Compared> rows) {
        Map<String, List<Compared>> byQuantity = new LinkedHashMap<>();
        rows.forEach(row -> byQuantity
                .computeIfAbsent(row.quantity().label(), label -> new ArrayList<>())
                .add(row));
        List<String> phrases = new ArrayList<>();
        byQuantity.forEach((label, own) -> phrases.add(label + phrase(label, own)));
        return phrases;
    }

    private String phrase(String label, List<Compared> own) {
        long all = figures.stream()
                .filter(row -> row.quantity().label().equals(label))
                .count();
        boolean one = own.size() == 1 && own.get(0).verdict() != Word.UNDECIDED;
        if (all == 1) {
            return one ? ComparisonReport.effect(own.get(0)) : "";
        }
        if (own.size() == all) {
            return all == 2 ? " (both)" : " (all " + all + ')';
        }
        String share = " (" + own.size() + " of " + all;
        return one
                ? ComparisonReport.size(own.get(0)) + share + ": "
                        + report.label(own.get(0).pair()) + ')'
                : share + ')';
    }

    private String time() {
        if (times.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        count(parts, with(times, Word.WORSE), "longer");
        count(parts, with(times, Word.BETTER), "shorter");
        count(parts, with(times, Word.UNDECIDED), "undecided");
        count(parts, with(times, Word.SAME), "the same");
        return "; time per step, beside that: " + Words.list(parts);
    }

    private static void count(List<String> parts, List<Compared> rows, String word) {
        if (!rows.isEmpty()) {
            parts.add(word + " in " + rows.size());
        }
    }
}
