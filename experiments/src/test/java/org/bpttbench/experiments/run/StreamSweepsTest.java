package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.io.IOException;
import java.nio.file.Path;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of streams and of stored data, from the sweep file to the journal. */
class StreamSweepsTest {
    private static final String SWEEP = """
            name: tiny
            seed: 1
            task: %s
            model: {cell: lstm, units: 3}
            train: {steps: 128, lanes: 2, %soptimizer: {type: sgd, rate: 1.0e-2}}
            measure:
              bias: {at: [end], length: 64, draws: 5}
              accuracy: {every: 128}
            grid:
              estimator:
                - full
                - {type: tbptt, length: 5}
                - {type: artbp, mean: 5, cuts: shared}
            """;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: copy-stream, shortest: 2, longest: 3} | valid.perplexity | true
            {type: anbn, longest: 4}                     | valid.bpc        | true
            {type: brackets}                             | valid.bpc        | true
            {type: add}                                  | valid.nats       | true
            {type: add, labels: exact}                   | valid.nats       | true
            {type: mackey-glass}                         | valid.nrmse      | true
            {type: ecg}                                  | valid.nrmse      | true
            {type: sequential-digits}                    | valid.error_rate | false
            """)
    void runsToTheEnd(String task, String metric, boolean endless) throws IOException {
        TaskShelf shelf = new TaskShelf();
        String text = SWEEP.formatted(task, endless ? "sequence: 20, " : "");
        Sweep sweep = new SweepReader(Bundled.catalogs(shelf)).read("tiny.yaml", text);
        new Runner(folder, shelf, PlainKernels.INSTANCE, (spec, record, done, total) -> {}).run(sweep.runs(), 2);
        Journal journal = Journal.read(folder);
        assertThat(journal.runs()).hasSize(3);
        assertThat(journal.runs().values()).allSatisfy(record -> {
            assertThat(record.outcome()).as(record.message()).isEqualTo(Outcome.DONE);
            assertThat(record.curves()).extracting("metric").contains(metric, metric.replace("valid", "test"));
            assertThat(record.bias()).hasSize(1);
            assertThat(record.baselines())
                    .extractingByKey(metric)
                    .asInstanceOf(MAP)
                    .containsKey("chance");
        });
    }
}
