package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings are compared as the text of their columns, rows in sweep order, written by hand. */
class ExpansionTest {
    private static final String BASE = """
            name: x
            seed: 1
            task: {type: influence-balancing, units: 3, positive: 1}
            """;

    private final SweepReader reader = FakeCatalogs.reader();

    @Test
    void theExampleOfTheContract() throws IOException {
        Sweep sweep = reader.read("example.yaml", Resources.text("example.yaml"));
        assertThat(sweep.columns())
                .containsExactly(
                        "estimator.type",
                        "estimator.length",
                        "estimator.lookback",
                        "estimator.mean",
                        "estimator.law.type",
                        "estimator.law.alpha",
                        "estimator.cuts",
                        "init.value");
        assertThat(rows(sweep))
                .containsExactly(
                        "full|||||||0.5",
                        "full|||||||1.0",
                        "tbptt|10|0|||||0.5",
                        "tbptt|10|0|||||1.0",
                        "tbptt|100|0|||||0.5",
                        "tbptt|100|0|||||1.0",
                        "tbptt|200|0|||||0.5",
                        "tbptt|200|0|||||1.0",
                        "artbp|||16.0|constant||independent|0.5",
                        "artbp|||16.0|constant||independent|1.0",
                        "artbp|||16.0|polynomial|6.0|independent|0.5",
                        "artbp|||16.0|polynomial|6.0|independent|1.0");
        assertThat(sweep.runs()).hasSize(120);
        assertThat(sweep.runs().get(10)).isEqualTo(new RunSpec(sweep.settings().get(1), 0));
        assertThat(sweep.warnings()).isEmpty();
        assertThat(sweep.text()).isEqualTo(Resources.text("example.yaml"));
    }

    @Test
    void oneSettingWithoutAnyAxis() {
        Sweep sweep = reader.read("x", BASE + "estimator: {type: tbptt, length: 3}\n");
        assertThat(sweep.columns()).containsExactly("estimator.type", "estimator.length", "estimator.lookback");
        assertThat(rows(sweep)).containsExactly("tbptt|3|0");
        assertThat(sweep.replicates()).isEqualTo(1);
    }

    @Test
    void listsInOneEntryMultiplyAtAnyDepthTheLastFastest() {
        Sweep sweep = reader.read("x", BASE + """
                        grid:
                          estimator:
                            - {type: artbp, mean: [16, 32], law: [constant, {type: polynomial, alpha: [4, 6]}]}
                            - {type: [tbptt], lookback: [1, 2], length: [3, 4]}
                        """);
        assertThat(rows(sweep))
                .containsExactly(
                        "artbp|16.0|constant||independent||",
                        "artbp|16.0|polynomial|4.0|independent||",
                        "artbp|16.0|polynomial|6.0|independent||",
                        "artbp|32.0|constant||independent||",
                        "artbp|32.0|polynomial|4.0|independent||",
                        "artbp|32.0|polynomial|6.0|independent||",
                        "tbptt|||||3|1",
                        "tbptt|||||4|1",
                        "tbptt|||||3|2",
                        "tbptt|||||4|2");
    }

    @Test
    void aListWhereTheSchemaWantsOneIsAValue() {
        Sweep sweep = reader.read("x", BASE + """
                        estimator: full
                        train: {steps: 100, optimizer: {type: sgd, rate: 1}}
                        measure: {bias: {length: 5}}
                        grid: {measure.bias.at: [0, 50, end]}
                        """);
        assertThat(rows(sweep)).containsExactly("full|[0,50,100]");
        Sweep zipped = reader.read("x", BASE + """
                        estimator: full
                        train: {steps: 100, optimizer: {type: sgd, rate: 1}}
                        zip: {measure.bias.at: [[0], [end, 0]], measure.bias.length: [5, 6]}
                        """);
        assertThat(rows(zipped)).containsExactly("full|[0]|5", "full|[0,100]|6");
    }

    @Test
    void gridIsSlowestThenZipThenCases() {
        Sweep sweep = reader.read("x", BASE + """
                        estimator: full
                        cases: [{init.bias: 5}, {init.bias: 6, seed: 2}]
                        zip:
                          - init.readout: [glorot, {type: gaussian, sd: 1}]
                            init.input: [glorot, {type: constant, value: 7}]
                        grid: {init.forget: [1, 2], task.positive: [0, 1]}
                        """);
        assertThat(sweep.columns())
                .containsExactly(
                        "estimator.type",
                        "init.forget",
                        "task.positive",
                        "init.readout.type",
                        "init.readout.sd",
                        "init.input.type",
                        "init.input.value",
                        "init.bias",
                        "seed");
        assertThat(rows(sweep).subList(0, 6))
                .containsExactly(
                        "full|1.0|0|glorot||glorot||5.0|1",
                        "full|1.0|0|glorot||glorot||6.0|2",
                        "full|1.0|0|gaussian|1.0|constant|7.0|5.0|1",
                        "full|1.0|0|gaussian|1.0|constant|7.0|6.0|2",
                        "full|1.0|1|glorot||glorot||5.0|1",
                        "full|1.0|1|glorot||glorot||6.0|2");
        assertThat(sweep.settings()).hasSize(16);
    }

    @Test
    void zipGroupsMoveEachByItself() {
        Sweep sweep = reader.read("x", BASE + """
                        estimator: full
                        zip:
                          - {init.bias: [1, 2], init.forget: [3, 4]}
                          - {seed: [5, 6, 7], task.units: [8, 9, [10, 11]]}
                        """);
        assertThat(rows(sweep))
                .containsExactly(
                        "full|1.0|3.0|5|8",
                        "full|1.0|3.0|6|9",
                        "full|1.0|3.0|7|10",
                        "full|1.0|3.0|7|11",
                        "full|2.0|4.0|5|8",
                        "full|2.0|4.0|6|9",
                        "full|2.0|4.0|7|10",
                        "full|2.0|4.0|7|11");
    }

    @Test
    void casesHaveAxesOfTheirOwn() {
        Sweep sweep = reader.read("x", BASE + """
                        cases:
                          - {estimator: full}
                          - {estimator.type: tbptt, estimator.length: [1, 2]}
                          - {estimator.mean: 4, estimator: {type: artbp, mean: 3}, init.bias: 1}
                        """);
        assertThat(rows(sweep))
                .containsExactly(
                        "full||||||0.0",
                        "tbptt|1|0||||0.0",
                        "tbptt|2|0||||0.0",
                        "artbp|||4.0|constant|independent|1.0");
    }

    @Test
    void aPathBelowANameRefinesIt() {
        Sweep sweep = reader.read("x", BASE + """
                        estimator: tbptt
                        grid: {estimator.length: [1, 2]}
                        """);
        assertThat(rows(sweep)).containsExactly("tbptt|1|0", "tbptt|2|0");
    }

    @Test
    void aBaseMayBeOfUseToSomeSettingsOnly() {
        Sweep sweep = reader.read("x", BASE + """
                        estimator: {length: 3}
                        cases: [{estimator: full}, {estimator.type: tbptt}, {estimator.type: tbptt, estimator.length: 4}]
                        """);
        assertThat(rows(sweep)).containsExactly("full||", "tbptt|3|0", "tbptt|4|0");
    }

    @Test
    void aPathBelowASectionThatIsNotThereMakesIt() {
        Sweep sweep = reader.read("x", BASE + "estimator: full\ngrid: {measure.bias.length: [3, 4], init.bias: 2}\n");
        assertThat(sweep.settings().get(1).bias().orElseThrow().length()).isEqualTo(4);
        assertThat(sweep.settings().get(1).init().recurrent().text("type")).isEqualTo("glorot");
    }

    @Test
    void excludedSettingsAreLeftOutWhateverElseIsWrongWithThem() {
        Sweep sweep = FakeCatalogs.reader(FakeCatalogs::needsAnEnd).read("x", BASE + """
                                grid:
                                  estimator: [full, {type: tbptt, length: 3}]
                                  train: [{steps: 5, optimizer: {type: sgd, rate: 1}, sequence: [5, 6]}]
                                  init.bias: [0.5, 1, 2]
                                exclude:
                                  - {estimator: full, init.bias: 5e-1}
                                  - {estimator: {type: tbptt, length: 3}, train.sequence: 6}
                                  - {init.bias: 2}
                                """);
        assertThat(sweep.settings())
                .extracting(setting -> setting.estimator().text("type")
                        + ' '
                        + setting.train().orElseThrow().sequence().orElseThrow()
                        + ' '
                        + setting.init().bias())
                .containsExactly("full 5 1.0", "full 6 1.0", "tbptt 5 0.5", "tbptt 5 1.0");
    }

    @Test
    void whatOnlyAnExcludedSettingViolatesIsNoError() {
        String text = BASE + """
                train: {steps: 5, optimizer: {type: sgd, rate: 1}}
                grid:
                  estimator: [full, {type: tbptt, length: 3}]
                exclude: [{estimator: full}]
                """;
        Sweep sweep = FakeCatalogs.reader(FakeCatalogs::needsAnEnd).read("x", text);
        assertThat(rows(sweep)).containsExactly("tbptt|3|0");
    }

    @Test
    void theReferenceIsAPartialSetting() {
        String text = BASE + "grid: {estimator: [full, {type: tbptt, length: [1, 2]}]}\n";
        PartialSetting reference = reader.read("x", text + "reference: {estimator.type: tbptt, estimator.length: 2}\n")
                .reference()
                .orElseThrow();
        assertThat(reader.read("x", text).settings().stream().map(reference::matches))
                .containsExactly(false, false, true);
        assertThat(reader.read("x", text + "reference: {}\n").reference()).isEmpty();
    }

    @Test
    void whatMayNotBeMeantIsWarnedOf() {
        Sweep sweep = reader.read("x", BASE + """
                        estimator: {type: artbp, mean: 3, law: {type: polynomial, alpha: 2.5}}
                        reference: {estimator: full}
                        choose: {among: init.bias, by: loss}
                        """);
        assertThat(sweep.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "x:4:66: estimator.law.alpha is '2.5': segments have no variance",
                        "x:5:12: reference matches no setting: nothing is compared with it",
                        "x:6:17: the sweep does not vary 'init.bias': there is nothing to choose");
        assertThat(sweep.choose()).contains(new Sweep.Choose("init.bias", "loss", 0));
    }

    @Test
    void runsThatOnlyChooseComeFirst() {
        String text = BASE + "replicates: 2\ngrid: {init.bias: [0, 1]}\nestimator: full\n";
        Sweep plain = reader.read("x", text);
        Sweep choosing = reader.read("x", text + "choose: {among: init.bias, by: valid.loss, replicates: 3}\n");
        assertThat(choosing.replicates()).isEqualTo(2);
        assertThat(choosing.choosing()).isEqualTo(3);
        assertThat(choosing.runs()).hasSize(10).containsAll(plain.runs());
        assertThat(choosing.runs(choosing.settings().get(1)))
                .extracting(RunSpec::replicate)
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(choosing.warnings()).isEmpty();
        assertThat(reader.read("x", text + "choose: {among: init.bias, by: valid.loss}\n")
                        .runs())
                .isEqualTo(plain.runs());
        assertThat(reader.read("x", text + "choose: {among: init.bias, by: loss}\n")
                        .warnings())
                .extracting(Problem::message)
                .containsExactly(
                        "'loss' picks a value and is reported for it, by the same runs; replicates under choose"
                                + " gives runs that only pick");
    }

    private static List<String> rows(Sweep sweep) {
        return sweep.settings().stream()
                .map(setting -> String.join("|", sweep.flatten(setting).values()))
                .toList();
    }
}
