package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An editor that goes by the schema takes what the reader takes, and refuses what a schema can refuse. */
class JsonSchemaTest {
    private static final Validator VALIDATOR = new Validator(FakeCatalogs.catalogs());

    private static final String BASE = """
            name: x
            seed: 1
            task: {type: influence-balancing, units: 3, positive: 1}
            """;

    /** Titles of cases that no schema can refuse, by what would be needed. */
    private static final Map<String, Set<String>> BEYOND = Map.of(
            "what several entries say together",
            Set.of(
                    "a network is missing, another is too many",
                    "(+) a network for a task that brings its own",
                    "(+) what a task says of itself",
                    "(+) zipped lists of different lengths",
                    "(+) one path on two axes",
                    "(+) settings that are alike",
                    "(+) a default written and left out are alike",
                    "(+) cases that are alike",
                    "(+) only the margin differs, which changes no run",
                    "(+) exclude without a match",
                    "(+) exclude of everything",
                    "(+) an endless stream leaves lengths to the file",
                    "an episode has its length",
                    "(+) steps without training, draws without sampling",
                    "what a check objects to stands where the value was written",
                    "(+) draws for a margin that are not made"),
            "how it is written, which is gone when YAML has been read",
            Set.of("duplicate keys"));

    static Stream<String> wrong() throws IOException {
        return Arrays.stream(Resources.text("errors.txt").split("(?m)^### ")).skip(1);
    }

    @Test
    void everyWrongFileIsRefusedOrBeyondASchema() throws IOException {
        Set<String> taken = new TreeSet<>();
        wrong().forEach(given -> {
            String title = given.lines().findFirst().orElseThrow();
            String text = given.substring(title.length() + 1).split("===\n")[0];
            String file = title.startsWith("(+)") ? BASE + "estimator: full\n" + text : text;
            if (!isRefused(file)) {
                taken.add(title);
            }
        });
        Set<String> beyond = new TreeSet<>();
        BEYOND.values().forEach(beyond::addAll);
        assertThat(taken).isEqualTo(beyond);
    }

    private static boolean isRefused(String file) {
        try {
            return !VALIDATOR.complaints(file).isEmpty();
        } catch (SweepErrors notYaml) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("org.bpttbench.experiments.spec.RandomSweepsTest#texts")
    void sweepsMadeAtRandomAreTaken(String text) {
        assertThat(VALIDATOR.complaints(text)).as(text).isEmpty();
    }

    @Test
    void theExampleIsTaken() throws IOException {
        assertThat(VALIDATOR.complaints(Resources.text("example.yaml"))).isEmpty();
    }

    /** Each with what makes it doubtful; the reader takes them, or this test says so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimator: full\nabout: 5",
                "estimator: full\nreplicates: 2\ninit: {bias: 1}",
                "estimator: {type: tbptt}\ngrid: {estimator.length: [1, 2]}",
                "estimator: {length: 3}\nzip: {estimator.type: [tbptt, tbptt], estimator.length: [3, 4]}\ngrid: {}",
                "cases: [{estimator: full}, {estimator: {type: tbptt, length: [1, 2]}}]",
                "grid: {estimator: [{type: tbptt}], estimator.length: [1, [2, 3]]}",
                "grid: {estimator: {type: [tbptt], length: [1, 2]}}",
                "zip: [{estimator: [full, {type: tbptt, length: 2}]}, {init.bias: [1, 2], init.forget: [[3, 4], 5]}]",
                "estimator: full\ngrid: {measure.bias.at: [0]}\nmeasure: {bias: {length: 3}}",
                "estimator: full\nzip: {measure.bias.at: [[0], [0, end]], train.steps: [1, 2]}\nmeasure: {bias: {length: 3}}\ntrain: {sequence: 2, optimizer: {type: sgd, rate: 1}}",
                "estimator: full\nmeasure: {bias: {length: 3, along: tbptt}}\ngrid: {measure.bias.along.length: [1, 2]}",
                "estimator: full\nmeasure: {bias: {length: 3, draws: {resolve: margin, at_most: 300}}}\ngrid: {measure.bias.draws.at_most: [200, 300]}",
                "estimator: full\nmeasure: {accuracy: {every: 3, target: {loss: 1e-2}}}\ngrid: {measure.accuracy.target.loss: [1, 2]}\nchoose: {among: measure.accuracy.target.loss, by: loss}",
                "estimator: full\ntrain: {steps: 3, sequence: 2, optimizer: {type: sgd, rate: 1}, clip: {norm: 1}}\ngrid: {train.clip: [none, {value: 2}, {type: norm, norm: [1, 2]}]}",
                "estimator: full\nreference: {estimator: full, init: {bias: 0.0}}\nchoose: {}",
                "grid: {seed: [1, 2], estimator: full}"
            })
    void whatTheReaderTakesIsTaken(String rest) {
        String file = BASE + rest + "\n";
        assertThat(FakeCatalogs.reader().read("x", file).settings()).isNotEmpty();
        assertThat(VALIDATOR.complaints(file)).isEmpty();
    }

    /** Each wrong in one place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimator: tbptt",
                "estimator: {type: tbptt}",
                "estimator: {type: full, length: 3}",
                "estimator: [full]",
                "estimator: {type: artbp, mean: 1}",
                "estimator: {type: artbp, mean: 2, law: polynomial}",
                "estimator: {type: artbp, mean: 2, cuts: Shared}",
                "grid: {estimator: [full, {type: tbptt}]}",
                "grid: {estimator: []}",
                "grid: {estimator: [full, {type: tbptt, length: []}]}",
                "zip: {estimator: [full, tbptt]}",
                "zip: [{estimator: [{type: tbptt}]}]",
                "cases: [{estimator: {type: tbptt}}]",
                "cases: [{estimator: full}, {estimator.lenght: 3}]",
                "estimator: full\ngrid: {init.type.more: [1]}",
                "estimator: full\nexclude: [{init.bias: [1, 2]}]",
                "estimator: full\nreference: {estimator.typ: full}",
                "estimator: full\nchoose: {among: init.bais, by: loss}",
                "estimator: full\nchoose: {among: init.bias}",
                "estimator: full\nmeasure: {accuracy: {every: 3, target: {loss: low}}}",
                "estimator: full\ngrid: {measure.accuracy.target.loss.x: [1]}",
                "estimator: full\ntrain: {steps: 3}",
                "estimator: full\ntrain: {steps: 3, optimizer: {type: sgd, rate: 1}, clip: {norm: 1, value: 2}}",
                "estimator: full\ncases: [{task: copy}]"
            })
    void whatIsWrongIsRefused(String rest) {
        String file = BASE + rest + "\n";
        assertThat(catchThrowable(() -> FakeCatalogs.reader().read("x", file))).isInstanceOf(SweepErrors.class);
        assertThat(VALIDATOR.complaints(file)).isNotEmpty();
    }

    @Test
    void itNamesTheKeysOfTheFileAndNoOthers() {
        Schema schema = new Schema(FakeCatalogs.catalogs());
        Map<String, Object> tree = Trees.mapOf(Json.read(JsonSchema.of(schema)));
        assertThat(Trees.mapOf(tree.getOrDefault("properties", "")).keySet()).isEqualTo(Set.copyOf(schema.sections()));
    }

    @Test
    void whatAnEditorShowsComesFromTheCatalogues() {
        String text = JsonSchema.of(new Schema(FakeCatalogs.catalogs()));
        assertThat(text)
                .contains("\"description\": \"new losses per window\"")
                .contains("longer gradients are scaled down to a norm [Pascanu, Mikolov & Bengio 2013]")
                .contains("\"exclusiveMinimum\": 2");
    }

    @Test
    void itIsToldFromOtherFiles() {
        assertThat(JsonSchema.isOne(JsonSchema.of(new Schema(FakeCatalogs.catalogs()))))
                .isTrue();
        for (String other : List.of("", "{}", "[1]", "{\"title\": \"something else\"}", "not JSON")) {
            assertThat(JsonSchema.isOne(other)).as(other).isFalse();
        }
    }
}
