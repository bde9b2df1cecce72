package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Parameter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IdsTest {
    private static final String BASE = """
            name: x
            seed: 1
            replicates: 2
            task: {type: influence-balancing, units: 3, positive: 1}
            train: {steps: 100, sequence: 10, optimizer: {type: sgd, rate: 0.5}}
            measure: {bias: {length: 5}}
            grid:
              estimator: [full, {type: tbptt, length: [1, 2]}]
            """;

    private final SweepReader reader = FakeCatalogs.reader();

    @TestFactory
    Stream<DynamicTest> idsAreThoseComputedByHand() throws IOException {
        List<String> lines = Resources.text("golden-ids.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        Sweep sweep = reader.read("example.yaml", Resources.text("example.yaml"));
        return Stream.iterate(0, i -> i < lines.size(), i -> i + 3)
                .map(i -> DynamicTest.dynamicTest(
                        lines.get(i), () -> checkGolden(sweep, lines.get(i), lines.get(i + 1), lines.get(i + 2))));
    }

    private static void checkGolden(Sweep sweep, String what, String json, String hash) {
        String[] words = what.split(" ");
        Setting setting = sweep.settings().get(Integer.parseInt(words[1]));
        if (words[0].equals("setting")) {
            assertThat(Json.canonical(setting.identity())).isEqualTo(json);
            assertThat(setting.id()).isEqualTo(hash.substring(0, 10));
        } else {
            RunSpec run = new RunSpec(setting, Integer.parseInt(words[2]));
            assertThat(run.id()).isEqualTo(hash.substring(0, 16));
        }
        assertThat(Json.digest(Json.read(json), 64)).isEqualTo(hash);
    }

    @Test
    void moreValuesAndReplicatesChangeNoId() {
        Set<String> before = runIds(BASE);
        assertThat(before).hasSize(6);
        assertThat(runIds(BASE.replace("replicates: 2", "replicates: 5")))
                .containsAll(before)
                .hasSize(15);
        assertThat(runIds(BASE.replace("[1, 2]", "[3, 2, 1]")))
                .containsAll(before)
                .hasSize(8);
        assertThat(runIds(BASE + "  train.optimizer.rate: [0.25, 0.5]\n"))
                .containsAll(before)
                .hasSize(12);
        assertThat(runIds(BASE + "zip: {init.bias: [0, 1], train.lanes: [1, 7]}\n"))
                .containsAll(before)
                .hasSize(12);
    }

    @Test
    void whatChangesNoResultChangesNoId() {
        Set<String> before = runIds(BASE);
        assertThat(runIds(BASE.replace("name: x", "name: y"))).isEqualTo(before);
        assertThat(runIds(BASE + "about: why\n")).isEqualTo(before);
        assertThat(runIds(BASE + "reference: {estimator: full}\nclaims: [a]\n")).isEqualTo(before);
        assertThat(runIds(BASE + "choose: {among: estimator.length, by: loss}\n"))
                .isEqualTo(before);
        assertThat(runIds(BASE.replace("length: 5", "length: 5, margin: 0.3"))).isEqualTo(before);
    }

    @Test
    void writingADefaultOutOrAnotherWayChangesNoId() {
        Set<String> before = runIds(BASE);
        assertThat(runIds(BASE.replace("[full,", "[{type: full},"))).isEqualTo(before);
        assertThat(runIds(BASE.replace("length: [1, 2]", "lookback: 0, length: [1, 2]")))
                .isEqualTo(before);
        assertThat(runIds(BASE + "init: {type: glorot, input: glorot, readout: {type: glorot}, bias: 0, forget: 1}\n"))
                .isEqualTo(before);
        assertThat(runIds(BASE.replace("rate: 0.5", "decay: none, rate: 5e-1"))).isEqualTo(before);
        assertThat(runIds(BASE.replace("{length: 5}", "{at: [end, 0], length: 5, draws: 2000, method: sampled}")))
                .isEqualTo(before);
        assertThat(runIds(BASE.replace("sequence: 10,", "sequence: 10, clip: {type: none}, per: step,")))
                .isEqualTo(before);
    }

    @Test
    void whatChangesResultsChangesEveryId() {
        Set<String> before = runIds(BASE);
        for (String changed : List.of(
                BASE.replace("seed: 1", "seed: 2"),
                BASE.replace("units: 3", "units: 4"),
                BASE.replace("rate: 0.5", "rate: 0.25"),
                BASE.replace("length: 5", "length: 6"),
                BASE + "init: {forget: 0}\n")) {
            assertThat(runIds(changed)).hasSize(6).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void dataEnterByContentAndNotByName() {
        String file = """
                name: x
                seed: 1
                task: {type: char-lm, text: wordnet}
                model: {cell: lstm, units: 4}
                estimator: full
                """;
        Setting setting = reader.read("x", file).settings().get(0);
        assertThat(Json.canonical(setting.identity())).contains("\"task\":{\"data\":\"5eed\",\"type\":\"char-lm\"}");
        assertThat(setting.task().text("text")).isEqualTo("wordnet");
        assertThat(runIds(file.replace("wordnet", "file:copy/of/it.txt"))).isEqualTo(runIds(file));
    }

    @Test
    void aKeyBornLaterIsHashedOnlyWhereItIsNotItsDefault() {
        Parameter length = Parameter.integer("length", "");
        Parameter later = Parameter.flag("later", "").orElse(false).bornLater();
        Catalog<?> before = Catalog.of("estimator", FakeCatalogs.entry("tbptt", length));
        Catalog<?> after = Catalog.of("estimator", FakeCatalogs.entry("tbptt", length, later));
        String old = BASE.replace("full, ", "");
        Set<String> ids = ids(new SweepReader(FakeCatalogs.of(before)).read("x", old));
        SweepReader now = new SweepReader(FakeCatalogs.of(after));
        assertThat(ids(now.read("x", old))).isEqualTo(ids);
        assertThat(ids(now.read("x", old.replace("length: [1", "later: false, length: [1"))))
                .isEqualTo(ids);
        assertThat(ids(now.read("x", old.replace("length: [1", "later: true, length: [1"))))
                .doesNotContainAnyElementsOf(ids);
        Setting setting = now.read("x", old).settings().get(0);
        assertThat(setting.value("estimator.later")).contains(false);
    }

    private Set<String> runIds(String text) {
        return ids(reader.read("x", text));
    }

    private static Set<String> ids(Sweep sweep) {
        List<String> ids = sweep.runs().stream().map(RunSpec::id).toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{16}"));
        return ids.stream().collect(Collectors.toSet());
    }
}
