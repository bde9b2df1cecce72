package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Guide;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.report.Digits;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Compared.Word;
import org.bpttbench.harness.stats.Quantity;

/** A forest for each quantity of a comparison: a row a pair, its difference and interval, a line at no difference. */
public final class ComparisonFigures {
    private static final Axis PAIR = new Axis("pair", "pair", "", Scale.ORDINAL);
    private static final Guide NONE = new Guide("no difference", 0, true);

    private final ComparisonReport report;

    private ComparisonFigures(ComparisonReport report) {
        this.report = report;
    }

    /** In the order of the rows; none of a quantity without a difference. */
    public static List<Figure> of(ComparisonReport report) {
        ComparisonFigures figures = new ComparisonFigures(report);
        Map<String, List<Compared>> byQuantity =
                View.grouped(report.comparison().rows(), row -> row.quantity().label());
        List<Figure> all = new ArrayList<>();
        byQuantity.values().forEach(rows -> {
            if (rows.stream().anyMatch(ComparisonFigures::shows)) {
                all.add(figures.figure(rows, "difference-" + (all.size() + 1)));
            }
        });
        return all;
    }

    /** Whether there is a difference to see. */
    private static boolean shows(Compared row) {
        return row.verdict() != Word.SAME && row.contrast().difference().isPresent();
    }

    private Figure figure(List<Compared> rows, String name) {
        Quantity quantity = rows.get(0).quantity();
        List<Panel> panels = new ArrayList<>();
        Map<String, List<Compared>> steps = new LinkedHashMap<>(View.grouped(rows, ComparisonFigures::step));
        steps.forEach((step, of) -> panels.add(panel(steps.size() > 1 ? step : "", of)));
        return new Figure(
                name,
                title(quantity, steps.size() == 1 ? steps.keySet().iterator().next() : ""),
                "Candidate less baseline with its 95 % interval; " + better(quantity)
                        + " Circles: better; squares: worse; triangles: undecided; diamonds: the same."
                        + " Without a bar: exact, or too few for an interval.",
                Kind.ROWS,
                new Axis("difference", "difference in " + quantity.label(), quantity.unit(), Scale.LINEAR),
                PAIR,
                Optional.empty(),
                panels);
    }

    private static String better(Quantity quantity) {
        return switch (quantity.better()) {
            case LOWER -> "less is better: left of the line the candidate is.";
            case HIGHER -> "more is better: right of the line the candidate is.";
            case NEITHER -> "neither end is better.";
        };
    }

    private static String title(Quantity quantity, String step) {
        String label = quantity.label().substring(0, 1).toUpperCase(Locale.ROOT)
                + quantity.label().substring(1);
        String plain = quantity.kind() == Quantity.Kind.METRIC ? "End of training: " + quantity.label() : label;
        return step.isEmpty() ? plain : plain + ", " + step;
    }

    private static String step(Compared row) {
        return row.quantity().at().isPresent() ? View.step(row.quantity().at().getAsLong()) : "";
    }

    private Panel panel(String title, List<Compared> rows) {
        Rows names = new Rows(rows.stream().map(row -> report.label(row.pair())).toList());
        List<Series> series = Arrays.stream(Word.values())
                .map(word -> new Series(
                        word.key(),
                        look(word),
                        rows.stream()
                                .filter(row -> row.verdict() == word)
                                .map(row -> mark(row, names))
                                .toList()))
                .filter(each -> !each.marks().isEmpty())
                .toList();
        return new Panel(title, series, names.names(), List.of(), List.of(NONE));
    }

    private Mark mark(Compared row, Rows names) {
        String name = report.label(row.pair());
        OptionalDouble difference = row.contrast().difference();
        boolean drawn = row.contrast().pValue().isPresent();
        Mark mark = Mark.at(
                        row.pair().candidate().setting().id(), name, difference.orElse(Double.NaN), names.index(name))
                .range(drawn ? row.contrast().interval() : Optional.empty())
                .details(details(row));
        return difference.isPresent() ? mark : mark.note(row.verdict().key());
    }

    private static String details(Compared row) {
        List<String> parts = new ArrayList<>();
        row.contrast().ratio().ifPresent(ratio -> parts.add("ratio " + Digits.of(ratio, Digits.FEW)));
        row.pHolm().ifPresent(p -> parts.add("p (Holm) " + Digits.of(p, Digits.FEW)));
        parts.add(row.reason().isEmpty() ? row.verdict().key() : row.verdict().key() + " (" + row.reason() + ')');
        return String.join(", ", parts);
    }

    private static Look look(Word word) {
        return switch (word) {
            case BETTER -> new Look(3, 0);
            case WORSE -> new Look(1, 1);
            case SAME -> new Look(0, 2);
            case UNDECIDED -> new Look(0, 3);
        };
    }
}
