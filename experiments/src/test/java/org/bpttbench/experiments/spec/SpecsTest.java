package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpecsTest {
    private final SweepReader reader = FakeCatalogs.reader();

    @Test
    void everythingTheExampleSays() throws IOException {
        Setting setting =
                reader.read("x", Resources.text("example.yaml")).settings().get(0);
        TrainSpec train = setting.train().orElseThrow();
        assertThat(train.steps()).isEqualTo(1_000_000);
        assertThat(train.lanes()).isEqualTo(1);
        assertThat(train.sequence()).hasValue(10_000);
        assertThat(train.optimizer().real("rate")).isEqualTo(3e-4);
        assertThat(train.optimizer().text("decay")).isEqualTo("inverse-sqrt");
        assertThat(train.per()).isEqualTo(TrainSpec.Per.STEP);
        assertThat(train.update()).isEqualTo(TrainSpec.Update.WINDOW);
        assertThat(train.clipNorm()).isEmpty();
        assertThat(setting.bias())
                .contains(new BiasSpec(
                        List.of(0L, 1_000_000L),
                        500,
                        200,
                        1,
                        false,
                        Optional.of(new DrawsSpec(20_000, false)),
                        0.05,
                        Optional.empty()));
        assertThat(setting.accuracy())
                .contains(new AccuracySpec(10_000, Map.of("theta_error", 1e-3), Optional.empty()));
        assertThat(setting.model()).isEmpty();
        assertThat(setting.init().recurrent().real("value")).isEqualTo(0.5);
        assertThat(setting.seed()).isEqualTo(1);
        assertThat(setting.task().integer("units")).isEqualTo(23);
    }

    @Test
    void defaultsAreThoseOfTheContract() {
        Setting setting = setting("""
                name: x
                seed: -3
                task: {type: copy, length: 3}
                model: {cell: tanh, units: 5}
                estimator: {type: tbptt, length: 2}
                train: {steps: 7, optimizer: {type: sgd, rate: 1}}
                measure: {bias: {}, accuracy: {every: 2}}
                """);
        assertThat(Json.write(setting.tree()))
                .isEqualTo("{\"seed\":-3,\"task\":{\"type\":\"copy\",\"length\":3},"
                        + "\"model\":{\"cell\":\"tanh\",\"units\":5,\"bias\":true},"
                        + "\"init\":{\"type\":\"glorot\",\"input\":{\"type\":\"glorot\"},"
                        + "\"readout\":{\"type\":\"glorot\"},\"bias\":0.0,\"forget\":1.0},"
                        + "\"train\":{\"steps\":7,\"lanes\":1,\"optimizer\":{\"type\":\"sgd\",\"rate\":1.0,"
                        + "\"decay\":\"none\"},\"per\":\"step\",\"update\":\"window\",\"clip\":{\"type\":\"none\"},"
                        + "\"sequence\":23},"
                        + "\"measure\":{\"bias\":{\"at\":[0,7],\"burn_in\":0,\"sequences\":1,\"method\":\"sampled\","
                        + "\"draws\":2000,\"margin\":0.05,\"along\":{\"type\":\"own\"},\"length\":23},"
                        + "\"accuracy\":{\"every\":2,\"on\":\"valid\"}},"
                        + "\"estimator\":{\"type\":\"tbptt\",\"length\":2,\"lookback\":0}}");
        ModelSpec model = setting.model().orElseThrow();
        assertThat(model.cell()).isEqualTo("tanh");
        assertThat(model.units()).isEqualTo(5);
        assertThat(model.bias()).isTrue();
        assertThat(setting.train().orElseThrow().sequence()).isEqualTo(OptionalLong.of(23));
        assertThat(setting.accuracy().orElseThrow().on()).contains("valid");
    }

    @Test
    void otherwiseThanByDefault() {
        Setting setting = setting("""
                name: x
                seed: 1
                task: {type: copy, length: 3}
                model: {cell: lstm, units: 5, bias: false}
                init: {type: constant, value: 1, input: {type: gaussian, sd: 2.5}, readout: glorot, bias: -1, forget: 2}
                estimator: full
                train: {steps: 7, lanes: 3, optimizer: {type: sgd, rate: 1}, per: window, update: sequence, clip: {norm: 2}}
                measure:
                  bias: {at: [end, 3], method: exact, margin: 0.2, sequences: 4}
                  accuracy: {every: 2, on: test, target: {valid.bpc: 1.5}}
                """);
        InitSpec init = setting.init();
        assertThat(init.recurrent().text("type")).isEqualTo("constant");
        assertThat(init.input().real("sd")).isEqualTo(2.5);
        assertThat(init.readout().text("type")).isEqualTo("glorot");
        assertThat(init.bias()).isEqualTo(-1);
        assertThat(init.forget()).isEqualTo(2);
        TrainSpec train = setting.train().orElseThrow();
        assertThat(train.per()).isEqualTo(TrainSpec.Per.WINDOW);
        assertThat(train.update()).isEqualTo(TrainSpec.Update.SEQUENCE);
        assertThat(train.clipNorm()).hasValue(2);
        assertThat(setting.value("train.clip.type")).contains("norm");
        BiasSpec bias = setting.bias().orElseThrow();
        assertThat(bias.exact()).isTrue();
        assertThat(bias.draws()).isEmpty();
        assertThat(bias.at()).containsExactly(3L, 7L);
        assertThat(bias.margin()).isEqualTo(0.2);
        assertThat(setting.accuracy().orElseThrow().target()).containsExactly(Map.entry("valid.bpc", 1.5));
        assertThat(setting.accuracy().orElseThrow().on()).contains("test");
        assertThat(setting.model().orElseThrow().bias()).isFalse();
    }

    @Test
    void whatIsAbsentIsNotDone() {
        String text = """
                name: x
                seed: 1
                task: {type: influence-balancing, units: 3, positive: 1}
                estimator: full
                """;
        Setting setting = setting(text);
        assertThat(setting.train()).isEmpty();
        assertThat(setting.bias()).isEmpty();
        assertThat(setting.accuracy()).isEmpty();
        assertThat(reader.read("x", text).margin()).isEmpty();
        assertThat(setting(text + "measure: {}\n")).isEqualTo(setting);
    }

    @Test
    void withoutTrainingTheEndIsTheStart() {
        String text = """
                name: x
                seed: 1
                task: {type: influence-balancing, units: 3, positive: 1}
                estimator: full
                measure: {bias: {length: 3}}
                """;
        assertThat(setting(text).bias().orElseThrow().at()).containsExactly(0L);
    }

    @Test
    void aSettingCanBeRebuiltFromItsJson() throws IOException {
        Setting setting =
                reader.read("x", Resources.text("example.yaml")).settings().get(9);
        Object tree = Json.read(Json.write(setting.tree()));
        Object identity = Json.read(Json.write(setting.identity()));
        Setting again = new Setting(Trees.mapOf(tree), Trees.mapOf(identity));
        assertThat(again).isEqualTo(setting);
        assertThat(new RunSpec(again, 2).id()).isEqualTo(new RunSpec(setting, 2).id());
    }

    @Test
    void claimsAreKeptAsWritten() {
        Sweep sweep = reader.read("x", """
                name: x
                seed: 1
                task: {type: influence-balancing, units: 3, positive: 1}
                estimator: full
                claims:
                  - {says: "it works", where: [1, 2.5, '3', true, 010]}
                """);
        assertThat(sweep.claims()).hasSize(1);
        assertThat(sweep.claims().get(0).place()).hasToString("x:6:5");
        assertThat(sweep.claims().get(0).plain())
                .isEqualTo(Map.of("says", "it works", "where", List.of(1L, 2.5, "3", true, "010")));
    }

    private Setting setting(String text) {
        Sweep sweep = reader.read("x", text);
        assertThat(sweep.settings()).hasSize(1);
        return sweep.settings().get(0);
    }
}
