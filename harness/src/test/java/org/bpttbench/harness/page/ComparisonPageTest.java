package org.bpttbench.harness.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.bpttbench.harness.figure.InventedResults;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.report.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a comparison as text. */
class ComparisonPageTest {
    @TempDir
    Path folder;

    private String page(String name) throws IOException {
        Results before = InventedResults.full(folder.resolve("one"), InventedResults.HOSTILE, "");
        Results after = InventedResults.full(folder.resolve("other"), "x", InventedResults.HOSTILE);
        return ComparisonPage.of(ComparisonReport.ofFolders("before", before, name, after));
    }

    @Test
    void theSameJournalsGiveTheSameBytes() throws IOException {
        assertThat(page("after")).isEqualTo(page("after"));
    }

    @Test
    void hostileNamesStayText() throws IOException {
        String page = page(InventedResults.HOSTILE);
        assertThat(Pattern.compile("<script").matcher(page).results()).hasSize(1);
        assertThat(page).contains("&lt;script&gt;alert(").doesNotContain("alert('x')", "\u202E", "\u0007");
    }

    @Test
    void everyPairHasItsRowAndEveryQuantityItsForest() throws IOException {
        String page = page("after");
        assertThat(page).contains("id=\"compare\"").contains("Where the baseline comes from: before");
        assertThat(page).contains("Squared bias", "End of training: theta_error", "no difference");
        assertThat(Pattern.compile("<figure ").matcher(page).results()).hasSizeGreaterThan(4);
    }
}
