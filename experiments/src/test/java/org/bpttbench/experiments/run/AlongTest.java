package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepErrors;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;

/** Arms measured on one arm's trajectory. */
class AlongTest {
    private static final String FILE = """
            name: x
            seed: 1
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 300, sequence: 60, optimizer: {type: sgd, rate: 1.0e-3}}
            measure:
              bias: {at: [0, 120, end], length: 40, sequences: 2, draws: 30}
              accuracy: {every: 100}
            grid:
              estimator:
                - full
                - {type: tbptt, length: 3}
                - {type: artbp, mean: 6}
            """;
    private static final String ALONG = FILE.replace("draws: 30", "draws: 30, along: full");

    private final TaskShelf tasks = new TaskShelf();

    private Sweep sweep(String text) {
        return new SweepReader(Bundled.catalogs(tasks)).read("x", text);
    }

    private List<RunRecord> run(String text) {
        List<RunRecord> records = new ArrayList<>();
        for (RunSpec spec : sweep(text).runs()) {
            records.add(new Execution(spec, tasks.get(spec.setting()), PlainKernels.INSTANCE).run(""));
        }
        return records;
    }

    private static List<Double> norms(RunRecord record) {
        return record.bias().stream().map(BiasMeasurement::gradientNorm).toList();
    }

    private static String json(List<?> values) {
        return Json.write(values);
    }

    private static List<Map<String, Object>> trees(List<BiasMeasurement> measurements) {
        return measurements.stream().map(BiasMeasurement::toTree).toList();
    }

    private static Map<String, Object> training(RunRecord record) {
        Map<String, Object> tree = new LinkedHashMap<>(record.training().toTree());
        tree.remove("nanos");
        return tree;
    }

    @Test
    void allArmsAreMeasuredWhereTheNamedOneLeads() {
        List<RunRecord> own = run(FILE);
        List<RunRecord> along = run(ALONG);
        List<Double> leader = norms(own.get(0));
        assertThat(leader).hasSize(3).doesNotHaveDuplicates();
        assertThat(along).allSatisfy(record -> assertThat(norms(record)).isEqualTo(leader));
        assertThat(norms(own.get(1)).subList(1, 3)).doesNotContainAnyElementsOf(leader);
        assertThat(json(trees(along.get(0).bias())))
                .isEqualTo(json(trees(own.get(0).bias())));
        for (int arm = 0; arm < own.size(); arm++) {
            assertThat(along.get(arm).curves()).isEqualTo(own.get(arm).curves());
            assertThat(training(along.get(arm))).isEqualTo(training(own.get(arm)));
        }
    }

    @Test
    void itsOwnIsWhatItWas() {
        Sweep before = sweep(FILE);
        Sweep named = sweep(FILE.replace("draws: 30", "draws: 30, along: own"));
        assertThat(named.runs())
                .extracting(RunSpec::id)
                .isEqualTo(before.runs().stream().map(RunSpec::id).toList());
        assertThat(sweep(ALONG).runs())
                .extracting(RunSpec::id)
                .doesNotContainAnyElementsOf(
                        before.runs().stream().map(RunSpec::id).toList());
    }

    @Test
    void withoutAccuracyTheOwnTrainingIsLeftOut() {
        String accuracy = "  accuracy: {every: 100}\n";
        List<RunRecord> along = run(ALONG.replace(accuracy, ""));
        List<RunRecord> both = run(ALONG);
        for (int arm = 0; arm < along.size(); arm++) {
            assertThat(json(trees(along.get(arm).bias())))
                    .isEqualTo(json(trees(both.get(arm).bias())));
        }
        assertThat(along.get(0).training().updates()).isEqualTo(5);
        assertThat(along.get(1).training().updates()).isZero();
        assertThat(both.get(1).training().updates()).isEqualTo(100);
    }

    @Test
    void whereNothingIsMeasuredAfterTrainingItIsHarmless() {
        for (String at : List.of("at: [0]", "at: [0, 120]")) {
            String text = ALONG.replace("at: [0, 120, end]", at);
            assertThat(run(text)).allSatisfy(record -> {
                assertThat(record.outcome()).isEqualTo(Outcome.DONE);
                assertThat(record.training().steps()).isEqualTo(300);
            });
        }
        String untrained = ALONG.replaceFirst("train: .*\n", "").replace("at: [0, 120, end]", "at: [0]");
        assertThat(run(untrained)).extracting(RunRecord::outcome).containsOnly(Outcome.DONE);
    }

    /** Full reaches far and diverges at a rate that a window of one step bears. */
    @Test
    void divergenceIsSaidOfTheOneThatDiverged() {
        String unstable = """
                name: x
                seed: 1
                task: {type: linear-drive, a: 1}
                train: {steps: 300, sequence: 60, optimizer: {type: sgd, rate: 200}}
                estimator: {type: tbptt, length: 1}
                measure:
                  bias: {at: [0, end], length: 20, along: full}
                """;
        RunRecord alone = run(unstable).get(0);
        assertThat(alone.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(alone.message()).startsWith("along 'full': parameter 0 is ").contains(" at step ");
        assertThat(alone.bias()).hasSize(1);
        RunRecord beside = run(unstable + "  accuracy: {every: 100}\n").get(0);
        assertThat(beside.outcome()).isEqualTo(Outcome.DONE);
        assertThat(beside.message()).isEqualTo(alone.message());
        assertThat(beside.bias()).hasSize(1);
        assertThat(beside.curves()).isNotEmpty();
        String turned = unstable.replace("estimator: {type: tbptt, length: 1}", "estimator: full")
                .replace("along: full", "along: {type: tbptt, length: 1}");
        RunRecord other = run(turned + "  accuracy: {every: 100}\n").get(0);
        assertThat(other.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(other.message()).startsWith("parameter 0 is ");
        assertThat(other.bias()).hasSize(2);
    }

    @Test
    void whatCannotTrainHereCannotLead() {
        assertThatThrownBy(() -> sweep("""
                        name: x
                        seed: 1
                        task: {type: linear-drive, a: 0.5}
                        train: {steps: 300, optimizer: {type: sgd, rate: 1}}
                        estimator: {type: tbptt, length: 1}
                        measure: {bias: {length: 20, along: full}}
                        """))
                .isInstanceOf(SweepErrors.class)
                .hasMessageContaining(
                        "x:4:8: missing key 'sequence' in train: estimator 'full' needs the end of a sequence");
        assertThatThrownBy(() -> sweep("""
                        name: x
                        seed: 1
                        task: {type: linear-drive, a: 0.5}
                        train: {steps: 300, lanes: 2, optimizer: {type: sgd, rate: 1}}
                        estimator: {type: tbptt, length: 1}
                        measure: {bias: {length: 20, along: {type: artbp, mean: 4}}}
                        """)).isInstanceOf(SweepErrors.class).hasMessageContaining("x:6:37: ");
    }
}
