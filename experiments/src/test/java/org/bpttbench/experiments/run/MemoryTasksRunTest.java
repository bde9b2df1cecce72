package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of episodes from a sweep file to their records. */
class MemoryTasksRunTest {
    private static final String SWEEP = """
            name: memory
            seed: 1
            task: %s
            model: {cell: lstm, units: 3}
            train: {steps: 70, lanes: 2, optimizer: {type: adam, rate: 1.0e-3}, update: sequence}
            measure:
              bias: {at: [0, end], sequences: 2, draws: 40}
              accuracy: {every: 1000}
            grid:
              estimator:
                - full
                - {type: tbptt, length: 5}
                - {type: artbp, mean: 5}
            """;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();

    /** Training ends with an episode; a measurement takes the whole of one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: adding, length: 20} | 80 | mse",
                "{type: adding, length: 20, variant: hochreiter} | 88 | mse",
                "{type: multiplication, length: 20} | 88 | mse",
                "{type: copy, length: 5} | 75 | cross_entropy",
                "{type: temporal-order, length: 20, symbols: 3} | 80 | cross_entropy",
                "{type: random-permutation, length: 20} | 80 | cross_entropy",
                "{type: noiseless-memorization, length: 10} | 80 | cross_entropy"
            })
    void everyEstimatorSeesTheSame(String task, long steps, String metric) throws IOException {
        Sweep sweep = new SweepReader(Bundled.catalogs(tasks)).read("memory.yaml", SWEEP.formatted(task));
        assertThat(sweep.warnings()).isEmpty();
        new Runner(folder, tasks, PlainKernels.INSTANCE, (spec, record, done, total) -> {}).run(sweep.runs(), 1);
        Set<List<Double>> starts = new HashSet<>();
        assertThat(Journal.read(folder).runs().values()).hasSize(3).allSatisfy(record -> {
            assertThat(record.outcome()).as(record.message()).isEqualTo(Outcome.DONE);
            assertThat(record.training().steps()).isEqualTo(steps);
            assertThat(record.bias()).extracting("at").containsExactly(0L, 70L);
            assertThat(record.baselines()).containsKeys("valid." + metric, "test." + metric);
            CurvePoint first = record.curves().get(0);
            assertThat(first.metric()).isEqualTo("valid." + metric);
            starts.add(List.of(first.value(), record.bias().get(0).gradientNorm()));
        });
        // Untrained, all arms are the same network on the same data.
        assertThat(starts).hasSize(1);
    }
}
