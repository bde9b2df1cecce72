package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.MeasurementKey;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request is on record when all that a sweep asks for has ended, and once. */
class CompletedRequestTest {
    private static final String SWEEP = """
            name: asked
            seed: 1
            replicates: 2
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 60, sequence: 20, optimizer: {type: sgd, rate: 1.0e-3}}
            measure:
              bias: {at: [0, end], length: 20, draws: 30, margin: 0.1}
              accuracy: {every: 20}
            grid:
              estimator: [{type: tbptt, length: 3}, {type: artbp, mean: 6}]
            """;

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();

    private Sweep sweep(String... overrides) {
        return new SweepReader(Bundled.catalogs(tasks)).read("asked.yaml", SWEEP, overrides);
    }

    private void make(List<RunSpec> runs) throws IOException {
        new Runner(folder, tasks, PlainKernels.INSTANCE, RunListener.NONE).run(runs, 2);
    }

    private Journal journal() throws IOException {
        return Journal.read(folder);
    }

    private static List<String> texts(Path results) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(results.resolve("journal"))) {
            for (Path file : files.toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private void append(Sweep sweep) throws IOException {
        CompletedRequest.append(folder, sweep, journal(), Optional.empty());
    }

    @Test
    void theLastRunCompletesARequest() throws IOException {
        Sweep sweep = sweep();
        make(sweep.runs().subList(0, 3));
        assertThat(CompletedRequest.of(sweep, journal())).isEmpty();
        append(sweep);
        assertThat(journal().requests()).isEmpty();
        make(sweep.runs().subList(3, 4));
        String tbptt = MeasurementKey.ofBias(sweep.settings().get(0));
        String artbp = MeasurementKey.ofBias(sweep.settings().get(1));
        RequestRecord completed = new RequestRecord(
                List.of(
                        new RequestRecord.Bias(tbptt, 0, 0, 2),
                        new RequestRecord.Bias(tbptt, 60, 0, 2),
                        new RequestRecord.Bias(artbp, 0, 30, 2),
                        new RequestRecord.Bias(artbp, 60, 30, 2)),
                sweep.settings().stream()
                        .map(setting -> new RequestRecord.Accuracy(MeasurementKey.ofAccuracy(setting), 2))
                        .toList());
        assertThat(CompletedRequest.of(sweep, journal())).contains(completed);
        append(sweep);
        assertThat(journal().requests()).containsExactly(completed);
        // Nothing to do appends nothing.
        Path file = folder.resolve("journal/worker-0.jsonl");
        String text = Files.readString(file);
        append(sweep);
        assertThat(file).hasContent(text);
        assertThat(text.lines().filter(line -> line.contains("\"type\":\"request\"")))
                .singleElement()
                .asString()
                .matches(".*,\"sum\":\"[0-9a-f]{8}\"}");
        // More draws are another request, and going back to fewer is the old one.
        Sweep more = sweep("measure.bias.draws=60");
        append(more);
        assertThat(journal().requests()).hasSize(1);
        make(more.runs());
        append(more);
        append(sweep);
        assertThat(journal().requests()).hasSize(2).contains(completed);
    }

    @Test
    void aTornRequestDoesNotCountAndIsWrittenAgain() throws IOException {
        Sweep sweep = sweep();
        make(sweep.runs());
        append(sweep);
        Path file = folder.resolve("journal/worker-0.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 9));
        assertThat(journal().requests()).isEmpty();
        append(sweep);
        assertThat(file).hasContent(text);
        Files.writeString(file, text.replace("\"replicates\":2", "\"replicates\":1"));
        assertThatThrownBy(this::journal).hasMessageContaining("the line is damaged");
    }

    /** A run that failed has ended: the tables are there to look at, and what it lacks is told in them. */
    @Test
    void whatFailedHasEnded() throws IOException {
        Sweep sweep = sweep();
        make(sweep.runs().subList(0, 3));
        RunSpec last = sweep.runs().get(3);
        try (JournalWriter writer = Journal.open(folder, "worker-0")) {
            writer.append(new RunRecord(
                            last.id(),
                            last.setting().id(),
                            last.replicate(),
                            last.setting().identity(),
                            Outcome.FAILED,
                            "broke",
                            RunRecord.Training.NONE,
                            List.of(),
                            Map.of(),
                            List.of(),
                            "none",
                            OptionalLong.empty())
                    .toTree());
        }
        Optional<RequestRecord> request = CompletedRequest.of(sweep, journal());
        assertThat(request).isPresent();
        // Made well later it is the same request: nobody asked for more.
        make(List.of(last));
        assertThat(CompletedRequest.of(sweep, journal())).isEqualTo(request);
    }

    /** Whoever completes it writes the same: a merge of two folders has it once. */
    @Test
    void aMergedJournalHasEveryRequestOnce() throws IOException {
        Sweep sweep = sweep();
        make(sweep.runs());
        append(sweep);
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("journal"));
        Files.copy(folder.resolve("journal/worker-0.jsonl"), other.resolve("journal/a.jsonl"));
        Files.copy(folder.resolve("journal/worker-1.jsonl"), other.resolve("journal/b.jsonl"));
        Path target = folder.resolve("target");
        JournalMerge.of(List.of(folder, other)).into(target, Set.of());
        Journal merged = Journal.read(target);
        assertThat(merged.requests()).isEqualTo(journal().requests());
        CompletedRequest.merge(target, sweep, merged);
        assertThat(texts(target))
                .singleElement()
                .asString()
                .satisfies(text -> assertThat(text.lines().filter(line -> line.contains("\"type\":\"request\"")))
                        .hasSize(1));
    }

    /** Parts of which none saw the whole: the merge does, and puts it where a merge puts things. */
    @Test
    void aMergeCompletesWhatShardsBegan() throws IOException {
        Sweep sweep = sweep();
        make(sweep.runs());
        CompletedRequest.merge(folder, sweep, journal());
        assertThat(journal().requests()).hasSize(1);
        assertThat(folder.resolve("journal")).isDirectoryContaining("glob:**/merged-*.jsonl");
        CompletedRequest.merge(folder, sweep, journal());
        CompletedRequest.append(folder, sweep, journal(), Optional.of(new Shard(1, 2)));
        assertThat(texts(folder)).hasSize(3);
    }

    @Test
    void countsThatNoneCanHaveAreRefused() throws IOException {
        try (JournalWriter writer = Journal.open(folder, "worker-0")) {
            writer.append(Map.of(
                    "type",
                    "request",
                    "bias",
                    List.of(),
                    "accuracy",
                    List.of(Map.of("key", "0123", "replicates", -1L))));
        }
        assertThatThrownBy(this::journal)
                .hasMessageContaining("worker-0.jsonl:1: ")
                .hasMessageContaining("replicates is -1");
    }

    /** One key for any number of draws and any margin; another for whatever else is measured. */
    @Test
    void aKeyKnowsAMeasurementHoweverLargeItIs() {
        Setting artbp = sweep().settings().get(1);
        String key = MeasurementKey.ofBias(artbp);
        for (String same : List.of(
                "measure.bias.draws=60",
                "measure.bias.draws={resolve: margin}",
                "measure.bias.margin=0.2",
                "measure.bias.at=[0]",
                "measure.accuracy.every=30",
                "replicates=5")) {
            assertThat(MeasurementKey.ofBias(sweep(same).settings().get(1)))
                    .as(same)
                    .isEqualTo(key);
        }
        for (String other : List.of(
                "measure.bias.length=30", "measure.bias.sequences=2", "seed=2", "train.steps=80", "init.value=0.4")) {
            assertThat(MeasurementKey.ofBias(sweep(other).settings().get(1)))
                    .as(other)
                    .isNotEqualTo(key);
        }
        assertThat(MeasurementKey.ofBias(sweep().settings().get(0))).isNotEqualTo(key);
        String learned = MeasurementKey.ofAccuracy(artbp);
        assertThat(learned).isNotEqualTo(key);
        assertThat(MeasurementKey.ofAccuracy(
                        sweep("measure.bias.draws=60", "measure.bias.length=30", "measure.accuracy.every=30")
                                .settings()
                                .get(1)))
                .isEqualTo(learned);
        assertThat(MeasurementKey.ofAccuracy(sweep("train.steps=80").settings().get(1)))
                .isNotEqualTo(learned);
    }
}
