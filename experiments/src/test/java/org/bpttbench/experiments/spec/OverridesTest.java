package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
    private static final String FILE = """
            name: x
            about: "why: not, [this]"
            seed: 1
            task: {type: influence-balancing, units: 3, positive: 1}
            init: glorot
            grid:
              estimator: [full, {type: tbptt, length: [1, 2]}]
              init.bias: [0.5, 1]
            zip: {init.forget: [1, 2], task.units: [4, 5]}
            cases: [{seed: 1}, {seed: 2}]
            """;

    private final SweepReader reader = FakeCatalogs.reader();

    @Test
    void aPathNamesABaseEntry() {
        Sweep sweep = reader.read("x", FILE, "task.positive=2", "init.input={type: constant, value: 3}", "name=y");
        assertThat(sweep.name()).isEqualTo("y");
        assertThat(sweep.settings()).hasSize(24).allSatisfy(setting -> {
            assertThat(setting.value("task.positive")).contains(2L);
            assertThat(setting.value("init.input.value")).contains(3.0);
        });
    }

    @Test
    void aPathReplacesItsAxis() {
        Sweep one = reader.read("x", FILE, "init.bias=3");
        assertThat(one.settings())
                .hasSize(12)
                .allSatisfy(setting -> assertThat(setting.init().bias()).isEqualTo(3));
        assertThat(one.columns()).contains("init.bias");
        assertThat(reader.read("x", FILE, "init.bias=[3, 4, 5]").settings()).hasSize(36);
        assertThat(reader.read("x", FILE, "estimator=full").settings()).hasSize(8);
        assertThat(reader.read("x", FILE, "estimator={type: tbptt, length: [7, 8, 9, 10]}")
                        .settings())
                .hasSize(32);
    }

    @Test
    void aPathMovesOutOfZipAndCases() {
        Sweep zipped = reader.read("x", FILE, "init.forget=[7, 8, 9]");
        assertThat(zipped.settings()).hasSize(3 * 2 * 3 * 2 * 2);
        assertThat(zipped.settings().get(0).value("task.units")).contains(4L);
        Sweep cases = reader.read("x", FILE, "seed=7");
        assertThat(cases.settings()).hasSize(12);
        assertThat(cases.seed()).isEqualTo(7);
        Sweep all = reader.read("x", FILE, "seed=7", "init.forget=0", "task.units=9", "init.bias=0", "estimator=full");
        assertThat(all.settings()).hasSize(1);
    }

    @Test
    void anAxisCanBeAdded() {
        assertThat(reader.read("x", FILE, "grid.init.input=[glorot, {type: constant, value: 1}]")
                        .settings())
                .hasSize(48);
        assertThat(reader.read("x", FILE, "cases=[]", "zip={}").settings()).hasSize(6);
    }

    @Test
    void whatIsWrongIsSaidOfTheOverride() {
        assertThatThrownBy(() -> reader.read(
                        "x",
                        FILE,
                        "task.positive=yes",
                        "init.bais=3",
                        "nonsense",
                        "=3",
                        "estimator.length=3",
                        "init.bias=[1, 0x2]",
                        "frog=1",
                        "replicates=",
                        "init.forget=&a 1",
                        "init.value=[1,"))
                .hasMessage("""
                        override:1:15: task.positive is 'yes': must be a whole number, at least 0
                        override:2:1: unknown path 'init.bais'; did you mean 'init.bias'?
                        override:3:1: 'nonsense' is no override: must be path=value
                        override:4:1: '=3' is no override: must be path=value
                        override:5:1: 'estimator.length' has no effect: 'estimator' is varied and replaces all of it; grid.estimator.length=… would change each of its values
                        override:6:15: init.bias is '0x2': must be a number; write 2
                        override:7:1: unknown path 'frog'; a setting has seed, task, model, init, train, measure, estimator
                        override:8:12: replicates is empty: must be a whole number, at least 1
                        override:9:13: an anchor: write the value out where it is used
                        override:10:15: not YAML: expected the node content, but found '<stream end>' while parsing a flow node""");
    }

    @Test
    void aPathThatIsNoneIsToldFromTheKeysOfTheFile() {
        assertThatThrownBy(() -> reader.read(
                        "x",
                        FILE,
                        "replicats=3",
                        "choose.among=init.bias",
                        "grid.name=[a]",
                        "seed =3",
                        "init..bias=3",
                        "init.=3",
                        ".=3",
                        "grid.=3",
                        "grid.init.bais=3",
                        "zip.init.bias=[1]"))
                .hasMessage("""
                        override:1:1: unknown path 'replicats'; did you mean 'replicates'?
                        override:2:1: unknown path 'choose.among': 'choose' is replaced as a whole, choose=…
                        override:3:1: unknown path 'name'; a setting has seed, task, model, init, train, measure, estimator
                        override:4:1: unknown path 'seed '; did you mean 'seed'?
                        override:5:1: unknown path 'init..bias'; init has type, value, input, readout, bias, forget, sd
                        override:6:1: unknown path 'init.'; init has type, value, input, readout, bias, forget, sd
                        override:7:1: unknown path '.'; a setting has seed, task, model, init, train, measure, estimator
                        override:8:1: unknown path ''; a setting has seed, task, model, init, train, measure, estimator
                        override:9:1: unknown path 'init.bais'; did you mean 'init.bias'?
                        override:10:1: unknown path 'zip.init.bias': 'zip' is replaced as a whole, zip=…""");
    }

    @Test
    void theWrongTypeIsToldOfAxesGroupsAndCasesToo() {
        assertThatThrownBy(() -> reader.read(
                        "x",
                        FILE,
                        "task.units=[4, five]",
                        "init.forget={a: 1}",
                        "seed=[1, 2.5]",
                        "estimator=[full, {type: tbptt, length: x}]",
                        "replicates=[1, 2]",
                        "init.bias=[]",
                        "train=3",
                        "task.positive=~",
                        "zip={init.input: [glorot, {type: constant}], init.readout: [glorot]}",
                        "exclude=[{init.bias: low}]",
                        "reference={estimator: fool}"))
                .hasMessage("""
                        override:1:16: task.units is 'five': must be a whole number, at least 1
                        override:2:13: init.forget is a map: must be a number
                        override:3:10: seed is '2.5': must be a whole number
                        override:4:40: estimator.length is 'x': must be a whole number, at least 1
                        override:5:12: replicates is a list: must be a whole number, at least 1; lists of values belong under grid, zip or cases
                        override:6:11: an empty list: without a value there is no setting
                        override:7:7: train is '3': must be a map of steps, lanes, sequence, optimizer, per, update, clip
                        override:8:15: task.positive is empty: must be a whole number, at least 0
                        override:9:60: zip moves lists of equal lengths together: 'init.readout' has 1 items, 'init.input' has 2
                        override:10:22: init.bias is 'low': must be a number
                        override:11:23: estimator.type is 'fool': must be one of full, tbptt, artbp; did you mean 'full'?""");
    }

    @Test
    void anOverrideOfSeveralLinesIsStillOneArgument() {
        assertThatThrownBy(() -> reader.read("x", FILE, "init.bias=[1,\n x]", "seed=no"))
                .hasMessage("""
                        override:1:2: init.bias is 'x': must be a number
                        override:2:6: seed is 'no': must be a whole number""");
    }

    @Test
    void aListThatIsOneValueIsNoAxis() {
        String measured = FILE + "measure: {bias: {length: 3}}\ntrain: {steps: 9, optimizer: {type: sgd, rate: 1}}\n";
        Sweep base = reader.read("x", measured, "estimator=full", "measure.bias.at=[0, 3, end]");
        assertThat(base.settings())
                .hasSize(8)
                .allSatisfy(
                        setting -> assertThat(setting.value("measure.bias.at")).contains(List.of(0L, 3L, 9L)));
        Sweep axis = reader.read("x", measured, "estimator=full", "grid.train.steps=[5, 7]", "grid.train.lanes=[1, 2]");
        assertThat(axis.settings()).hasSize(32);
    }

    @Test
    void whatIsQuotedIsTextAndTheFirstSignDivides() {
        assertThat(reader.read("x", FILE, "about=a=b").about()).isEqualTo("a=b");
        assertThat(reader.read("x", FILE, "about='a: b # c'").about()).isEqualTo("a: b # c");
        assertThat(reader.read("x", FILE, "about= two words # and a comment").about())
                .isEqualTo("two words");
        assertThatThrownBy(() -> reader.read("x", FILE, "seed='7'"))
                .hasMessage("override:1:6: seed is \"7\": must be a whole number; write 7 without quotes");
    }

    @Test
    void theLastOfSeveralForOnePathCounts() {
        Sweep sweep =
                reader.read("x", FILE, "init.bias=[1, 2, 3]", "task.positive=3", "init.bias=7", "task.positive=2");
        assertThat(sweep.settings()).hasSize(12).allSatisfy(setting -> {
            assertThat(setting.init().bias()).isEqualTo(7);
            assertThat(setting.value("task.positive")).contains(2L);
        });
    }

    @Test
    void aCaseThatLosesAllItsPathsGoes() {
        String two = FILE.replace(
                "{seed: 1}, {seed: 2}", "{seed: 1, init.input: glorot}, {seed: 2}, {init.value: 2, seed: 3}");
        Sweep sweep = reader.read("x", two.replace("init.value: 2", "init: {type: constant, value: 2}"), "seed=5");
        assertThat(sweep.settings()).hasSize(24);
        assertThat(sweep.seed()).isEqualTo(5);
    }

    @Test
    void faultsOfTheFileComeFirst() {
        assertThatThrownBy(() -> reader.read("x", FILE + "frog: 1\n", "seed=no"))
                .hasMessageMatching(
                        "(?s)x:11:1: unknown key 'frog'.*\noverride:1:6: seed is 'no': must be a whole number");
    }

    @Test
    void theKeptTextReadsAsTheSameSweep() {
        Sweep sweep = reader.read("x", FILE, "init.bias=[3, 4e-1]", "task.positive=2", "seed=7", "replicates=4");
        Sweep again = reader.read("copy", sweep.text());
        assertThat(again.runs()).isEqualTo(sweep.runs());
        assertThat(again.about()).isEqualTo("why: not, [this]");
        assertThat(again.columns()).containsExactlyInAnyOrderElementsOf(sweep.columns());
        assertThat(again.text()).isEqualTo(sweep.text());
    }

    @Test
    void textThatWouldReadOtherwiseIsQuotedInTheKeptText() {
        Sweep sweep = reader.read("x", FILE, "about='010'", "name=\"7\"");
        assertThat(sweep.text()).startsWith("name: \"7\"\nabout: \"010\"\n");
    }

    @Test
    void aFileIsReadFromItsPath(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sweep.yaml");
        Files.writeString(file, FILE + "frog: 1\n");
        assertThatThrownBy(() -> reader.read(file, List.of())).hasMessageStartingWith(file + ":11:1: unknown key");
        Files.writeString(file, FILE);
        assertThat(reader.read(file, List.of("estimator=full")).settings()).hasSize(8);
        Files.write(file, new byte[Source.MAX_BYTES + 7]);
        assertThatThrownBy(() -> reader.read(file, List.of())).hasMessageContaining("more than 1048576 bytes");
    }
}
