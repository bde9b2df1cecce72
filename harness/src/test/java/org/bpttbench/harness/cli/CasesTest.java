package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.harness.report.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps whose numbers once stopped a session or left files unwritten. */
class CasesTest {
    @TempDir
    Path folder;

    /**
     * Two steps and twenty draws: with a mean of 1000 none is ever cut, with a mean of 5 a few are. Nineteen times out of
     * twenty and more, resamples of the component along g have the same value everywhere.
     */
    @Test
    void drawsThatHardlyEverDiffer() throws IOException {
        CaseFile sweep = CaseFile.of("no-spread", folder).run();
        assertThat(sweep.column(Table.RUNS, "outcome")).hasSize(16).containsOnly("done");
        assertThat(sweep.rows(Table.BIAS)).hasSize(16).allSatisfy(row -> {
            assertThat(row.getField("projection_low").isEmpty())
                    .isEqualTo(row.getField("projection_high").isEmpty());
            assertThat(row.getField("relative_variance")).doesNotStartWith("-");
            if (row.getField("estimator.mean").equals("1000.0")) {
                assertThat(row.getField("projection_low")).isEmpty();
            }
        });
    }

    /** With a spectral radius of 1.3 a loss after 1000 steps has a gradient of 1e220, whose square is none. */
    @Test
    void aGradientWhoseSquareOverflows() throws IOException {
        CaseFile sweep = CaseFile.of("overflow", folder).run();
        assertThat(sweep.column(Table.RUNS, "outcome"))
                .containsExactly("done", "done", "diverged", "diverged", "done", "done");
        // Nothing overflows before the gradient does: all six have figures.
        assertThat(sweep.rows(Table.BIAS)).hasSize(6).allSatisfy(row -> {
            assertThat(row.getField("verdict")).isNotEqualTo("undecided");
            assertThat(row.getField("relative_bias")).isNotEmpty();
        });
        // What there is, is a result: nothing is made again, and the second time ends as well as the first.
        List<Long> before = journal(sweep);
        sweep.run();
        assertThat(journal(sweep)).isEqualTo(before);
    }

    private static List<Long> journal(CaseFile sweep) throws IOException {
        try (Stream<Path> files = Files.list(sweep.results().resolve("journal"))) {
            return files.sorted().map(file -> file.toFile().length()).toList();
        }
    }
}
