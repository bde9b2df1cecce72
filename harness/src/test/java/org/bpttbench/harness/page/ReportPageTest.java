package org.bpttbench.harness.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.harness.figure.Figures;
import org.bpttbench.harness.figure.InventedResults;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as text; as a browser has it, it is tested by {@link BrowserTest}. */
class ReportPageTest {
    @TempDir
    Path folder;

    private static String page(Results results) {
        return ReportPage.of(results, Figures.of(results));
    }

    @Test
    void theSameJournalGivesTheSameBytes() throws IOException {
        assertThat(page(InventedResults.full(folder.resolve("one"))))
                .isEqualTo(page(InventedResults.full(folder.resolve("other"))));
    }

    @Test
    void hostileTextStaysText() throws IOException {
        // A sweep file with a control character is refused, a message of a run may have one.
        String about = InventedResults.HOSTILE.replace("\u0007", "");
        String page = page(InventedResults.full(folder, about, InventedResults.HOSTILE));
        assertThat(found("<script", page)).hasSize(1);
        assertThat(found("</title>", page)).hasSizeGreaterThanOrEqualTo(1);
        assertThat(page).contains("&lt;script&gt;alert(").doesNotContain("alert('x')", "\u202E", "\u0007");
    }

    /** A page that opens from a disk must find nothing missing: no address in it leads anywhere. */
    @Test
    void nothingLeadsOutside() throws IOException {
        String page = page(InventedResults.full(folder));
        assertThat(found("(?:href|src|action|srcset)=\"([^\"]*)\"", page))
                .extracting(match -> match.group(1))
                .containsOnly("data:,");
        assertThat(found("url\\(|@import|<iframe|<object|<embed", page)).isEmpty();
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "//www");
    }

    /** A browser runs the script and applies the style only if their hashes stand in the policy. */
    @Test
    void thePolicyNamesStyleAndScriptByHash() throws Exception {
        String page = page(InventedResults.full(folder));
        for (String element : List.of("style", "script")) {
            String content = found("<" + element + ">(.*?)</" + element + ">", page)
                    .get(0)
                    .group(1);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            assertThat(page)
                    .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void runsThatDidNotEndWellAreListedWithTheirMessages() throws IOException {
        String page = page(InventedResults.full(folder, "?", "parameter 0 is 1000022.3"));
        String table = found("<table id=\"trouble\">(.*?)</table>", page).get(0).group(1);
        // TBPTT of length 5 diverges and of length 20 fails in one replicate under each of two initial weights.
        assertThat(found("<tr><td", table)).hasSize(4);
        assertThat(found("parameter 0 is 1000022.3", table)).hasSize(4);
        assertThat(found(">diverged<", table)).hasSize(2);
        assertThat(found(">failed<", table)).hasSize(2);
    }

    @Test
    @Tag("long")
    void aThousandRunsMakeAPageThatIsQuickToOpen() throws IOException {
        String page = page(InventedResults.large(folder));
        assertThat(found("<tr><td", page)).hasSizeGreaterThan(1000);
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
    }

    @Test
    void allFilesAreWritten() throws IOException {
        Results results = InventedResults.full(folder.resolve("journal"));
        Path written = folder.resolve("results");
        boolean painted =
                ReportFiles.paint(written, ReportFiles.write(written, results)).isEmpty();
        for (Table table : Table.ofSweep()) {
            assertThat(written.resolve(table.file())).exists();
        }
        assertThat(written.resolve("report.html")).content().isEqualTo(page(results));
        List<String> figures =
                Figures.of(results).stream().map(figure -> figure.name()).toList();
        try (Stream<Path> files = Files.list(written.resolve("figures"))) {
            assertThat(files).hasSize(figures.size() * (painted ? 3 : 2));
        }
        assertThat(figures)
                .allSatisfy(name -> assertThat(written.resolve("figures").resolve(name + ".svg"))
                        .exists());
    }

    private static List<MatchResult> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().toList();
    }
}
