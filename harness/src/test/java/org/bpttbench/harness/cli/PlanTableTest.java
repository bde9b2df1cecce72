package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpttbench.experiments.run.RunCosts.Basis;
import org.bpttbench.experiments.run.RunMemory;
import org.bpttbench.experiments.spec.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code bptt plan} shows of times and memory. */
class PlanTableTest {
    private static final double MIB = 1 << 20;
    private static final long HEAP = 1L << 30;

    private static PlanTable table() {
        PlanTable table = new PlanTable();
        PlannedDraws.Cells none = new PlannedDraws.Cells("-", "-");
        table.add(new PlanTable.Row("0123456789", "full init=orthogonal", 3, 1, 100, Basis.RUNS, MIB, 0, 2, none));
        table.add(new PlanTable.Row(
                "abcdef0123",
                "artbp mean=16 law=polynomial init=spectral-radius rate=0.001",
                3,
                0,
                4000,
                Basis.TRIAL,
                300 * MIB,
                1000,
                2,
                new PlannedDraws.Cells("1000", "37000")));
        return table;
    }

    @Test
    void aNarrowTerminalBreaksTheLastColumn() {
        assertThat(table().text(80)).isEqualTo("""
                setting     done  time    memory   draws  needed  what
                0123456789  1/3   1m 40s  1.0 MiB  -      -       full init=orthogonal
                abcdef0123  0/3   ~1h 7m  300 MiB  1000   37000   artbp mean=16 law=polynomial
                                                                  init=spectral-radius
                                                                  rate=0.001
                """);
    }

    @Test
    void aWideOneHasALineForEachSetting() {
        assertThat(table().text(160)).isEqualTo("""
                setting     done  time    memory   draws  needed  what
                0123456789  1/3   1m 40s  1.0 MiB  -      -       full init=orthogonal
                abcdef0123  0/3   ~1h 7m  300 MiB  1000   37000   artbp mean=16 law=polynomial init=spectral-radius rate=0.001
                """);
    }

    @Test
    void totalsAreOfWhatIsLeft() {
        // 2·100 + 3·4000 s; with four at a time a quarter, but no less than the longest.
        assertThat(table().totals(new RunMemory.Fit(2, 2, 600 * MIB, 300 * MIB, HEAP)))
                .containsExactly(
                        "left to make: 5 runs, about 3h 23m of work, 1h 42m with 2 at a time",
                        "draws: up to 6,000 in all",
                        "memory: up to 600 MiB with 2 at a time; the Java heap has 1.0 GiB");
        assertThat(table().totals(new RunMemory.Fit(3, 4, 1200 * MIB, 300 * MIB, HEAP)))
                .containsExactly(
                        "left to make: 5 runs, about 3h 23m of work, 1h 8m with 3 at a time",
                        "draws: up to 6,000 in all",
                        "memory: the 4 largest runs take up to 1.2 GiB together, the Java heap has 1.0 GiB: 'run' makes 3"
                                + " at a time");
        PlanTable unknown = table();
        unknown.add(new PlanTable.Row("x", "tbptt", 1, 0, 5, Basis.GUESS, MIB, 0, 0, new PlannedDraws.Cells("-", "-")));
        assertThat(unknown.text(80)).contains("x           0/1   ?  ");
        assertThat(unknown.totals(new RunMemory.Fit(1, 1, MIB, MIB, HEAP)))
                .contains("left to make: 6 runs; how long that takes is not known (--calibrate 20s tries)");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0000001, 1ms",
        "0.0354, 35ms",
        "0.99949, 999ms",
        "0.9996, 1.0s",
        "4.23, 4.2s",
        "9.96, 10s",
        "59.4, 59s",
        "59.6, 1m",
        "725, 12m 5s",
        "3599.7, 1h",
        "12000, 3h 20m",
        "86399, 1d",
        "187000, 2d 4h"
    })
    void timesAreSaidInTwoUnits(double seconds, String words) {
        assertThat(Durations.words(seconds)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "10200, 10 KiB", "1048575, 1.0 MiB", "26843545600, 25 GiB"})
    void bytesAreSaidInBinaryUnits(double bytes, String words) {
        assertThat(Bytes.words(bytes)).isEqualTo(words);
    }

    private static final String SWEEP = """
            name: planned
            seed: 1
            replicates: 2
            task: {type: adding, length: 10}
            model: {cell: tanh, units: 4}
            train: {steps: 40, lanes: 2, optimizer: {type: adam, rate: 1.0e-3}}
            measure: {bias: {at: [0, end], draws: 30, sequences: 2}}
            grid: {estimator: [full, {type: artbp, mean: 4}]}
            """;

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int bptt(String command, String... more) throws IOException {
        Files.writeString(folder.resolve("planned.yaml"), SWEEP);
        CommandLine line = Bptt.commandLine();
        out = new StringWriter();
        err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(List.of(
                command,
                folder.resolve("planned.yaml").toString(),
                "--out",
                folder.resolve("results").toString()));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }

    @Test
    void timesArePredictedUntilRunsHaveEnded() throws IOException {
        assertThat(bptt("plan", "--calibrate", "off")).isZero();
        assertThat(out.toString())
                .contains("0/2   ?  ")
                .contains("time: of a run, the mean of those that are done; ? where nothing tells.\n")
                .contains("left to make: 4 runs; how long that takes is not known (--calibrate 20s tries)\n");
        assertThat(bptt("plan", "--jobs", "2")).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("0/2   ~")))
                .hasSize(2);
        assertThat(out.toString())
                .contains("time: of a run; ~ is predicted, the others are means of runs that are done.\n")
                .containsPattern("left to make: 4 runs, about [0-9a-z. ]+ of work, [0-9a-z. ]+ with 2 at a time\n")
                .contains("draws: up to 120 in all\n")
                .containsPattern("memory: up to [0-9.]+ [KM]iB with 2 at a time; the Java heap has [0-9.]+ [MG]iB\n");
        assertThat(folder.resolve("results")).doesNotExist();
        assertThat(bptt("run", "replicates=1")).as(err.toString()).isZero();
        assertThat(bptt("plan", "--jobs", "1")).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("1/2   ")))
                .hasSize(2)
                .noneMatch(line -> line.contains("~"));
        assertThat(out.toString()).containsPattern("left to make: 2 runs, about [0-9a-z. ]+\n");
    }

    @Test
    void linesOfJsonHaveTheSame() throws IOException {
        assertThat(bptt("plan", "--json", "--jobs", "3")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(tree(lines.get(1)))
                .containsEntry("kind", "setting")
                .containsEntry("runs", 2L)
                .containsEntry("done", 0L)
                .containsEntry("seconds_from", "prediction")
                .containsEntry("draws", "30")
                .containsEntry("measurements", 2L)
                .containsKeys("setting", "label", "seconds", "bytes", "draws_needed");
        assertThat(tree(lines.get(2)))
                .containsEntry("kind", "left")
                .containsEntry("runs", 4L)
                .containsEntry("jobs", 3L)
                .containsEntry("draws", 120.0)
                .containsKeys("seconds", "seconds_of_work", "bytes", "heap_bytes");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(String line) {
        return (Map<String, Object>) Json.read(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "0s", "never"})
    void theTimeOfATrialIsATime(String time) throws IOException {
        assertThat(bptt("plan", "--calibrate", time)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--calibrate is '" + time
                        + "': must be a time above zero, as in 500ms, 60s, 10m or 1h, or off");
    }
}
