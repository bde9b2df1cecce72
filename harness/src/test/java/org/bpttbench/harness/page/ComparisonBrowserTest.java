package org.bpttbench.harness.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpttbench.harness.figure.ComparisonFigures;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.InventedResults;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.report.Results;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a comparison as a browser has it; without one the test is skipped, as {@link BrowserTest} is. */
@Tag("long")
class ComparisonBrowserTest {
    @TempDir
    Path folder;

    @Test
    void nothingComplainsAndEverythingFits() throws Exception {
        Optional<Path> program = Browser.program();
        if (program.isEmpty()) {
            assertThat(System.getenv("BPTT_BROWSER"))
                    .as("no chromium on the path: scripts/setup-browser")
                    .isNotEqualTo("required");
            Assumptions.abort("SKIPPED: no chromium on the path (scripts/setup-browser installs it)");
        }
        Results results = InventedResults.full(folder.resolve("journal"), "x", InventedResults.HOSTILE);
        ComparisonReport report =
                InventedResults.compared(results, InventedResults.HOSTILE, "a/very/long/name/of/a/folder");
        long marks =
                ComparisonFigures.of(report).stream().mapToLong(Figure::marks).sum();
        assertThat(marks).isGreaterThan(20);
        Path page = Files.writeString(folder.resolve("compare.html"), ComparisonPage.of(report));
        Browser browser = new Browser(program.orElseThrow(), folder.resolve("profile"));
        try {
            for (int width : new int[] {1280, 400}) {
                browser.open(page, width, width == 400);
                assertThat(browser.run("document.documentElement.scrollWidth")).isEqualTo((long) width);
                assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
                assertThat(browser.events("Log.entryAdded")).isEmpty();
                assertThat(browser.run("document.querySelectorAll('.mark').length"))
                        .isEqualTo(marks);
            }
        } finally {
            browser.close();
        }
    }
}
