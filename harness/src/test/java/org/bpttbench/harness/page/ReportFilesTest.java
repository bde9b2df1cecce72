package org.bpttbench.harness.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.Figures;
import org.bpttbench.harness.figure.InventedResults;
import org.bpttbench.harness.report.Results;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an earlier page do not outlive it; files that are not the project's own do. */
class ReportFilesTest {
    @TempDir
    private Path folder;

    private Path results = Path.of("");
    private Path figures = Path.of("");

    @BeforeEach
    void findFolders() {
        results = folder.resolve("results");
        figures = results.resolve("figures");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> listed = Files.list(figures)) {
            return listed.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> written(Results of) {
        return Figures.of(of).stream()
                .map(Figure::name)
                .flatMap(name -> Stream.of(name + ".svg", name + ".csv"))
                .toList();
    }

    @Test
    void figuresThatAreNoLongerCalledForGo() throws IOException {
        Results many = InventedResults.full(folder.resolve("journal"));
        Results few = InventedResults.untrained(folder.resolve("bare"));
        assertThat(written(many)).hasSizeGreaterThan(written(few).size());
        ReportFiles.write(results, many);
        Files.writeString(figures.resolve("mine.svg"), "a drawing of the user's own");
        assertThat(files()).contains("mine.svg").containsAll(written(many));
        ReportFiles.write(results, few);
        assertThat(files())
                .hasSize(written(few).size() + 1)
                .contains("mine.svg")
                .containsAll(written(few));
    }

    @Test
    void aPaintingStaysWhileItIsTrue() throws IOException {
        Results results = InventedResults.full(folder.resolve("journal"));
        ReportFiles.write(this.results, results);
        String name = Figures.of(results).get(0).name();
        Path painting = Files.writeString(figures.resolve(name + ".png"), "painted");
        ReportFiles.write(this.results, results);
        assertThat(painting).exists();
        Files.writeString(figures.resolve(name + ".svg"), "of other results");
        ReportFiles.write(this.results, results);
        assertThat(painting).doesNotExist();
    }
}
