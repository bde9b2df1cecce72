package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells are made once, whoever makes them and however often it is broken off. */
class CalibrationTest {
    private static final CalibrationPlan PLAN = new CalibrationPlan(
            7,
            2,
            DoubleStream.of(0, 1, 2)
                    .mapToObj(bias -> new CalibrationCell(new LineSubject(Tail.MODERATE, 1), 200, bias))
                    .toList());

    @TempDir
    Path folder;

    private final List<CalibrationCell> made = new ArrayList<>();

    private String run(Path into, int jobs) throws IOException {
        Map<CalibrationCell, CellResult> results =
                new Calibration(PLAN, into, (cell, result, seconds, done, missing) -> made.add(cell)).run(jobs);
        CalibrationCsv.write(into, PLAN, results);
        return Files.readString(into.resolve(CalibrationCsv.FILE));
    }

    @Test
    void countsDependNeitherOnJobsNorOnBreaks() throws IOException {
        String expected = run(folder.resolve("one"), 1);
        assertThat(made).containsExactlyElementsOf(PLAN.cells());
        assertThat(expected.lines()).hasSize(4);

        assertThat(run(folder.resolve("two"), 2)).isEqualTo(expected);

        Path journal = folder.resolve("two/journal/cells.jsonl");
        List<String> lines = Files.readAllLines(journal);
        String torn = lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(2).substring(0, 30);
        Files.writeString(journal, torn);
        made.clear();
        assertThat(run(folder.resolve("two"), 2)).isEqualTo(expected);
        assertThat(made).hasSize(1);
        assertThat(Files.readAllLines(journal)).hasSize(3).startsWith(lines.get(0), lines.get(1));

        made.clear();
        byte[] complete = Files.readAllBytes(journal);
        assertThat(run(folder.resolve("two"), 2)).isEqualTo(expected);
        assertThat(made).isEmpty();
        assertThat(journal).hasBinaryContent(complete);
    }

    @Test
    void cellsOfOtherPlansAreOthers() {
        CalibrationCell cell = PLAN.cells().get(0);
        List<CalibrationPlan> plans =
                List.of(PLAN, new CalibrationPlan(8, 2, PLAN.cells()), new CalibrationPlan(7, 3, PLAN.cells()));
        assertThat(plans.stream().map(plan -> plan.id(cell))).doesNotHaveDuplicates();
        CalibrationPlan full = CalibrationPlan.full(1, 4000).withNetworks();
        assertThat(full.cells().stream().map(full::id)).doesNotHaveDuplicates();
        assertThat(full.cells().stream().map(CalibrationCell::toString)).doesNotHaveDuplicates();
        CalibrationPlan quick = CalibrationPlan.quick(1, 4000);
        assertThat(full.cells())
                .hasSizeLessThanOrEqualTo(CalibrationPlan.MOST_CELLS)
                .containsAll(quick.cells());
        assertThat(full.cells().stream()
                        .map(CalibrationCell::subject)
                        .filter(NetworkSubject.class::isInstance)
                        .distinct())
                .hasSize(24);
    }

    /** One number of draws after the other is twice as large, the last the cell's. */
    @Test
    void drawsAreDoubledFromLookToLook() {
        CalibrationCell cell = new CalibrationCell(new LineSubject(Tail.LIGHT, 1), 25_600, 0, 8);
        assertThat(IntStream.rangeClosed(1, 8).map(cell::drawsAt))
                .containsExactly(200, 400, 800, 1600, 3200, 6400, 12_800, 25_600);
    }

    @Test
    void anUnreadableJournalIsAnErrorWithItsPlace() throws IOException {
        Path journal = folder.resolve("journal/cells.jsonl");
        Files.createDirectories(folder.resolve("journal"));
        Files.writeString(journal, "{\"type\":\"run\"}\n");
        assertThatThrownBy(() -> run(folder, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cells.jsonl:1")
                .hasMessageContaining("'run'");
    }
}
