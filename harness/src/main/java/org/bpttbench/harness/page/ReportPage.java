package org.bpttbench.harness.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.figure.Characters;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.FigureCsv;
import org.bpttbench.harness.figure.FigureSvg;
import org.bpttbench.harness.figure.Names;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Words;

/**
 * The page of a sweep: a pure function of the sweep and its journal. It holds all that it needs, and its policy forbids
 * the browser any request.
 */
public final class ReportPage {
    /** A figure with more data than this keeps them in its file only. */
    private static final int MOST_DATA = 60_000;

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
        String style = resource("page.css");
        String script = resource("page.js");
        String policy = "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; img-src data:; base-uri 'none'; form-action 'none'";
        return filled(
                resource("page.html"),
                Map.of(
                        "policy",
                        policy,
                        "title",
                        Characters.escaped(results.sweep().name() + " - bptt-bench"),
                        "style",
                        style,
                        "script",
                        script,
                        "body",
                        new ReportPage(results, figures).body()));
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
        open(figure, judged ? "lead" : "one");
        verdicts(judged);
        html.open("div");
        words(figure);
        List<String> all = FigureSvg.panels(figure);
        List<String> panels = fitting(all);
        if (!panels.isEmpty()) {
            html.open("div", "class", "panels").raw(panels.get(0)).close();
        }
        html.close().line();
        if (panels.size() > 1) {
            panels(panels.subList(1, panels.size()));
        }
        left(figure, all.size() - panels.size());
        data(figure);
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
        List<String> all = FigureSvg.panels(figure);
        List<String> drawn = fitting(all);
        int count = drawn.size();
        open(figure, count == 1 ? "one" : count == 2 || count == 4 ? "wide even" : "wide");
        words(figure);
        panels(drawn);
        left(figure, all.size() - count);
        data(figure);
        html.close().line();
    }

    private void open(Figure figure, String css) {
        html.open("figure", "id", figure.name(), "data-name", figure.name(), "class", css);
    }

    private void words(Figure figure) {
        html.element("h3", figure.title()).element("p", figure.caption(), "class", "caption");
        html.raw(FigureSvg.legend(figure));
    }

    private void panels(List<String> panels) {
        html.open("div", "class", "panels").line();
        panels.forEach(panel -> html.raw(panel).line());
        html.close();
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

    private void left(Figure figure, int panels) {
        if (panels > 0) {
            html.element(
                    "p",
                    Words.count(panels, "more panel") + " than this page has room for: figures/" + figure.name()
                            + ".svg",
                    "class",
                    "note");
        }
    }

    private void data(Figure figure) {
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
            html.element("p", "Data: figures/" + figure.name() + ".csv", "class", "note");
        }
        html.close();
    }

    private void save(String format) {
        html.element("button", format.toUpperCase(Locale.ROOT), "type", "button", "data-save", format);
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

    /** One pass, so that what is filled in is never looked into. */
    private static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        int done = 0;
        for (int start = template.indexOf("{{"); start >= 0; start = template.indexOf("{{", done)) {
            int end = template.indexOf("}}", start);
            String part = parts.get(template.substring(start + 2, end));
            page.append(template, done, start).append(Objects.requireNonNull(part));
            done = end + 2;
        }
        return page.append(template, done, template.length()).toString();
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
