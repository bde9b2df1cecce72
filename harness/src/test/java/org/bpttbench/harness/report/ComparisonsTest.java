package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code choose}, {@code reference} and {@code target} make of invented journals; expected figures by hand. */
class ComparisonsTest {
    private static final TaskShelf TASKS = new TaskShelf();
    private static final String SWEEP = """
            name: invented
            seed: 1
            replicates: 2
            task: {type: influence-balancing, units: 23, positive: 10}
            train: {steps: 100, sequence: 50, optimizer: {type: sgd, rate: 0.1}}
            measure: {accuracy: {every: 50, target: {theta_error: 0.5}}}
            grid:
              estimator: [full, {type: tbptt, length: 10}]
              train.optimizer.rate: [0.1, 0.2, 0.4]
            """;
    private static final String CHOOSE = "choose: {among: train.optimizer.rate, by: theta_error, replicates: 3}\n";
    private static final String REFERENCE = "reference: {estimator.type: full}\n";

    @TempDir
    Path folder;

    private static Sweep sweep(String text) {
        return new SweepReader(Bundled.catalogs(TASKS)).read("sweep.yaml", text);
    }

    /** Every run done, its theta_error at the end as given; a negative one stands for a diverged run, NaN for none. */
    private InventedJournal journal(Sweep sweep, ToDoubleFunction<RunSpec> end) {
        InventedJournal journal = new InventedJournal(folder);
        for (RunSpec run : sweep.runs()) {
            double value = end.applyAsDouble(run);
            if (value < 0) {
                journal.ended(run, "diverged", "").add();
            } else if (value >= 0) {
                journal.done(run).point(100, "theta_error", value).add();
            }
        }
        return journal;
    }

    private List<NamedCsvRecord> rows(Sweep sweep, InventedJournal journal, Table table) throws IOException {
        String text = Reports.texts(sweep, journal.read(), TASKS).getOrDefault(table, "");
        return CsvReader.builder().ofNamedCsvRecord(text).stream()
                .filter(row -> table != Table.ACCURACY || row.getField("metric").equals("theta_error"))
                .toList();
    }

    private List<String> column(String column, Sweep sweep, ToDoubleFunction<RunSpec> end) throws IOException {
        return rows(sweep, journal(sweep, end), Table.ACCURACY).stream()
                .map(row -> row.getField(column))
                .toList();
    }

    private static double rate(RunSpec run) {
        return run.setting().train().orElseThrow().optimizer().real("rate");
    }

    private static boolean full(RunSpec run) {
        return run.setting().estimator().text("type").equals("full");
    }

    /** Full's runs that choose are best at 0.2; those that are reported would be at 0.4. Of tbptt's, 0.1 loses two. */
    private static double tuned(RunSpec run) {
        boolean choosing = run.replicate() < 3;
        if (full(run)) {
            return choosing ? Math.abs(rate(run) - 0.2) : 1 - rate(run);
        }
        return choosing && rate(run) == 0.1 && run.replicate() > 0 ? -1 : rate(run);
    }

    @Test
    void runsThatChooseDecideAndAreNotReported() throws IOException {
        Sweep sweep = sweep(SWEEP + CHOOSE);
        assertThat(column("chosen", sweep, ComparisonsTest::tuned))
                .containsExactly("0.2", "0.2", "0.2", "0.2", "0.2", "0.2");
        assertThat(column("replicates", sweep, ComparisonsTest::tuned)).containsOnly("2");
        assertThat(column("mean", sweep, ComparisonsTest::tuned))
                .containsExactly("0.9", "0.8", "0.6", "0.1", "0.2", "0.4");
        List<NamedCsvRecord> runs = rows(sweep, journal(sweep, ComparisonsTest::tuned), Table.RUNS);
        assertThat(runs).hasSize(30);
        assertThat(runs.subList(0, 5))
                .extracting(row -> row.getField("replicate"))
                .containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void withoutRunsOfTheirOwnTheReportedOnesChoose() throws IOException {
        Sweep sweep = sweep(SWEEP + CHOOSE.replace(", replicates: 3", ""));
        assertThat(column("chosen", sweep, run -> full(run) ? 1 - rate(run) : rate(run)))
                .containsExactly("0.4", "0.4", "0.4", "0.1", "0.1", "0.1");
    }

    @Test
    void anArmChoosesNothingBeforeAllHaveRunOrIfAllDiverge() throws IOException {
        Sweep sweep = sweep(SWEEP + CHOOSE);
        assertThat(column(
                        "chosen", sweep, run -> full(run) && rate(run) == 0.4 && run.replicate() == 1 ? Double.NaN : 1))
                .containsExactly("", "", "", "0.1", "0.1", "0.1");
        assertThat(column("chosen", sweep, run -> full(run) && run.replicate() < 3 ? -1 : 1))
                .containsExactly("", "", "", "0.1", "0.1", "0.1");
        assertThat(column("chosen", sweep(SWEEP + CHOOSE.replace("theta_error,", "nothing,")), run -> 1))
                .containsOnly("");
    }

    @Test
    void aSettingIsComparedWithTheReferenceOfItsOtherAxesPairByPair() throws IOException {
        Sweep sweep = sweep(SWEEP + REFERENCE);
        List<String> ids = sweep.settings().stream().map(Setting::id).toList();
        // tbptt less full: 0.25 and 0.75 at rate 0.1; at 0.2 only replicate 1 ended well in both; at 0.4 none did
        ToDoubleFunction<RunSpec> ends = run -> {
            if (rate(run) > 0.3 || (rate(run) > 0.15 && run.replicate() == 0)) {
                return full(run) ? -1 : 7;
            }
            return full(run) ? 1 + run.replicate() : 1.25 + 1.5 * run.replicate();
        };
        assertThat(column("reference", sweep, ends)).containsExactly("", "", "", ids.get(0), ids.get(1), ids.get(2));
        assertThat(column("difference", sweep, ends)).containsExactly("", "", "", "0.5", "0.75", "");
        // Student's with one degree of freedom: 0.5 ± 12.706204736 · 0.25. One pair has no interval.
        List<String> low = column("difference_low", sweep, ends).subList(3, 6);
        assertThat(Double.parseDouble(low.get(0))).isCloseTo(0.5 - 12.706204736174694 / 4, within(1e-9));
        assertThat(low.subList(1, 3)).containsOnly("");
        // A diverged reference is beaten: at 0.2 by one of two pairs, at 0.4 by both.
        assertThat(column("p_value", sweep, ends)).containsExactly("", "", "", "0.5", "1.0", "0.5");
        assertThat(column("p_holm", sweep, ends)).containsExactly("", "", "", "1.0", "1.0", "1.0");
        assertThat(column("note", sweep, ends))
                .containsExactly("", "", "", "too-few-pairs", "too-few-pairs diverged", "too-few-pairs diverged");
    }

    /**
     * Six pairs with one sign: p = 2/2⁶. Where the last pair has the other sign and ranks first, the positive ranks add up
     * to 20 of 21: p = 2·2/2⁶. A first look takes both over 0.8; of the family of two rows, Holm doubles the smaller one.
     */
    @Test
    void testsOfAMetricAreOneFamily() throws IOException {
        Sweep sweep = sweep(
                SWEEP.replace("replicates: 2", "replicates: 6").replace("[0.1, 0.2, 0.4]", "[0.1, 0.2]") + REFERENCE);
        ToDoubleFunction<RunSpec> ends = run -> {
            boolean turned = rate(run) == 0.2 && run.replicate() == 5;
            return full(run) ? 2 : turned ? 1.9 : 3 + run.replicate();
        };
        assertThat(column("p_value", sweep, ends)).containsExactly("", "", "0.03125", "0.0625");
        assertThat(column("p_holm", sweep, ends)).containsExactly("", "", "0.078125", "0.078125");
        assertThat(column("look", sweep, ends)).containsExactly("", "", "1", "1");
        assertThat(column("note", sweep, ends)).containsOnly("");
    }

    /** Six times the same run is no sample of six. */
    @Test
    void repeatedRunsAreNoEvidence() throws IOException {
        Sweep sweep =
                sweep(SWEEP.replace("replicates: 2", "replicates: 6").replace("[0.1, 0.2, 0.4]", "[0.1]") + REFERENCE);
        assertThat(column("note", sweep, run -> full(run) ? 1 : 3)).containsExactly("", "identical");
    }

    /** Both arms lose replicate 0, which counts as equal; replicate 1 is lost by tbptt alone, which then ranks last. */
    @Test
    void whereBothDivergeNeitherIsBetter() throws IOException {
        Sweep sweep =
                sweep(SWEEP.replace("replicates: 2", "replicates: 8").replace("[0.1, 0.2, 0.4]", "[0.1]") + REFERENCE);
        ToDoubleFunction<RunSpec> ends = run -> {
            boolean lost = run.replicate() == 0 || (!full(run) && run.replicate() == 1);
            return lost ? -1 : full(run) ? 9 : 1 + run.replicate() / 8.0;
        };
        // Seven pairs differ; the one with the largest rank, 7, is against tbptt: P(W⁺ ≥ 7) by counting subsets.
        int asFar = 0;
        for (int signs = 0; signs < 128; signs++) {
            int sum = 0;
            for (int rank = 1; rank <= 7; rank++) {
                sum += (signs >> (rank - 1) & 1) * rank;
            }
            asFar += sum <= 7 ? 1 : 0;
        }
        assertThat(column("p_value", sweep, ends)).containsExactly("", Double.toString(2 * asFar / 128.0));
        assertThat(column("note", sweep, ends)).containsExactly("", "diverged");
        // One resample in fourteen has three diverged runs or more of eight, which is too many to be trimmed.
        assertThat(column("iqm", sweep, ends)).containsExactly("9.0", "1.6875");
        assertThat(column("iqm_low", sweep, ends).get(0)).isEqualTo("9.0");
        assertThat(column("iqm_high", sweep, ends)).containsOnly("");
    }

    @Test
    void whereValuesAreChosenTheReferencesChoiceIsComparedWith() throws IOException {
        Sweep sweep = sweep(SWEEP + CHOOSE + REFERENCE);
        String chosen = sweep.settings().get(1).id();
        assertThat(column("reference", sweep, ComparisonsTest::tuned))
                .containsExactly("", "", "", chosen, chosen, chosen);
        // Full's reported 0.8 at its chosen rate is taken off 0.1, 0.2 and 0.4.
        assertThat(column("difference", sweep, ComparisonsTest::tuned).subList(3, 6).stream()
                        .map(text -> Math.round(Double.parseDouble(text) * 1e9)))
                .containsExactly(-700_000_000L, -600_000_000L, -400_000_000L);
        String answer = Summary.text(
                Results.of(sweep, journal(sweep, ComparisonsTest::tuned).read(), TASKS), 1000);
        assertThat(answer).contains("the lowest median theta_error is 0.2000, of tbptt length=10 optimizer.rate=0.2");
    }

    @Test
    void commonParametersDecideBetweenSeveralReferences() throws IOException {
        String arms = "[{type: artbp, mean: [8, 16]}, {type: uncompensated, mean: [16, 8]}, {type: tbptt, length: 4}]";
        Sweep sweep = sweep(SWEEP.replace("[full, {type: tbptt, length: 10}]", arms)
                        .replace("[0.1, 0.2, 0.4]", "[0.1]") + "reference: {estimator.type: artbp}\n");
        String eight = sweep.settings().get(0).id();
        String sixteen = sweep.settings().get(1).id();
        // tbptt has nothing in common with either, so that neither is its reference
        assertThat(column("reference", sweep, run -> 1)).containsExactly("", "", sixteen, eight, "");
    }

    @Test
    void stepsToTheTargetAreAMedianInWhichMissesRankLast() throws IOException {
        Sweep sweep = sweep(SWEEP.replace("replicates: 2", "replicates: 3"));
        InventedJournal journal = new InventedJournal(folder);
        for (RunSpec run : sweep.runs()) {
            Arguments estimator = run.setting().estimator();
            boolean reaches = run.replicate() < (estimator.text("type").equals("full") ? 2 : 1);
            InventedJournal.Run made = run.replicate() == 1 ? journal.ended(run, "diverged", "") : journal.done(run);
            made.point(0, "theta_error", 0.9)
                    .point(50, "theta_error", reaches && run.replicate() == 0 ? 0.5 : 0.6)
                    .point(100, "theta_error", reaches ? 0.4 : 0.51)
                    .add();
        }
        List<NamedCsvRecord> rows = rows(sweep, journal, Table.ACCURACY);
        // Full: 50, 100 (it diverged afterwards) and never. TBPTT: 50, never, never.
        assertThat(rows)
                .extracting(row -> row.getField("steps_to_target"))
                .containsExactly("100.0", "100.0", "100.0", "", "", "");
        assertThat(rows).extracting(row -> row.getField("censored")).containsExactly("1", "1", "1", "2", "2", "2");
        // No target is set for the loss: neither figure, not even a count of 0.
        String all = Reports.texts(sweep, journal.read(), TASKS).getOrDefault(Table.ACCURACY, "");
        assertThat(CsvReader.builder().ofNamedCsvRecord(all).stream()
                        .filter(row -> row.getField("metric").equals("loss")))
                .hasSize(6)
                .allMatch(row -> row.getField("steps_to_target").isEmpty())
                .allMatch(row -> row.getField("censored").isEmpty());
    }

    /** Full is in no pair; rates differ in more than the estimator; later steps share θ only along one arm's training. */
    @Test
    void pairsAreOfEstimatorsAtTheSameParameters() throws IOException {
        String text = SWEEP.replace(
                        "{type: tbptt, length: 10}", "{type: tbptt, length: [5, 10]}, {type: artbp, mean: 8}")
                .replace("[0.1, 0.2, 0.4]", "[0.1, 0.2]")
                .replace("measure: {", "measure: {bias: {at: [0, end], length: 20, draws: 2000}, ");
        Sweep own = sweep(text);
        List<String> ids = own.settings().stream().map(Setting::id).toList();
        List<NamedCsvRecord> rows = rows(own, biased(own), Table.BIAS_PAIRS);
        assertThat(rows)
                .extracting(row -> row.getField("setting"))
                .containsExactly(ids.get(2), ids.get(2), ids.get(3), ids.get(3), ids.get(4), ids.get(5));
        assertThat(rows)
                .extracting(row -> row.getField("other"))
                .containsExactly(ids.get(4), ids.get(6), ids.get(5), ids.get(7), ids.get(6), ids.get(7));
        assertThat(rows).extracting(row -> row.getField("at")).containsOnly("0");
        assertThat(rows)
                .extracting(row -> row.getField("other_estimator"))
                .containsExactly(
                        "tbptt length=10",
                        "artbp mean=8",
                        "tbptt length=10",
                        "artbp mean=8",
                        "artbp mean=8",
                        "artbp mean=8");
        // 0.6² less 0.6², then 0.6² less 0.01²; 1 of 2 rows with a test, in a family of four.
        assertThat(rows).extracting(row -> row.getField("note")).containsExactly("exact", "", "exact", "", "", "");
        assertThat(Double.parseDouble(rows.get(1).getField("bias_difference"))).isCloseTo(0.3599, within(1e-9));
        assertThat(rows.get(0).getField("bias_difference_p")).isEmpty();
        double p = Double.parseDouble(rows.get(1).getField("bias_difference_p"));
        assertThat(Double.parseDouble(rows.get(1).getField("bias_difference_p_holm")))
                .isBetween(p, Math.min(1, 4 * p));

        Sweep along = sweep(text.replace("at: [0, end]", "at: [0, end], along: {type: tbptt, length: 10}"));
        assertThat(rows(along, biased(along), Table.BIAS_PAIRS))
                .extracting(row -> row.getField("at"))
                .containsExactly("0", "100", "0", "100", "0", "100", "0", "100", "0", "100", "0", "100");
    }

    private InventedJournal biased(Sweep sweep) {
        InventedJournal journal =
                new InventedJournal(folder.resolve(sweep.settings().get(0).id()));
        for (RunSpec run : sweep.runs()) {
            InventedJournal.Run made = journal.done(run);
            for (long at : List.of(0L, 100L)) {
                if (run.setting().estimator().text("type").equals("artbp")) {
                    made.sampledBias(at, 0.01, 1, 0.5, 3);
                } else {
                    made.exactBias(at, full(run) ? 0 : 0.6, 1);
                }
            }
            made.add();
        }
        return journal;
    }
}
