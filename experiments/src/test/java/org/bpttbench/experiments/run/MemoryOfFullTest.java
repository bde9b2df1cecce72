package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepErrors;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Full backpropagation with a memory, from a sweep file to the record of a run. */
class MemoryOfFullTest {
    private static final String BALANCING = """
            name: x
            seed: 1
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 300, sequence: 80, lanes: 2, optimizer: {type: sgd, rate: 1.0e-3}}
            measure: {bias: {at: [0, end], length: 50, sequences: 3}, accuracy: {every: 100}}
            """;
    private static final String ADDING = """
            name: x
            seed: 1
            task: {type: adding, length: 20}
            model: {cell: lstm, units: 4}
            train: {steps: 300, lanes: 3, optimizer: {type: sgd, rate: 1.0e-2}}
            measure: {bias: {at: [0, end], sequences: 2}, accuracy: {every: 100}}
            """;

    private final TaskShelf tasks = new TaskShelf();

    private Sweep sweep(String text, String estimator, String... overrides) {
        return new SweepReader(Bundled.catalogs(tasks)).read("x", text + "estimator: " + estimator + "\n", overrides);
    }

    private Setting setting(String estimator) {
        return sweep(BALANCING, estimator).settings().get(0);
    }

    private RunRecord run(Sweep sweep) {
        RunSpec spec = sweep.runs().get(0);
        return new Execution(spec, tasks.get(spec.setting()), PlainKernels.INSTANCE).run("");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "65536, 65536",
        "64KiB, 65536",
        "256MiB, 268435456",
        "3GiB, 3221225472",
        "8589934591GiB, 9223372035781033984"
    })
    void aSizeIsANumberOfBytes(String written, long bytes) {
        // too little for the sequence is another error than not being a size
        try {
            assertThat(setting("{type: full, memory: " + written + "}").value("estimator.memory"))
                    .contains(bytes);
        } catch (SweepErrors e) {
            assertThat(e).hasMessageContaining("memory is " + bytes + " bytes: ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | ''",
                "-1 | ''",
                "0MiB | ''",
                "-5GiB | ''",
                "256MB | ; write 256MiB",
                "256M | ; write 256MiB",
                "64 kb | ; write 64KiB",
                "1.5GiB | ; write 1536MiB",
                "0.5KiB | ; write 512",
                "1_000 | ; write 1000",
                "2TiB | ; write 2048GiB",
                "1e6 | ''",
                "12PiB | ''",
                "1.00001KiB | ''",
                "9223372036854775808 | ; it must fit into 64 bits",
                "8589934592GiB | ; it must fit into 64 bits",
                "sqr | ; did you mean 'sqrt'?",
                "'''1MiB''' | ; write 1MiB without quotes",
                "true | ''",
            })
    void whatIsNoSizeIsRefusedAtItsPlace(String written, String hint) {
        String value = written.replace("'", "\"");
        assertThatThrownBy(() -> setting("{type: full, memory: " + value + "}"))
                .isInstanceOf(SweepErrors.class)
                .hasMessageStartingWith("x:7:33: estimator.memory is ")
                .message()
                .satisfies(message -> assertThat(message.strip())
                        .endsWith("must be a size in whole bytes, KiB, MiB or GiB, at least 1, or sqrt" + hint));
    }

    @Test
    void identityIsThatOfTheBytesAndThatOfOldWithoutMemory() {
        assertThat(setting("{type: full, memory: 64KiB}").id())
                .isEqualTo(setting("{type: full, memory: 65536}").id())
                .isNotEqualTo(setting("{type: full, memory: sqrt}").id())
                .isNotEqualTo(setting("full").id());
        assertThat(setting("full").identity().get("estimator")).isEqualTo(Map.of("type", "full"));
    }

    /** In training, and in measurement: each has its own number of steps and lanes. */
    @ParameterizedTest
    @CsvSource({"measure.bias.length=5, 80 steps × 2 lanes", "measure.bias.length=400, 400 steps × 3 lanes"})
    void aBudgetTooSmallIsRefusedAtItsPlaceWithTheBytesThatWouldDo(String override, String task) {
        String message = refusal(1024, override);
        assertThat(message)
                .contains("x:7:33: memory is 1024 bytes: backpropagation through ")
                .contains(task + " needs at least ");
        long least = Pattern.compile("needs at least (\\d+) bytes")
                .matcher(message)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .max()
                .orElseThrow();
        assertThat(refusal(least - 1, override)).contains(task + " needs at least " + least + " bytes");
        assertThat(sweep(BALANCING, "{type: full, memory: " + least + "}", override)
                        .settings())
                .hasSize(1);
    }

    private String refusal(long bytes, String override) {
        String estimator = "{type: full, memory: " + bytes + "}";
        return String.valueOf(catchThrowableOfType(SweepErrors.class, () -> sweep(BALANCING, estimator, override))
                .getMessage());
    }

    @Test
    void whatDoesNotFitWholeIsToldOfTheWayOut() {
        String[] large = {
            "train.steps=50000000", "train.sequence=50000000", "train.lanes=1", "measure.accuracy.every=10000000"
        };
        assertThatThrownBy(() -> sweep(BALANCING, "full", large))
                .isInstanceOf(SweepErrors.class)
                .hasMessageContaining("does not fit in memory")
                .hasMessageContaining("'memory: sqrt' takes ");
        assertThat(sweep(BALANCING, "{type: full, memory: sqrt}", large).settings())
                .hasSize(1);
        assertThat(sweep(BALANCING, "{type: full, memory: 500MiB}", large).settings())
                .hasSize(1);
    }

    /** A budget is a permission: where the heap has less, that is what counts. */
    @Test
    void aBudgetBeyondTheHeapIsHeldAgainstTheHeap() {
        assumeThat(Runtime.getRuntime().maxMemory()).isLessThan(40_000_000_000L);
        String[] large = {
            "train.steps=400000000", "train.sequence=400000000", "train.lanes=1", "measure.accuracy.every=10000000"
        };
        assertThatThrownBy(() -> sweep(BALANCING, "{type: full, memory: 900GiB}", large))
                .isInstanceOf(SweepErrors.class)
                .hasMessageContaining("x:7:33: does not fit in memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {BALANCING, ADDING})
    void trainsAndMeasuresAsTheWholeDoes(String text) {
        RunRecord whole = run(sweep(text, "full"));
        RunRecord segments = run(sweep(text, "{type: full, memory: sqrt}"));
        assertThat(segments.training().tapeSteps()).isLessThan(whole.training().tapeSteps());
        assertThat(Json.write(comparable(segments))).isEqualTo(Json.write(comparable(whole)));
        for (int i = 0; i < 2; i++) {
            BiasMeasurement.Walk less = segments.bias().get(i).walk();
            BiasMeasurement.Walk all = whole.bias().get(i).walk();
            assertThat(all.forwardSteps()).isEqualTo(1.0);
            assertThat(less.forwardSteps()).isBetween(1.5, 2.0);
            assertThat(less.tapeSteps()).isLessThan(all.tapeSteps());
            assertThat(less.tapeBytes()).isBetween(1L, all.tapeBytes() - 1);
        }
    }

    /** What a run has found, without times and without what it kept. */
    private static List<Object> comparable(RunRecord record) {
        Map<String, Object> training = new LinkedHashMap<>(record.training().toTree());
        training.remove("nanos");
        training.remove("tape_steps");
        List<Object> all = new ArrayList<>();
        all.add(training);
        for (BiasMeasurement measurement : record.bias()) {
            Map<String, Object> tree = new LinkedHashMap<>(measurement.toTree());
            all.add(tree.remove("walk") == null ? "no walk" : "walk");
            all.add(tree);
        }
        all.add(record.curves().toString());
        return all;
    }
}
