package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.PartialSetting;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which settings are compared with which. */
class PairingTest {
    private static final TaskShelf TASKS = new TaskShelf();
    private static final SweepReader READER = new SweepReader(Bundled.catalogs(TASKS));
    private static final String SWEEP = """
            name: paired
            seed: 1
            task: {type: adding, length: 20, variant: arjovsky}
            model: {cell: tanh, units: 4}
            init: {type: identity}
            train: {steps: 100, optimizer: {type: sgd, rate: 0.1}}
            measure: {accuracy: {every: 50}}
            grid:
              estimator: [full, {type: tbptt, length: [5, 10]}, {type: artbp, mean: [5, 10, 15]}]
            """;

    private static Sweep sweep(String text, String... overrides) {
        return READER.read("sweep.yaml", text, overrides);
    }

    private static List<SettingRuns> runs(Sweep sweep) {
        return sweep.settings().stream()
                .map(setting -> new SettingRuns(setting, new SettingRuns.Asked(1, 0), List.of(), List.of()))
                .toList();
    }

    private static Pairing folders(String... overrides) {
        return Pairing.ofFolders(runs(sweep(SWEEP)), runs(sweep(SWEEP, overrides)));
    }

    private static List<String> names(Pairing pairing) {
        return pairing.pairs().stream()
                .map(pair -> name(pair.baseline().setting())
                        + '~'
                        + name(pair.candidate().setting()))
                .toList();
    }

    private static String name(Setting setting) {
        String length = setting.value("estimator.length")
                .or(() -> setting.value("estimator.mean"))
                .map(value -> Integer.toString(((Number) value).intValue()))
                .orElse("");
        return setting.estimator().text("type").charAt(0) + length;
    }

    @Test
    void equalSettingsArePairedById() {
        Pairing pairing = folders();
        assertThat(names(pairing)).containsExactly("f~f", "t5~t5", "t10~t10", "a5~a5", "a10~a10", "a15~a15");
        assertThat(pairing.apart()).isEmpty();
        assertThat(pairing.pairs()).allMatch(SettingPair::paired);
    }

    /** What keeps the folders apart, whether replicates of one number share their data, and how many settings are paired. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "init.type=orthogonal            | init.type: identity - orthogonal       | true  | 6",
                "train.optimizer.rate=0.2        | train.optimizer.rate: 0.1 - 0.2        | true  | 6",
                "model.units=5                   | model.units: 4 - 5                     | true  | 6",
                "seed=2                          | seed: 1 - 2                            | false | 6",
                "task.length=30                  | task.length: 20 - 30; train.sequence: 20 - 30 | false | 6",
                "train.steps=200                 | train.steps: 100 - 200                 | true  | 6",
                "grid.train.steps=[100, 200]     |                                        | true  | 6",
                "grid.train.steps=[200, 300]     |                                        | true  | 0",
                "grid.estimator=[{type: tbptt, length: [10, 20]}] |                       | true  | 1",
            })
    void foldersArePairedInSpiteOfWhatEachKeepsFixed(String override, String apart, boolean paired, int pairs) {
        Pairing pairing = folders(override);
        assertThat(pairing.pairs()).hasSize(pairs).allMatch(pair -> pair.paired() == paired);
        assertThat(pairing.apart())
                .containsExactlyElementsOf(
                        apart == null
                                ? List.of()
                                : List.of(apart.replace(" - ", " | ").split("; ")));
        assertThat(pairing.baselineAlone()).hasSize(6 - pairs);
    }

    /** The second folder has one more value of an axis, the first a setting more. */
    @Test
    void whatHasNoPartnerIsNamed() {
        Pairing pairing = folders("grid.estimator=[{type: tbptt, length: [10, 20]}]", "init.type=orthogonal");
        assertThat(names(pairing)).containsExactly("t10~t10");
        assertThat(pairing.baselineAlone())
                .extracting(PairingTest::name)
                .containsExactly("f", "t5", "a5", "a10", "a15");
        assertThat(pairing.candidateAlone()).extracting(PairingTest::name).containsExactly("t20");
    }

    @Test
    void anEstimatorThatEachFolderHasOneOfIsFixed() {
        Pairing pairing = Pairing.ofFolders(
                runs(sweep(SWEEP, "grid.estimator={type: tbptt, length: 5}")),
                runs(sweep(SWEEP, "grid.estimator={type: artbp, mean: 7}")));
        assertThat(names(pairing)).containsExactly("t5~a7");
        assertThat(pairing.apart()).containsExactly("estimator.type: tbptt | artbp");
    }

    @Test
    void tasksOfTwoTypesAreNeverCompared() {
        String text = SWEEP.replace("{type: adding, length: 20, variant: arjovsky}", "{type: copy, length: 4}");
        Pairing pairing = Pairing.ofFolders(runs(sweep(SWEEP)), runs(sweep(text)));
        assertThat(pairing.pairs()).isEmpty();
        assertThat(pairing.differing()).extracting(Pairing.Differing::toString).contains("task.type: adding | copy");
    }

    private static List<String> estimators(String baseline, String candidate, Sweep sweep) {
        return names(Pairing.ofEstimators(
                runs(sweep), partial(baseline), partial(candidate), Choices.of(sweep, runs(sweep), TASKS)));
    }

    private static PartialSetting partial(String values) {
        return READER.partial("A", List.of(values.split(" ")));
    }

    @Test
    void equalLengthsArePairedWhereBothVary() {
        Sweep sweep = sweep(SWEEP);
        assertThat(estimators("estimator.type=tbptt", "estimator.type=artbp", sweep))
                .containsExactly("t5~a5", "t10~a10");
        assertThat(estimators("estimator.type=full", "estimator.type=tbptt", sweep))
                .containsExactly("f~t5", "f~t10");
        assertThat(estimators("estimator.type=tbptt estimator.length=10", "estimator.type=artbp", sweep))
                .containsExactly("t10~a5", "t10~a10", "t10~a15");
        Sweep apart = sweep(SWEEP, "grid.estimator=[{type: tbptt, length: [1, 2]}, {type: artbp, mean: [3, 4]}]");
        assertThat(estimators("estimator.type=tbptt", "estimator.type=artbp", apart))
                .containsExactly("t1~a3", "t1~a4", "t2~a3", "t2~a4");
    }

    @Test
    void otherAxesAndCommonParametersMustAgree() {
        Sweep sweep = sweep(
                SWEEP,
                "grid.estimator=[{type: artbp, mean: [5, 6], law: [constant, {type: polynomial, alpha: 4}]},"
                        + " {type: uncompensated, mean: [5, 6], law: [constant, {type: polynomial, alpha: 4}]}]",
                "grid.init.type=[identity, orthogonal]");
        Pairing pairing = Pairing.ofEstimators(
                runs(sweep),
                partial("estimator.type=artbp"),
                partial("estimator.type=uncompensated"),
                Choices.of(sweep, runs(sweep), TASKS));
        assertThat(pairing.pairs()).hasSize(8).allSatisfy(pair -> {
            for (String path : List.of("estimator.mean", "estimator.law", "init.type")) {
                assertThat(pair.baseline().setting().value(path))
                        .isEqualTo(pair.candidate().setting().value(path));
            }
        });
    }
}
