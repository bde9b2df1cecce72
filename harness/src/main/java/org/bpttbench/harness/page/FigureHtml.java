package org.bpttbench.harness.page;

import java.util.List;
import java.util.Locale;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.FigureCsv;
import org.bpttbench.harness.figure.FigureSvg;
import org.bpttbench.harness.report.Words;

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
        render(file, FigureSvg.panels(figure));
    }

    /** @param drawn those panels that the page has room for */
    void render(String file, List<String> drawn) {
        int count = drawn.size();
        open(count == 1 ? "one" : count == 2 || count == 4 ? "wide even" : "wide");
        words();
        panels(drawn);
        left(figure.panels().size() - count, file);
        data(file);
        html.close().line();
    }

    /** @param panels that are not on the page */
    void left(int panels, String file) {
        if (panels > 0) {
            String drawing = file.replaceFirst("csv$", "svg");
            html.element(
                    "p",
                    Words.count(panels, "more panel") + " than this page has room for: " + drawing,
                    "class",
                    "note");
        }
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
