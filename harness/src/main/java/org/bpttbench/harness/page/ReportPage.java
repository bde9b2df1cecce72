package org.bpttbench.harness.page;

import java.util.List;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.FigureSvg;
import org.bpttbench.harness.figure.Names;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Words;

/** The page of a sweep: a pure function of the sweep and its journal. */
public final class ReportPage {
    /** Characters of drawings: what is beyond makes a page slow to open, and is in the folder beside it. */
    private static final int MOST_DRAWN = 800_000;

    private final Results results;
    private final List<Figure> figures;
    private final Tables tables;
    private final Html html = new Html();
    private int taken;

    private ReportPage(Results results, List<Figure> figures) {
        this.results = results;
        this.figures = figures;
        this.tables = new Tables(results, new Names(results.sweep()));
    }

    /** @param figures the one that carries the answer first */
    public static String of(Results results, List<Figure> figures) {
        return Frame.page(results.sweep().name(), new ReportPage(results, figures).body());
    }

    private String body() {
        html.open("main");
        head();
        lead();
        if (figures.size() > 1) {
            html.element("h2", "Figures").open("div", "class", "figures").line();
            figures.subList(1, figures.size()).forEach(this::figure);
            html.close();
        }
        table("Metrics at the end of training", "accuracy.csv", tables.accuracy(), true);
        table("Runs that did not end well", "runs.csv", tables.trouble(), true);
        table("All runs", "runs.csv", tables.runs(), false);
        new Provenance(results).render(html);
        return html.close().finished();
    }

    private void head() {
        Sweep sweep = results.sweep();
        long made =
                results.settings().stream().mapToLong(runs -> runs.all().size()).sum();
        html.open("header").element("p", "bptt-bench report: " + sweep.name(), "class", "kicker");
        html.element("h1", sweep.about().isEmpty() ? sweep.name() : sweep.about());
        html.element("p", results.answer(), "class", "answer");
        String facts = Words.count(sweep.settings().size(), "setting") + ", "
                + Words.count(sweep.replicates(), "replicate") + ", " + made + " of "
                + sweep.runs().size() + " runs made";
        String margin = sweep.margin().isPresent()
                ? "; equivalent means a relative bias below " + sweep.margin().getAsDouble()
                : "";
        html.element("p", facts + margin + ".", "class", "facts").close().line();
    }

    /** Verdicts on the left and the figure that carries the answer on the right; its further panels go below both. */
    private void lead() {
        boolean judged = !results.bias().isEmpty();
        if (figures.isEmpty()) {
            verdicts(judged);
            return;
        }
        Figure figure = figures.get(0);
        FigureHtml parts = new FigureHtml(html, figure);
        parts.open(judged ? "lead" : "one");
        verdicts(judged);
        html.open("div");
        parts.words();
        List<String> all = FigureSvg.panels(figure);
        List<String> panels = fitting(all);
        if (!panels.isEmpty()) {
            html.open("div", "class", "panels").raw(panels.get(0)).close();
        }
        html.close().line();
        if (panels.size() > 1) {
            parts.panels(panels.subList(1, panels.size()));
        }
        parts.left(all.size() - panels.size(), file(figure));
        parts.data(file(figure));
        html.close().line();
    }

    private void verdicts(boolean judged) {
        if (judged) {
            html.open("section").element("h3", "Verdicts");
            html.element(
                    "p",
                    "A row is a setting at a checkpoint, as in bias.csv. g is the exact gradient.",
                    "class",
                    "caption");
            tables.bias().render(html);
            html.close();
        }
    }

    private void figure(Figure figure) {
        new FigureHtml(html, figure).render(file(figure), fitting(FigureSvg.panels(figure)));
    }

    /** The first panels that there is room for; they take it. */
    private List<String> fitting(List<String> panels) {
        int count = 0;
        while (count < panels.size() && taken + panels.get(count).length() <= MOST_DRAWN) {
            taken += panels.get(count).length();
            count++;
        }
        return panels.subList(0, count);
    }

    private static String file(Figure figure) {
        return "figures/" + figure.name() + ".csv";
    }

    private void table(String title, String file, PageTable table, boolean open) {
        if (table.rows() == 0) {
            return;
        }
        html.element("h2", title);
        if (open) {
            html.element("p", "All columns: " + file + ".", "class", "caption");
            table.render(html);
        } else {
            html.open("details").element("summary", table.rows() + " rows; all columns: " + file);
            table.render(html);
            html.close();
        }
    }
}
