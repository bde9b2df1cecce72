package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.stats.Compared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comparisons make of invented journals; expected figures by hand. */
class ComparisonReportTest {
    private static final TaskShelf TASKS = new TaskShelf();
    private static final String SWEEP = """
            name: invented
            seed: 1
            replicates: 8
            task: {type: influence-balancing, units: 23, positive: 10}
            train: {steps: 100, sequence: 50, optimizer: {type: sgd, rate: 0.1}}
            measure: {accuracy: {every: 50, target: {theta_error: 0.5}}}
            grid:
              estimator: [full, {type: tbptt, length: 10}]
            """;

    @TempDir
    Path folder;

    private int made;

    private static Sweep sweep(String text, String... overrides) {
        return new SweepReader(Bundled.catalogs(TASKS)).read("sweep.yaml", text, overrides);
    }

    /** The theta_error at the end as given; a negative one stands for a diverged run, NaN for none. */
    private Results results(Sweep sweep, ToDoubleFunction<RunSpec> end) throws IOException {
        InventedJournal journal = new InventedJournal(folder.resolve("journal-" + made++));
        for (RunSpec run : sweep.runs()) {
            double value = end.applyAsDouble(run);
            if (value < 0) {
                journal.ended(run, "diverged", "").point(50, "theta_error", 9).add();
            } else if (value >= 0) {
                journal.done(run)
                        .trained(100, 10)
                        .point(50, "theta_error", 2 * value)
                        .point(100, "theta_error", value)
                        .add();
            }
        }
        return Results.of(sweep, journal.read(), TASKS);
    }

    private static ComparisonReport compare(Results before, Results after) {
        return ComparisonReport.ofFolders("before", before, "after", after);
    }

    private static List<NamedCsvRecord> rows(ComparisonReport report, String quantity, String metric) {
        return CsvReader.builder().ofNamedCsvRecord(report.csv()).stream()
                .filter(row -> row.getField("quantity").equals(quantity)
                        && row.getField("metric").equals(metric))
                .toList();
    }

    private static List<String> errors(ComparisonReport report, String column) {
        return rows(report, "metric", "theta_error").stream()
                .map(row -> row.getField(column))
                .toList();
    }

    private static boolean full(RunSpec run) {
        return run.setting().estimator().text("type").equals("full");
    }

    private static double spread(RunSpec run) {
        return 1 + 0.1 * run.replicate();
    }

    @Test
    void aFolderIsTheSameAsItself() throws IOException {
        Results results = results(sweep(SWEEP), run -> run.replicate() == 3 ? -1 : spread(run));
        ComparisonReport report = compare(results, results);
        assertThat(report.comparison().rows()).isNotEmpty().allMatch(row -> row.verdict() == Compared.Word.SAME);
        assertThat(report.answer()).contains("the same to the last digit in all 8 figures");
    }

    /** TBPTT is worse in each replicate by 0.25 and a little; Full has changed in one alone. */
    @Test
    void aPlantedRegressionIsFoundAndNothingElse() throws IOException {
        Results before = results(sweep(SWEEP), ComparisonReportTest::spread);
        Results after = results(
                sweep(SWEEP),
                run -> full(run)
                        ? spread(run) + (run.replicate() == 2 ? 0.5 : 0)
                        : spread(run) + 0.25 + 0.01 * run.replicate());
        ComparisonReport report = compare(before, after);
        assertThat(errors(report, "verdict")).containsExactly("undecided", "worse");
        assertThat(errors(report, "reason")).containsExactly("too-few-pairs", "");
        assertThat(errors(report, "p_value")).containsExactly("1.0", "0.0078125");
        assertThat(errors(report, "p_holm")).containsExactly("1.0", "0.015625");
        NamedCsvRecord worse = rows(report, "metric", "theta_error").get(1);
        assertThat(Double.parseDouble(worse.getField("difference"))).isCloseTo(0.285, within(1e-12));
        assertThat(Double.parseDouble(worse.getField("ratio"))).isCloseTo(1.635 / 1.35, within(1e-12));
        // Student's, seven degrees of freedom: sd 0.01·√6, t = 2.364624251592785.
        assertThat(Double.parseDouble(worse.getField("difference_low")))
                .isCloseTo(0.285 - 2.364624251592785 * 0.01 * Math.sqrt(6.0 / 8), within(1e-9));
        assertThat(report.answer()).contains("worse in theta_error by 0.285").contains("(1 of 2: tbptt length=10)");
        // Turned round, the same is an improvement.
        assertThat(errors(compare(after, before), "verdict")).containsExactly("undecided", "better");
    }

    /** What one side lacks shifts all later places: pairs by place would differ by 0.1 each, pairs by number do not. */
    @Test
    void replicatesArePairedByNumberNotByPlace() throws IOException {
        Results before = results(sweep(SWEEP), ComparisonReportTest::spread);
        Results after = results(sweep(SWEEP), run -> run.replicate() == 0 ? Double.NaN : spread(run));
        ComparisonReport report = compare(before, after);
        assertThat(errors(report, "verdict")).containsExactly("same", "same");
        assertThat(errors(report, "replicates")).containsExactly("7", "7");
        assertThat(report.heading()).contains("Replicates of before alone: 0 of full; 0 of tbptt length=10.");
    }

    @Test
    void aRunThatDivergesIsTheWorstThereIs() throws IOException {
        Results before = results(sweep(SWEEP), ComparisonReportTest::spread);
        Results after = results(sweep(SWEEP), run -> full(run) ? spread(run) : -1);
        ComparisonReport report = compare(before, after);
        assertThat(errors(report, "verdict")).containsExactly("same", "worse");
        assertThat(errors(report, "difference")).containsExactly("0.0", "");
        assertThat(errors(report, "note").get(1)).contains("diverged");
        // None of the baseline's got to 0.5, and a run that diverged did not either.
        assertThat(rows(report, "steps_to_target", "theta_error"))
                .extracting(row -> row.getField("verdict"))
                .containsExactly("same", "same");
    }

    @Test
    void aTargetReachedSoonerIsBetterThanNever() throws IOException {
        Results before = results(sweep(SWEEP), ComparisonReportTest::spread);
        Results after = results(sweep(SWEEP), run -> full(run) ? 0.2 + 0.001 * run.replicate() : spread(run));
        ComparisonReport report = compare(before, after);
        assertThat(rows(report, "steps_to_target", "theta_error"))
                .extracting(row -> row.getField("verdict"))
                .containsExactly("better", "same");
        ComparisonReport other = compare(
                before,
                results(sweep(SWEEP, "measure.accuracy.target={theta_error: 0.4}"), ComparisonReportTest::spread));
        assertThat(rows(other, "steps_to_target", "theta_error")).isEmpty();
        assertThat(other.heading())
                .contains(
                        "Not compared: theta, which no replicate has on both sides (2 pairs); steps to theta_error, whose targets"
                                + " differ (2 pairs); loss, which no replicate has on both sides (2 pairs).");
    }

    /** Numbers of replicates mean nothing under another seed: rank sums, 8 against 8 without overlap. */
    @Test
    void otherSeedsAreNotPaired() throws IOException {
        Results before = results(sweep(SWEEP), ComparisonReportTest::spread);
        Results after = results(sweep(SWEEP, "seed=2"), run -> full(run) ? spread(run) + 1 : 2.6 - spread(run));
        ComparisonReport report = compare(before, after);
        assertThat(errors(report, "verdict")).containsExactly("worse", "undecided");
        assertThat(Double.parseDouble(errors(report, "p_value").get(0))).isCloseTo(2 / 12870.0, within(1e-15));
        assertThat(errors(report, "note")).containsExactly("unpaired", "unpaired");
        assertThat(report.heading())
                .contains("They differ in seed: 1 | 2.")
                .contains("2 pairs of settings, 8 replicates, not paired: they have other seeds or data.");
    }

    /** Where all replicates repeat one run, there is no chance in any difference. */
    @Test
    void repeatedRunsAreExact() throws IOException {
        Results before = results(sweep(SWEEP, "replicates=2"), run -> 1);
        Results after = results(sweep(SWEEP, "replicates=2"), run -> full(run) ? 1 : 1.5);
        ComparisonReport report = compare(before, after);
        assertThat(errors(report, "verdict")).containsExactly("same", "worse");
        assertThat(errors(report, "note").get(1)).startsWith("exact");
        assertThat(errors(report, "p_value")).containsExactly("", "");
    }

    @Test
    void fewReplicatesShowNothing() throws IOException {
        Results before = results(sweep(SWEEP, "replicates=5"), ComparisonReportTest::spread);
        Results after = results(sweep(SWEEP, "replicates=5"), run -> spread(run) + 1 + 0.1 * run.replicate());
        ComparisonReport report = compare(before, after);
        assertThat(errors(report, "verdict")).containsOnly("undecided");
        assertThat(errors(report, "reason")).containsOnly("too-few-pairs");
        assertThat(report.answer()).contains("too few replicates");
    }

    @Test
    void aPlaceIsNeitherBetterNorWorse() throws IOException {
        Sweep sweep = sweep(SWEEP);
        InventedJournal one = new InventedJournal(folder.resolve("one"));
        InventedJournal other = new InventedJournal(folder.resolve("other"));
        sweep.runs().forEach(run -> {
            one.done(run).point(100, "theta", spread(run)).add();
            other.done(run).point(100, "theta", 3 + 2 * spread(run)).add();
        });
        ComparisonReport report = compare(Results.of(sweep, one.read(), TASKS), Results.of(sweep, other.read(), TASKS));
        assertThat(rows(report, "metric", "theta"))
                .allMatch(row -> row.getField("reason").equals("no-direction"))
                .hasSize(2);
    }

    /**
     * At step 0 both are at the same parameters and draws are paired; TBPTT and Full are free of chance. Of the biases 0.6
     * and 0.3 squares are compared: 0.36 − 0.09.
     */
    @Test
    void biasIsComparedDrawByDrawAtTheSameParameters() throws IOException {
        String text = SWEEP.replace("{type: tbptt, length: 10}", "{type: tbptt, length: 10}, {type: artbp, mean: 8}")
                .replace("measure: {", "measure: {bias: {at: [0], length: 20, draws: 2000}, ");
        Sweep sweep = sweep(text, "replicates=2");
        Results before = biased(sweep, 0.3);
        ComparisonReport report = compare(before, biased(sweep, 0.6));
        List<NamedCsvRecord> bias = rows(report, "bias", "");
        assertThat(bias).extracting(row -> row.getField("verdict")).containsExactly("same", "worse", "worse");
        assertThat(bias.get(1).getField("note")).isEqualTo("exact");
        assertThat(Double.parseDouble(bias.get(1).getField("difference"))).isCloseTo(0.27, within(1e-12));
        assertThat(bias.get(2).getField("note")).isEmpty();
        assertThat(Double.parseDouble(bias.get(2).getField("p_holm"))).isLessThan(0.01);
        assertThat(rows(compare(before, before), "bias", ""))
                .extracting(row -> row.getField("verdict"))
                .containsOnly("same");
    }

    private Results biased(Sweep sweep, double bias) throws IOException {
        InventedJournal journal = new InventedJournal(folder.resolve("journal-" + made++));
        for (RunSpec run : sweep.runs()) {
            switch (run.setting().estimator().text("type")) {
                case "full" -> journal.done(run).exactBias(0, 0, 1).add();
                case "tbptt" -> journal.done(run).exactBias(0, bias, 1 - bias).add();
                default ->
                    journal.done(run).sampledBias(0, bias, 1 - bias, 0.5, 10).add();
            }
        }
        return Results.of(sweep, journal.read(), TASKS);
    }

    /**
     * 60 comparisons of two folders that differ by chance alone, five pairs each: any verdict at all, better or worse, is
     * promised in at most 5 % of them. 9 or more of 60 have probability 0.003 at 5 %; the seed is fixed.
     */
    @Test
    void chanceAloneSeldomHasAVerdict() throws IOException {
        Sweep sweep = sweep(
                SWEEP.replace("[full, {type: tbptt, length: 10}]", "{type: tbptt, length: [1, 2, 3, 4, 5]}"),
                "replicates=10");
        UniformRandomProvider random = Seeds.of(7).at("false-alarms").generator();
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int alarms = 0;
        for (int trial = 0; trial < 60; trial++) {
            Results before = results(sweep, run -> Math.exp(normal.sample()));
            Results after = results(sweep, run -> Math.exp(normal.sample()));
            alarms += errors(compare(before, after), "verdict").stream().allMatch("undecided"::equals) ? 0 : 1;
        }
        assertThat(alarms).isLessThan(9);
    }

    @Test
    void theTableFitsTheTerminal() throws IOException {
        String text = SWEEP.replace("length: 10}", "length: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]}");
        Results before = results(sweep(text), ComparisonReportTest::spread);
        Results after = results(sweep(text), run -> spread(run) + (full(run) ? 1 + 0.01 * run.replicate() : 0));
        for (int width : new int[] {80, 160}) {
            List<String> lines = compare(before, after).text(width).lines().toList();
            assertThat(lines).hasSizeLessThan(60).allMatch(line -> line.length() <= width);
            assertThat(lines).anyMatch(line -> line.contains("theta_error") && line.endsWith("worse"));
            assertThat(lines).anyMatch(line -> line.startsWith("… ") && line.endsWith("in compare.csv"));
        }
    }
}
