package org.bpttbench.harness.page;

import java.util.List;
import java.util.Locale;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.FigureCsv;
import org.bpttbench.harness.figure.FigureSvg;

/** The parts of a figure on a page: words, panels, data to save. */
record FigureHtml(Html html, Figure figure) {
    /** A figure with more data than this keeps them in its file only. */
    private static final int MOST_DATA = 60_000;

    /**
     * All of it.
     *
     * @param file that has the data, should they be too many for the page
     */
    void render(String file) {
        int panels = figure.panels().size();
        open(panels == 1 ? "one" : panels == 2 || panels == 4 ? "wide even" : "wide");
        words();
        panels(FigureSvg.panels(figure));
        data(file);
        html.close().line();
    }

    void open(String css) {
        html.open("figure", "id", figure.name(), "data-name", figure.name(), "class", css);
    }

    void words() {
        html.element("h3", figure.title()).element("p", figure.caption(), "class", "caption");
        html.raw(FigureSvg.legend(figure));
    }

    void panels(List<String> panels) {
        html.open("div", "class", "panels").line();
        panels.forEach(panel -> html.raw(panel).line());
        html.close();
    }

    void data(String file) {
        String csv = FigureCsv.of(figure);
        boolean here = csv.length() <= MOST_DATA;
        html.open("div", "class", "data").open("div", "class", "tools").element("span", "save as", "class", "note");
        save("svg");
        save("png");
        if (here) {
            save("csv");
        }
        html.close();
        if (here) {
            html.open("details").element("summary", "Data").element("pre", csv).close();
        } else {
            html.element("p", "Data: " + file, "class", "note");
        }
        html.close();
    }

    private void save(String format) {
        html.element("button", format.toUpperCase(Locale.ROOT), "type", "button", "data-save", format);
    }
}
