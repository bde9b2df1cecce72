package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpttbench.harness.inference.BinomialBounds;
import org.bpttbench.harness.report.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps whose verdict was wrong, with the right one. */
class CasesJudgedTest {
    private static final int SEEDS = 25;

    /** Above it a true share of one in twenty would lie once in a thousand sets of rows. */
    private static final double BOUND = 0.999;

    @TempDir
    Path folder;

    /** Nothing overflows before the gradient does: where only its square would, there are figures. */
    @Test
    void aGradientWhoseSquareOverflowsHasItsFigures() throws IOException {
        List<NamedCsvRecord> rows = CaseFile.of("overflow", folder)
                .run()
                .rows(Table.BIAS)
                .filter(row -> row.getField("init.radius").equals("1.3"))
                .toList();
        assertThat(rows).extracting(row -> row.getField("verdict")).containsExactly("equivalent", "biased");
        assertThat(Double.parseDouble(rows.get(1).getField("relative_bias"))).isBetween(0.9, 1.0);
    }

    @Test
    void aGradientThatOverflowsLeavesItsRunDone() throws IOException {
        Files.writeString(folder.resolve("beyond.yaml"), """
                name: beyond
                seed: 1
                task: {type: adding, length: 1000, variant: arjovsky}
                model: {cell: identity, units: 8}
                init: {type: spectral-radius, radius: 4}
                measure: {bias: {at: [0], draws: 100}}
                grid:
                  estimator: [full, {type: tbptt, length: 10}, {type: artbp, mean: 20}]
                """);
        CaseFile sweep = CaseFile.of("beyond", folder).run();
        assertThat(sweep.column(Table.BIAS, "verdict")).hasSize(3).containsOnly("undecided");
        assertThat(sweep.column(Table.BIAS, "reason")).containsOnly("overflow");
        assertThat(sweep.column(Table.BIAS, "relative_bias")).containsOnly("");
        assertThat(sweep.column(Table.RUNS, "outcome")).hasSize(3).containsOnly("done");
    }

    /** After 20,000 steps of burn-in at θ = −1/6 the gradient is rounding; TBPTT's was called 3.03 times as large. */
    @Test
    void nothingIsLargeBesideAGradientOfZero() throws IOException {
        CaseFile sweep = CaseFile.of("optimum", folder).run();
        assertThat(sweep.column(Table.BIAS, "verdict")).hasSize(3).containsOnly("undecided");
        assertThat(sweep.column(Table.BIAS, "reason")).containsOnly("zero-gradient");
        assertThat(sweep.column(Table.BIAS, "relative_bias")).containsOnly("");
    }

    /** Bias is that of the cell's parameters: how large the readout is makes no difference to a verdict. */
    @Test
    void aVerdictDoesNotDependOnTheReadout() throws IOException {
        CaseFile sweep = CaseFile.of("small-readout", folder).run();
        Map<String, List<String>> verdicts = sweep.rows(Table.BIAS)
                .collect(Collectors.groupingBy(
                        row -> row.getField("estimator.type"),
                        Collectors.mapping(row -> row.getField("verdict"), Collectors.toList())));
        assertThat(verdicts).hasSize(2);
        assertThat(verdicts.values()).allSatisfy(each -> {
            assertThat(each).hasSize(2);
            assertThat(each).containsOnly(each.get(0));
        });
        assertThat(verdicts)
                .hasEntrySatisfying("tbptt", each -> assertThat(each).containsOnly("biased"));
    }

    private List<NamedCsvRecord> rows(int seed) throws IOException {
        return CaseFile.of("false-alarm", Files.createDirectories(folder.resolve("seed-" + seed)))
                .run("seed=" + seed)
                .rows(Table.BIAS)
                .toList();
    }

    /** Of one seed, as the file has it: the interval and the test are one statistic. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void thePValueIsTheIntervalsOwn(int seed) throws IOException {
        assertThat(rows(seed)).hasSize(3).allSatisfy(CasesJudgedTest::assertOneStatistic);
    }

    private static void assertOneStatistic(NamedCsvRecord row) {
        String low = row.getField("relative_bias_low");
        String p = row.getField("p_value");
        if (!low.isEmpty() && !p.isEmpty()) {
            assertThat(Double.parseDouble(low) > 0).isEqualTo(Double.parseDouble(p) < 0.05);
            assertThat(Double.parseDouble(p)).isPositive();
        }
        if (row.getField("verdict").equals("biased") && !low.isEmpty()) {
            assertThat(Double.parseDouble(low)).isPositive();
        }
    }

    /** 21 of 25 seeds were called biased, with p = 0. */
    @Test
    @Tag("long")
    void unbiasedRowsAreSignificantNoMoreOftenThanNominally() throws IOException {
        List<NamedCsvRecord> all = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            all.addAll(rows(seed));
        }
        assertThat(all).hasSize(3 * SEEDS).allSatisfy(CasesJudgedTest::assertOneStatistic);
        List<NamedCsvRecord> tested =
                all.stream().filter(row -> !row.getField("p_value").isEmpty()).toList();
        long significant = tested.stream()
                .filter(row -> Double.parseDouble(row.getField("p_value")) < 0.05)
                .count();
        if (!tested.isEmpty()) {
            assertThat(BinomialBounds.lower(significant, tested.size(), BOUND)).isLessThanOrEqualTo(0.05);
        }
        long biased = all.stream()
                .filter(row -> row.getField("verdict").equals("biased"))
                .count();
        assertThat(BinomialBounds.lower(biased, all.size(), BOUND)).isLessThanOrEqualTo(0.05);
    }
}
