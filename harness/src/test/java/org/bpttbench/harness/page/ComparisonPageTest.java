package org.bpttbench.harness.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.bpttbench.harness.figure.ComparisonFigures;
import org.bpttbench.harness.figure.InventedResults;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.report.Results;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a comparison as text. */
class ComparisonPageTest {
    @TempDir
    static Path folder;

    private static Results results;

    @BeforeAll
    static void invent() throws IOException {
        results = InventedResults.full(folder.resolve("one"), "x", "");
    }

    private static ComparisonReport report(String name) {
        return InventedResults.compared(results, "before", name);
    }

    @Test
    void theSameJournalsGiveTheSameBytes() throws IOException {
        Results again = InventedResults.full(folder.resolve("other"), "x", "");
        assertThat(ComparisonPage.of(report("one")))
                .isEqualTo(ComparisonPage.of(InventedResults.compared(again, "before", "one")));
    }

    @Test
    void hostileNamesStayText() {
        String page = ComparisonPage.of(report(InventedResults.HOSTILE));
        assertThat(found("<script", page)).isEqualTo(1);
        assertThat(page).contains("&lt;script&gt;alert(").doesNotContain("alert('x')", "\u202E", "\u0007");
    }

    /** Two initial weights, of two lengths each two laws: eight pairs. */
    @Test
    void everyPairHasItsRowAndEveryQuantityItsForest() {
        ComparisonReport report = report("after");
        String page = ComparisonPage.of(report);
        assertThat(report.comparison().pairing().pairs()).hasSize(8);
        assertThat(found("<tr><td", page)).isEqualTo(report.comparison().rows().size());
        assertThat(page).contains("Squared bias", "End of training: theta_error", "no difference", ">better<");
        assertThat(found("<figure ", page))
                .isEqualTo(ComparisonFigures.of(report).size())
                .isGreaterThan(3);
    }

    private static long found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
