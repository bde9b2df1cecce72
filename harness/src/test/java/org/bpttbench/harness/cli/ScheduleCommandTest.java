package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.JournalWriter;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunMemory;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user sees of orders, budgets, limits and failures: messages, exit codes, and that nothing is lost. */
class ScheduleCommandTest {
    /** Long enough that no machine makes a run of it in a millisecond. */
    private static final String SWEEP = """
            name: night
            seed: 1
            replicates: 3
            task: {type: linear-drive, a: 0.5}
            init: {type: constant, value: 0.5}
            train: {steps: 100000, optimizer: {type: sgd, rate: 1.0e-6}}
            measure: {accuracy: {every: 1000000}}
            grid:
              estimator:
                - {type: tbptt, length: 2}
                - {type: tbptt, length: 50}
            """;

    @TempDir
    Path folder;

    private Path results = Path.of("");
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        results = folder.resolve("results");
        Files.writeString(folder.resolve("night.yaml"), SWEEP);
    }

    private int bptt(String... arguments) {
        CommandLine line = Bptt.commandLine();
        out = new StringWriter();
        err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int run(String... more) {
        return bptt(Stream.concat(Stream.of("run", file(), "--out", results.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private String file() {
        return folder.resolve("night.yaml").toString();
    }

    private Path journal() {
        return results.resolve("journal/worker-0.jsonl");
    }

    private Map<String, String> csv() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : List.of("accuracy.csv", "curves.csv", "runs.csv", "bias.csv")) {
            texts.put(name, Files.readString(results.resolve(name)));
        }
        return texts;
    }

    /** Of the sweep made in one go, in a folder of its own. */
    private Map<String, String> undisturbed() throws IOException {
        Path own = results;
        results = folder.resolve("undisturbed");
        assertThat(run("--jobs", "1")).as(err.toString()).isZero();
        Map<String, String> csv = csv();
        results = own;
        return csv;
    }

    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(results.resolve("checkpoints"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--order=fastest | --order is 'fastest': must be replicate-major, longest-first or as-written",
                "--budget=8 | --budget is '8': must be a time above zero, up to 8760h, as in 45s, 30m or 8h",
                "--budget=0h | --budget is '0h': must be a time above zero, up to 8760h",
                "--budget=off | --budget is 'off': must be a time above zero, up to 8760h",
                "--budget=8761h | --budget is '8761h': must be a time above zero, up to 8760h",
                "--timeout-per-run=-5m | --timeout-per-run is '-5m': must be a time above zero, up to 8760h",
                "--timeout-per-run=999999999h | --timeout-per-run is '999999999h': must be a time above zero",
                "--max-failures=0 | --max-failures is 0: must be a whole number, at least 1",
                "--max-failures=some | 'some' is not an int",
                "--max-failures=2 --fail-fast | --fail-fast is --max-failures 1, and --max-failures is 2: give one"
            })
    void whatIsWrongIsToldAndNothingIsRun(String options, String message) {
        assertThat(run(options.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(results).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"longest-first", "as-written"})
    void noResultDependsOnTheOrder(String order) throws IOException {
        Map<String, String> csv = undisturbed();
        assertThat(run("--order", order, "--jobs", "2", "--budget", "1h", "--timeout-per-run", "1h", "--fail-fast"))
                .as(err.toString())
                .isZero();
        assertThat(csv()).isEqualTo(csv);
        assertThat(err.toString()).doesNotContain("budget").doesNotContain("stopped");
    }

    @ParameterizedTest
    @CsvSource({"replicate-major, 0 0 1 1 2 2", "as-written, 0 1 2 0 1 2"})
    void runsComeInTheOrderAskedFor(String order, String replicates) throws IOException {
        assertThat(run("--order", order, "--jobs", "1", "train.steps=100")).isZero();
        List<String> made = new ArrayList<>();
        for (String line : Files.readAllLines(journal())) {
            if (Json.read(line) instanceof Map<?, ?> tree && tree.get("replicate") != null) {
                made.add(String.valueOf(tree.get("replicate")));
            }
        }
        assertThat(String.join(" ", made)).isEqualTo(replicates);
    }

    @Test
    void aBudgetThatIsOverLeavesWhatIsOnItsWay() throws IOException {
        Map<String, String> csv = undisturbed();
        assertThat(run("--budget", "1ms", "--jobs", "2")).as(err.toString()).isZero();
        assertThat(err.toString())
                .contains("the budget of 1ms is over: 0 of 3 replicates of all 2 settings are complete, 0 of 6 runs are"
                        + " done; the same command goes on");
        assertThat(Journal.read(results).runs()).isEmpty();
        assertThat(checkpoints()).hasSizeBetween(1, 2);
        assertThat(run()).as(err.toString()).isZero();
        assertThat(err.toString()).contains("goes on at step ");
        assertThat(csv()).isEqualTo(csv);
        assertThat(checkpoints()).isEmpty();
    }

    @Test
    void aReplicateThatWouldNotEndInTimeIsNotBegun() throws IOException {
        Map<String, String> csv = undisturbed();
        assertThat(run("replicates=1", "--jobs", "1")).isZero();
        tookLong();
        assertThat(run("--budget", "1m", "--jobs", "1")).as(err.toString()).isZero();
        assertThat(err.toString())
                .containsPattern("stopped, as another replicate of all settings is expected to take 16m 4\\ds and the"
                        + " budget of 1m has [0-9a-z. ]+ left: 2 of 3 replicates of all 2 settings are complete, 4 of 6 runs"
                        + " are done; the same command goes on");
        assertThat(out.toString()).contains("Report: ");
        assertThat(run("--budget", "1h")).isZero();
        assertThat(err.toString()).doesNotContain("budget");
        assertThat(csv()).isEqualTo(csv);
    }

    /** Rewrites the journal as if every run had taken a thousand seconds. */
    private void tookLong() throws IOException {
        List<String> lines = Files.readAllLines(journal());
        Files.delete(journal());
        try (JournalWriter writer = new JournalWriter(journal())) {
            for (String line : lines) {
                @SuppressWarnings("unchecked")
                Map<String, Object> tree = (Map<String, Object>) Json.read(line);
                tree.remove("sum");
                tree.computeIfPresent("nanos", (key, nanos) -> 1_000_000_000_000L);
                writer.append(tree);
            }
        }
    }

    @Test
    void aRunThatTakesTooLongIsARecordAndGoesOnLater() throws IOException {
        Map<String, String> csv = undisturbed();
        assertThat(run("--timeout-per-run", "1ms", "--jobs", "2")).isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString())
                .containsPattern("timed-out: took longer in this process than its limit of 0.001 s and was left at step"
                        + " [0-9]+ of 100000 after [0-9.]+ s in all; run again, with a longer limit, to go on from its"
                        + " checkpoint")
                .doesNotContain("stopped");
        // On a busy machine the clock's thread may come too late for one or the other.
        assertThat(Journal.read(results).runs()).hasSize(6);
        long late = Journal.read(results).runs().values().stream()
                .filter(record -> record.outcome() == Outcome.TIMED_OUT)
                .count();
        assertThat(late).isPositive();
        assertThat(checkpoints()).hasSize((int) late);
        assertThat(Files.readString(results.resolve("runs.csv"))).contains(",timed-out,\"took longer");
        byte[] before = Files.readAllBytes(journal());
        assertThat(run("--timeout-per-run", "1h", "--jobs", "1"))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains("goes on at step ");
        assertThat(csv()).isEqualTo(csv);
        assertThat(Files.readString(journal())).startsWith(new String(before, StandardCharsets.UTF_8));
        assertThat(checkpoints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--max-failures=2, 2 runs, 2", "--fail-fast, 1 run, 1"})
    void tooManyFailuresEndTheSweep(String option, String told, int records) throws IOException {
        Map<String, String> csv = undisturbed();
        assertThat(run("replicates=1", "--jobs", "1")).isZero();
        Map<String, ?> made = Journal.read(results).runs();
        assertThat(run(option, "--timeout-per-run", "1ms", "--jobs", "1")).isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString())
                .contains(
                        "stopped after " + told + " that failed or timed out (--max-failures): 1 of 3 replicates of all"
                                + " 2 settings are complete, 2 of 6 runs are done; the same command goes on");
        assertThat(Journal.read(results).runs())
                .hasSize(2 + records)
                .containsAllEntriesOf(made.keySet().stream().collect(Collectors.toMap(run -> run, this::recordOf)));
        assertThat(run()).as(err.toString()).isZero();
        assertThat(csv()).isEqualTo(csv);
    }

    private RunRecord recordOf(String run) {
        try {
            return Objects.requireNonNull(Journal.read(results).runs().get(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsOnItsWayWhenOthersFailIsLeft() throws IOException {
        assertThat(run("--fail-fast", "--timeout-per-run", "1ms", "--jobs", "2"))
                .isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString()).contains("stopped after ");
        int records = Journal.read(results).runs().size();
        assertThat(records).isBetween(1, 2);
        assertThat(checkpoints()).hasSizeBetween(records, 2);
    }

    /** Sequences so long that two tapes do not fit: the runs are left before they have grown. */
    @Test
    void runsThatDoNotFitTogetherAreMadeOneAtATime() {
        TaskShelf tasks = new TaskShelf();
        String full = SWEEP.replace("{type: tbptt, length: 2}", "full").replace("replicates: 3", "replicates: 1");
        Setting setting = new SweepReader(Bundled.catalogs(tasks))
                .read("x.yaml", full, "train.steps=1000000", "train.sequence=1000000")
                .settings()
                .get(0);
        double bytes = RunMemory.bytes(setting, tasks.get(setting));
        long steps = (long) (0.6 * (double) Runtime.getRuntime().maxMemory() / bytes * 1e6);
        String[] overrides = {
            "train.steps=" + steps, "train.sequence=" + steps, "grid.estimator=full", "measure.accuracy.every=" + steps
        };
        String[] limits = {"--jobs", "2", "--budget", "1ms"};
        assertThat(run(Stream.concat(Stream.of(limits), Stream.of(overrides)).toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        assertThat(err.toString())
                .containsPattern("--jobs: the 2 largest runs take up to [0-9.]+ [MG]iB together, the Java heap has"
                        + " [0-9.]+ [MG]iB: runs are made 1 at a time");
        String[] plan = {"plan", file(), "--jobs", "2", "--calibrate", "off"};
        assertThat(bptt(Stream.concat(Stream.of(plan), Stream.of(overrides)).toArray(String[]::new)))
                .isZero();
        assertThat(out.toString().replace('\n', ' '))
                .containsPattern("memory: the 2 largest runs take up to .*: 'run' makes 1 at a time");
    }
}
