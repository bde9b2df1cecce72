package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpttbench.core.init.Initializers;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepErrors;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that came after results were published: what they take, and that they left the ids of old settings alone. */
class LaterKeysTest {
    private static final String FILE = """
            name: x
            seed: 1
            task: {type: char-lm, text: commons-math3}
            model: {cell: lstm, units: 20}
            init: {type: glorot}
            train: {steps: 100, sequence: 10, optimizer: {type: sgd, rate: 0.5, decay: inverse-sqrt}}
            estimator: full
            """;
    private static final SweepReader READER = new SweepReader(Bundled.catalogs(new TaskShelf()));
    private static final List<String> SQUARE = List.of("identity", "spectral-radius");

    static final List<String> LAWS = Initializers.CATALOG.names();

    private static Setting setting(String text) {
        return READER.read("x", text).settings().get(0);
    }

    private static String identity(String optimizer) {
        Setting setting = setting(FILE.replaceFirst("optimizer: \\{.*}}", "optimizer: {" + optimizer + "}}"));
        String json = Json.canonical(setting.identity());
        int from = json.indexOf("\"optimizer\":") + "\"optimizer\":".length();
        return json.substring(from, json.indexOf(",\"per\"", from));
    }

    /** The texts before the colon are what these were hashed as when decays were words and there was no momentum. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "type: sgd, rate: 0.5; {'decay':'none','rate':0.5,'type':'sgd'}",
                "type: sgd, rate: 0.5, decay: inverse-sqrt; {'decay':'inverse-sqrt','rate':0.5,'type':'sgd'}",
                "type: sgd, rate: 0.5, decay: {type: none}; {'decay':'none','rate':0.5,'type':'sgd'}",
                "type: sgd, rate: 0.5, momentum: 0, nesterov: false; {'decay':'none','rate':0.5,'type':'sgd'}",
                "type: adam, rate: 0.5, weight_decay: 0;"
                        + " {'beta1':0.9,'beta2':0.999,'decay':'none','epsilon':1.0E-8,'rate':0.5,'type':'adam'}",
                "type: sgd, rate: 0.5, decay: {type: exponential, half_life: 8};"
                        + " {'decay':{'half_life':8.0,'type':'exponential'},'rate':0.5,'type':'sgd'}",
                "type: sgd, rate: 0.5, momentum: 0.5; {'decay':'none','momentum':0.5,'rate':0.5,'type':'sgd'}"
            })
    void theyAreHashedOnlyWhereTheyDiffer(String written, String hashed) {
        assertThat(identity(written)).isEqualTo(hashed.replace('\'', '"'));
    }

    @Test
    void decaysAreWrittenOutInTheSetting() {
        assertThat(setting(FILE).value("train.optimizer.decay.type")).contains("inverse-sqrt");
        String grid = FILE + "grid: {train.optimizer.decay: [none, {type: step, every: 5, factor: [0.1, 0.5]}]}\n";
        assertThat(READER.read("x", grid).settings()).hasSize(3);
        assertThat(READER.read("x", grid).columns())
                .contains("train.optimizer.decay.type", "train.optimizer.decay.factor");
    }

    @Test
    void clippingIsNamedByItsKey() {
        String clipped = FILE.replace("train: {", "train: {clip: {value: 2}, ");
        assertThat(setting(clipped).train().orElseThrow().clipValue()).hasValue(2);
        assertThat(setting(clipped).train().orElseThrow().clipNorm()).isEmpty();
        assertThat(setting(clipped.replace("value:", "norm:")).value("train.clip"))
                .contains(java.util.Map.of("type", "norm", "norm", 2.0));
    }

    /** The LSTM's gates are square in the recurrent matrix alone. */
    @ParameterizedTest
    @FieldSource("LAWS")
    void everyLawFitsEveryPartOfItsShape(String law) {
        String written = switch (law) {
            case "constant" -> "{type: constant, value: 0.1}";
            case "gaussian" -> "{type: gaussian, sd: 0.1}";
            case "spectral-radius" -> "{type: spectral-radius, radius: 0.9}";
            default -> "{type: " + law + "}";
        };
        assertThat(setting(FILE.replace("{type: glorot}", written))
                        .init()
                        .recurrent()
                        .text("type"))
                .isEqualTo(law);
        for (String part : List.of("input", "readout")) {
            String text = FILE.replace("{type: glorot}", "{type: glorot, " + part + ": " + written + "}");
            if (SQUARE.contains(law)) {
                assertThatThrownBy(() -> READER.read("x", text))
                        .isInstanceOf(SweepErrors.class)
                        .hasMessageContaining("x:5:")
                        .hasMessageContaining("init." + part + ": " + law + " needs a square matrix, not [");
            } else {
                assertThat(setting(text).value("init." + part + ".type")).contains(law);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{type: spectral-radius, radius: 0.9, connections: 21}", "{type: uniform, low: 0}"})
    void lawsThatCannotBeAreRefusedAtTheirPlace(String law) {
        assertThatThrownBy(() -> READER.read("x", FILE.replace("{type: glorot}", law)))
                .isInstanceOf(SweepErrors.class)
                .hasMessageContaining("x:5:");
    }
}
