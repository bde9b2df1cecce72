package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.run.TimingRecord.Conditions;
import org.bpttbench.experiments.run.TimingRecord.Effort;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of benchmarks that are broken off, repeated, or made under other conditions. */
class TimingJournalTest {
    private static final Effort TWO = new Effort(2, 0.5, 1.0);

    @TempDir
    Path folder;

    private List<Setting> settings = List.of();

    @BeforeEach
    void read() {
        settings = new SweepReader(Bundled.catalogs(new TaskShelf()))
                .read("tiny.yaml", """
                        name: tiny
                        seed: 1
                        task: {type: influence-balancing, units: 3, positive: 1}
                        train: {steps: 60, sequence: 20, optimizer: {type: sgd, rate: 1.0e-3}}
                        grid:
                          estimator: [full, {type: tbptt, length: 5}]
                        """)
                .settings();
    }

    private TimingJournal open(Effort effort) throws IOException {
        return TimingJournal.open(folder, Journal.read(folder), PlainKernels.INSTANCE, effort, false);
    }

    private List<Setting> missing(Effort effort) throws IOException {
        try (TimingJournal timing = open(effort)) {
            return settings.stream().filter(each -> !timing.isDone(each)).toList();
        }
    }

    private List<String> timings() throws IOException {
        return Files.readAllLines(folder.resolve("journal/timing.jsonl")).stream()
                .filter(line -> line.contains("\"type\":\"timing\""))
                .toList();
    }

    @Test
    void aFinishedSettingIsOneRecordThatReadsBack() throws IOException {
        try (TimingJournal timing = open(TWO)) {
            timing.add(settings.get(0), 100.5, 0.25);
            assertThat(timing.isDone(settings.get(0))).isFalse();
            timing.add(settings.get(0), 103.0, 0.0);
            assertThat(timing.isDone(settings.get(0))).isTrue();
        }
        assertThat(timings()).hasSize(1);
        Journal journal = Journal.read(folder);
        TimingRecord record = journal.timings().values().iterator().next();
        assertThat(journal.sessions()).containsOnlyKeys(record.provenance());
        assertThat(record)
                .isEqualTo(new TimingRecord(
                        settings.get(0).id(),
                        Conditions.here("plain", TWO),
                        List.of(100.5, 103.0),
                        List.of(0.25, 0.0),
                        record.provenance()));
    }

    @Test
    void forksBeforeABreakOffAreKept() throws IOException {
        try (TimingJournal timing = open(TWO)) {
            timing.add(settings.get(0), 1.0, 0.0);
            timing.add(settings.get(1), 2.0, 0.0);
            timing.add(settings.get(0), 3.0, 0.0);
        }
        assertThat(missing(TWO)).containsExactly(settings.get(1));
        try (TimingJournal timing = open(TWO)) {
            assertThat(timing.forks(settings.get(1))).isOne();
            timing.add(settings.get(1), 4.0, 0.0);
        }
        assertThat(missing(TWO)).isEmpty();
        assertThat(Journal.read(folder).timings().values())
                .extracting(TimingRecord::nanos)
                .containsExactly(List.of(1.0, 3.0), List.of(2.0, 4.0));
        assertThat(TimingJournal.folder(folder)).isEmptyDirectory();
    }

    @Test
    void otherConditionsAreMeasuredAnewAndTheNewestCounts() throws IOException {
        Effort one = new Effort(1, 0.5, 1.0);
        try (TimingJournal timing = open(one)) {
            timing.add(settings.get(0), 1.0, 0.0);
        }
        assertThat(missing(one)).containsExactly(settings.get(1));
        assertThat(missing(TWO)).isEqualTo(settings);
        try (TimingJournal timing = open(TWO)) {
            timing.add(settings.get(0), 5.0, 0.0);
        }
        try (TimingJournal timing = open(new Effort(2, 0.5, 2.0))) {
            assertThat(timing.forks(settings.get(0))).isZero();
        }
        try (TimingJournal timing = open(TWO)) {
            timing.add(settings.get(0), 6.0, 0.0);
        }
        assertThat(timings()).hasSize(2);
        assertThat(Journal.read(folder).timings().values())
                .extracting(TimingRecord::nanos)
                .containsExactly(List.of(5.0, 6.0));
        assertThat(missing(one)).as("its newest benchmark is another").isEqualTo(settings);
    }

    @Test
    void nothingCountsForAFreshStart() throws IOException {
        try (TimingJournal timing = open(TWO)) {
            timing.add(settings.get(0), 1.0, 0.0);
            timing.add(settings.get(0), 2.0, 0.0);
            timing.add(settings.get(1), 3.0, 0.0);
        }
        try (TimingJournal fresh = TimingJournal.open(folder, Journal.read(folder), PlainKernels.INSTANCE, TWO, true)) {
            assertThat(settings).noneMatch(fresh::isDone).allMatch(each -> fresh.forks(each) == 0);
        }
    }

    @Test
    void lookingLeavesNothingBehind() throws IOException {
        missing(TWO);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRecordWithoutForksIsRefusedWithItsPlace() throws IOException {
        try (TimingJournal timing = open(new Effort(1, 0.5, 1.0))) {
            timing.add(settings.get(0), 1.0, 0.0);
        }
        Path file = folder.resolve("journal/timing.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"forks\":[1.0]", "\"forks\":[]"));
        assertThatThrownBy(() -> Journal.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("timing.jsonl:2");
    }
}
