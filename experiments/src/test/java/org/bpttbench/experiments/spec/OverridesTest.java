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
                        override:5:1: 'estimator.length' has no effect: 'estimator' is varied and replaces all of it
                        override:6:15: init.bias is '0x2': must be a number; write 2
                        override:7:1: unknown path 'frog'; a setting has seed, task, model, init, train, measure, estimator
                        override:8:12: replicates is empty: must be a whole number, at least 1
                        override:9:13: an anchor: write the value out where it is used
                        override:10:15: not YAML: expected the node content, but found '<stream end>' while parsing a flow node""");
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
