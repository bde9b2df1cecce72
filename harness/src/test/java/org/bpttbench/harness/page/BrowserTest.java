package org.bpttbench.harness.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.Figures;
import org.bpttbench.harness.figure.InventedResults;
import org.bpttbench.harness.report.Results;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page as a browser has it. Where there is none the test is skipped, unless the environment variable BPTT_BROWSER is
 * {@code required}.
 */
@Tag("long")
class BrowserTest {
    @TempDir
    static Path folder;

    private static Optional<Browser> browser = Optional.empty();
    private static List<Figure> figures = List.of();
    private static Path page = Path.of("");

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> program = Browser.program();
        if (program.isEmpty()) {
            assertThat(System.getenv("BPTT_BROWSER"))
                    .as("no chromium on the path: scripts/setup-browser")
                    .isNotEqualTo("required");
            Assumptions.abort("SKIPPED: no chromium on the path (scripts/setup-browser installs it)");
        }
        Results results = InventedResults.full(
                folder.resolve("journal"), InventedResults.HOSTILE.replace("\u0007", ""), InventedResults.HOSTILE);
        figures = Figures.of(results);
        page = Files.writeString(
                folder.resolve("report.html"), ReportPage.of(results, figures), StandardCharsets.UTF_8);
        browser = Optional.of(new Browser(program.orElseThrow(), folder.resolve("profile")));
    }

    @AfterAll
    static void close() {
        browser.ifPresent(Browser::close);
    }

    private static Browser show(int width, boolean dark) throws Exception {
        Browser shown = browser.orElseThrow();
        shown.open(page, width, dark);
        shown.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return shown;
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "400, false", "400, true"})
    void nothingIsAskedForAndNothingComplains(int width, boolean dark) throws Exception {
        Browser shown = show(width, dark);
        assertThat(shown.events("Network.requestWillBeSent"))
                .extracting(event -> String.valueOf(
                        Browser.map(Browser.map(event.get("params")).get("request"))
                                .get("url")))
                .allMatch(url -> url.equals(page.toUri().toString()) || url.startsWith("data:"));
        assertThat(shown.events("Runtime.exceptionThrown")).isEmpty();
        assertThat(shown.events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(shown.events("Log.entryAdded")).isEmpty();
    }

    /** The policy must hold, or the test above would pass for a page that merely asks for nothing yet. */
    @Test
    void aRequestWouldBeRefused() throws Exception {
        Browser shown = show(1280, false);
        assertThat(shown.run("fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused')"))
                .isEqualTo("refused");
        assertThat(shown.events("Log.entryAdded").toString()).contains("Content Security Policy");
    }

    @Test
    void everyMarkIsDrawnWhereItCanBeSeen() throws Exception {
        Browser shown = show(1280, false);
        for (Figure figure : figures) {
            String marks = "Array.from(document.querySelectorAll('#" + figure.name() + " .mark'))";
            assertThat(shown.run(marks + ".length")).as(figure.name()).isEqualTo(figure.marks());
            assertThat(shown.run(marks + ".filter(m => { const b = m.getBoundingClientRect();"
                            + " const p = m.closest('svg').getBoundingClientRect();"
                            + " return b.width > 2 && b.height > 2 && b.left > p.left - 1 && b.right < p.right + 1"
                            + " && b.top > p.top - 1 && b.bottom < p.bottom + 1; }).length"))
                    .as(figure.name())
                    .isEqualTo(figure.marks());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 400})
    void noPartIsWiderThanTheScreen(int width) throws Exception {
        Browser shown = show(width, false);
        assertThat(shown.run("document.documentElement.scrollWidth")).isEqualTo((long) width);
        // Text of a panel that is drawn beyond its edge would be cut.
        assertThat(shown.run(
                        "Array.from(document.querySelectorAll('svg text')).filter(t => { const b = t.getBoundingClientRect();"
                                + " const p = t.closest('svg').getBoundingClientRect(); return b.width > 0 && (b.left < p.left - 2 || b.right > p.right"
                                + " + 2); }).map(t => t.textContent).join('|')"))
                .isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 400})
    void textOfFiguresIsLargeEnoughToRead(int width) throws Exception {
        Browser shown = show(width, false);
        Object smallest = shown.run("Math.min(...Array.from(document.querySelectorAll('svg text')).map(t =>"
                + " parseFloat(getComputedStyle(t).fontSize) * t.closest('svg').getScreenCTM().a))");
        assertThat(((Number) smallest).doubleValue()).isGreaterThan(8.5);
    }

    /** WCAG 2.1, 1.4.3: relative luminance of text against what it stands on, at least 4.5 to 1. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void textStandsOut(boolean dark) throws Exception {
        Browser shown = show(1280, dark);
        shown.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        String script = """
                (() => {
                  const parse = c => (c.match(/[0-9.]+/g) || []).map(Number);
                  const over = (top, under) => { const a = top.length > 3 ? top[3] : 1; return [0, 1, 2].map(i => a * top[i] + (1 - a) * under[i]); };
                  const light = c => { const l = c.slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
                    return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
                  const ground = e => { const stack = []; for (let n = e; n && n.nodeType === 1; n = n.parentElement) stack.unshift(parse(getComputedStyle(n).backgroundColor));
                    let c = [255, 255, 255]; for (const s of stack) if (s.length >= 3) c = over(s, c);
                    const cell = e.closest('.mark'); const heat = cell && cell.querySelector('.heat');
                    if (heat) { const f = parse(getComputedStyle(heat).fill); c = over([...f.slice(0, 3), Number(getComputedStyle(heat).fillOpacity)], c); }
                    return c; };
                  let worst = 99, where = '';
                  for (const e of document.querySelectorAll('body *')) {
                    if (e.tagName === 'SCRIPT' || e.hidden || !Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim())) continue;
                    if (!e.getClientRects().length) continue;
                    const style = getComputedStyle(e), under = ground(e);
                    const ink = over(parse(e.closest('svg') ? style.fill : style.color), under);
                    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
                    const contrast = (a + 0.05) / (b + 0.05);
                    if (contrast < worst) { worst = contrast; where = e.tagName + '.' + e.getAttribute('class') + ': ' + e.textContent.slice(0, 40); }
                  }
                  return { worst, where };
                })()
                """;
        Map<String, Object> found = Browser.map(shown.run(script));
        assertThat(((Number) found.getOrDefault("worst", 0)).doubleValue())
                .as(String.valueOf(found.get("where")))
                .isBetween(4.5, 21.0);
    }

    @Test
    void pointingAtAMarkShowsItsFigures() throws Exception {
        Browser shown = show(1280, false);
        String mark = "document.querySelector('#bias-length .mark circle')";
        Map<String, Object> place = Browser.map(shown.run("(() => { const b = " + mark
                + ".getBoundingClientRect(); return {x: b.x + b.width / 2, y: b.y + b.height / 2}; })()"));
        assertThat(shown.run("document.getElementById('tip').hidden")).isEqualTo(true);
        shown.moveTo(
                ((Number) place.getOrDefault("x", 0)).doubleValue(),
                ((Number) place.getOrDefault("y", 0)).doubleValue());
        assertThat(shown.run("document.getElementById('tip').hidden")).isEqualTo(false);
        assertThat(String.valueOf(shown.run("document.getElementById('tip').textContent")))
                .startsWith("TBPTT, length 5\nmean segment length: 5\nrelative bias: 0.4573");
        shown.moveTo(2, 2);
        assertThat(shown.run("document.getElementById('tip').hidden")).isEqualTo(true);
    }

    @Test
    void tablesSortAndFilter() throws Exception {
        Browser shown = show(1280, false);
        String rows = "Array.from(document.querySelector('#bias').tBodies[0].rows)";
        String column =
                "Array.from(document.querySelectorAll('#bias th')).findIndex(h => h.textContent === 'relative bias')";
        String values = rows + ".map(r => r.cells[" + column + "].dataset.v).map(v => v === '' ? null : Number(v))";
        shown.run("document.querySelectorAll('#bias th button')[" + column + "].click()");
        assertThat(shown.run("(v => v.every((x, i) => i === 0 || v[i - 1] <= x))(" + values + ")"))
                .isEqualTo(true);
        shown.run("document.querySelectorAll('#bias th button')[" + column + "].click()");
        assertThat(shown.run(
                        "(v => v.every((x, i) => i === 0 || v[i - 1] >= x) && v[0] > v[v.length - 1])(" + values + ")"))
                .isEqualTo(true);
        Object all = shown.run(rows + ".length");
        shown.run(
                "(i => { i.value = 'TBPTT equivalent'; i.dispatchEvent(new Event('input')); })(document.querySelector('input[data-table=bias]'))");
        assertThat(shown.run(rows + ".filter(r => !r.hidden).length")).isEqualTo(0L);
        shown.run(
                "(i => { i.value = 'tbptt BIASED'; i.dispatchEvent(new Event('input')); })(document.querySelector('input[data-table=bias]'))");
        assertThat(shown.run(rows + ".filter(r => !r.hidden).length")).isEqualTo(8L);
        assertThat(all).isEqualTo(28L);
    }

    /** What is saved is caught on its way to the disk. */
    @Test
    void figuresCanBeSaved() throws Exception {
        Browser shown = show(400, true);
        shown.run(
                "window.saved = []; URL.createObjectURL = blob => { window.saved.push(blob); return 'data:,'; };"
                        + " HTMLAnchorElement.prototype.click = function () { window.names = (window.names || []).concat(this.download); }");
        String figure = "document.getElementById('frontier')";
        for (String format : List.of("svg", "csv", "png")) {
            shown.run(figure + ".querySelector('button[data-save=" + format + "]').click()");
        }
        shown.run(
                "new Promise(done => { const wait = () => window.saved.length > 2 ? done() : setTimeout(wait, 20); wait(); })");
        assertThat(shown.run("window.names.join(' ')")).isEqualTo("frontier.svg frontier.csv frontier.png");
        Figure frontier = figures.stream()
                .filter(each -> each.name().equals("frontier"))
                .findFirst()
                .orElseThrow();
        assertThat(shown.run("window.saved[0].text().then(t => new DOMParser().parseFromString(t, 'image/svg+xml')"
                        + ".querySelectorAll('.mark').length)"))
                .isEqualTo(frontier.marks());
        assertThat(shown.run("window.saved[1].text()")).isEqualTo(org.bpttbench.harness.figure.FigureCsv.of(frontier));
        assertThat(shown.run("createImageBitmap(window.saved[2]).then(i => i.width)"))
                .isEqualTo(1600L);
    }

    @Test
    void withoutItsScriptThePageSaysTheSame() throws Exception {
        Browser shown = browser.orElseThrow();
        shown.call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            shown.open(page, 1280, false);
            assertThat(shown.run("document.querySelectorAll('svg .mark > title').length"))
                    .isEqualTo(figures.stream().mapToLong(Figure::marks).sum());
        } finally {
            shown.call("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }
}
