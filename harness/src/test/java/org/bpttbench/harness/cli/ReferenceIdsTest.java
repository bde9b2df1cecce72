package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody's results become strangers: the runs of the reference results still have the ids they were published with. */
class ReferenceIdsTest {
    private static final Path REFERENCE = Path.of("..", "results", "reference");

    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "quickstart-text", "influence-balancing"})
    void publishedRunsHaveTheirIds(String name) throws IOException {
        SweepReader reader = new SweepReader(Bundled.catalogs(new TaskShelf()));
        Path folder = REFERENCE.resolve(name);
        List<String> ids = reader.read(folder.resolve("sweep.yaml"), List.of()).runs().stream()
                .map(RunSpec::id)
                .toList();
        try (CsvReader<NamedCsvRecord> runs = CsvReader.builder().ofNamedCsvRecord(folder.resolve("runs.csv"))) {
            assertThat(runs.stream().map(row -> row.getField("run"))).containsExactlyElementsOf(ids);
        }
    }
}
