package org.bpttbench.harness.page;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.harness.figure.ComparisonFigures;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.report.Digits;
import org.bpttbench.harness.report.ShownBias;
import org.bpttbench.harness.report.Table;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Contrast;

/** The page of a comparison: a pure function of the sweeps and their journals. */
public final class ComparisonPage {
    /** Name of the file. */
    public static final String FILE = "compare.html";

    private final ComparisonReport report;
    private final Html html = new Html();

    private ComparisonPage(ComparisonReport report) {
        this.report = report;
    }

    public static String of(ComparisonReport report) {
        return Frame.page(title(report), new ComparisonPage(report).body());
    }

    private static String title(ComparisonReport report) {
        return report.candidate() + " against " + report.baseline();
    }

    private String body() {
        html.open("main");
        head();
        List<Figure> figures = ComparisonFigures.of(report);
        if (!figures.isEmpty()) {
            html.element("h2", "Differences").open("div", "class", "figures").line();
            figures.forEach(figure -> new FigureHtml(html, figure).render(Table.COMPARE.file()));
            html.close();
        }
        html.element("h2", "All figures");
        html.element(
                "p",
                "All columns: " + Table.COMPARE.file()
                        + ". A difference is that of the candidate less the baseline; what is"
                        + " adjusted together is one quantity in all rows.",
                "class",
                "caption");
        table().render(html);
        provenance();
        return html.close().finished();
    }

    private void head() {
        html.open("header").element("p", "bptt-bench comparison", "class", "kicker");
        html.element("h1", title(report));
        html.element("p", report.answer(), "class", "answer");
        List<String> heading = report.heading();
        heading.subList(1, heading.size()).forEach(line -> html.element("p", line, "class", "facts"));
        html.close().line();
    }

    private PageTable table() {
        PageTable table = new PageTable("compare", "figures of the candidate against the baseline")
                .heads(
                        "pair",
                        "quantity",
                        "step",
                        "verdict",
                        "baseline",
                        "candidate",
                        "difference",
                        "95 % interval",
                        "ratio",
                        "p",
                        "p (Holm)",
                        "replicates",
                        "note");
        report.comparison().rows().forEach(row -> row(table.row(), row));
        return table;
    }

    private void row(PageTable.Row cells, Compared row) {
        Contrast contrast = row.contrast();
        OptionalDouble step = row.quantity().at().isPresent()
                ? OptionalDouble.of((double) row.quantity().at().getAsLong())
                : OptionalDouble.empty();
        Optional<String> interval = contrast.pValue().isPresent()
                ? contrast.interval().map(limits -> Digits.interval(limits, Digits.FEW))
                : Optional.empty();
        cells.wide(report.label(row.pair()))
                .text(row.quantity().label())
                .count(step)
                .word(
                        row.verdict().key() + (row.reason().isEmpty() ? "" : " (" + row.reason() + ')'),
                        row.verdict().key())
                .number(ShownBias.value(row.quantity(), contrast.baseline()), Digits.METRIC)
                .number(ShownBias.value(row.quantity(), contrast.candidate()), Digits.METRIC)
                .number(contrast.difference(), Digits.FEW)
                .figures(interval.orElse(""))
                .number(contrast.ratio(), Digits.FEW)
                .number(contrast.pValue(), Digits.FEW)
                .number(row.pHolm(), Digits.FEW)
                .whole(contrast.replicates())
                .text(String.join(" ", contrast.notes()));
    }

    private void provenance() {
        String again = "bptt compare, as the heading says it";
        if (report.ofOneSweep()) {
            new Provenance(report.before()).render(html, "Where this comes from", again);
        } else {
            new Provenance(report.before()).render(html, "Where the baseline comes from: " + report.baseline(), again);
            new Provenance(report.after()).render(html, "Where the candidate comes from: " + report.candidate(), again);
        }
    }
}
