package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RuntimeCommandTest {
    private static final String SWEEP = """
            name: tiny
            seed: 1
            task: {type: influence-balancing, units: 5, positive: 2}
            train: {steps: 200, sequence: 50, optimizer: {type: sgd, rate: 1.0e-3}}
            grid:
              estimator:
                - {type: tbptt, length: 7}
                - {type: tbptt, length: 3}
            """;

    static {
        // The lock is for people: it tells them that they measure at the same time. Nothing is asserted of a time here.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private Path results = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("tiny.yaml");
        results = folder.resolve("out");
        Files.writeString(file, SWEEP);
    }

    private int bptt(String command, String... more) {
        CommandLine line = Bptt.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[more.length + 4];
        System.arraycopy(more, 0, all, 4, more.length);
        all[0] = command;
        all[1] = file.toString();
        all[2] = "--out";
        all[3] = results.toString();
        return line.execute(all);
    }

    private List<NamedCsvRecord> rows(String source) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(results.resolve("runtime.csv"))) {
            return reader.stream()
                    .filter(row -> row.getField("source").equals(source))
                    .toList();
        }
    }

    private List<String> timings() throws IOException {
        return Files.readAllLines(results.resolve("journal/timing.jsonl")).stream()
                .filter(line -> line.contains("\"type\":\"timing\""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "--forks, 0, --forks is 0: must be at least 1",
        "--time, 0, --time is 0.0: must be a number of seconds above 0",
        "--time, NaN, --time is NaN: must be a number of seconds above 0",
        "--backend, fast, there is no backend 'fast'"
    })
    void whatCannotBeMeasuredIsSaidBeforehand(String option, String value, String message) {
        assertThat(bptt("runtime", option, value)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
        assertThat(results).doesNotExist();
    }

    @Test
    void aSettingWithoutGradientsIsNamed() throws IOException {
        Files.writeString(file, SWEEP.replaceAll("train: .*\n", ""));
        assertThat(bptt("runtime")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("tbptt length=7")
                .contains("neither trains nor measures bias")
                .doesNotContain("Exception");
        assertThat(results).doesNotExist();
    }

    @Test
    @Tag("long")
    void realForksAreMeasuredOnceAndStay() throws IOException {
        String[] effort = {"--forks", "2", "--time", "1", "--backend", "plain"};
        assertThat(bptt("runtime", effort)).as(err.toString()).isZero();
        assertThat(timings()).hasSize(2);
        assertThat(rows("jmh")).hasSize(2).allSatisfy(row -> {
            assertThat(Double.parseDouble(row.getField("nanos_per_step"))).isPositive();
            assertThat(row.getField("nanos_low")).isNotEmpty();
            assertThat(Double.parseDouble(row.getField("bytes_per_step"))).isBetween(0.0, 1.0);
            assertThat(row.getField("backend")).isEqualTo("plain");
        });
        assertThat(rows("sweep")).isEmpty();
        // Fork 1 of all settings before fork 2 of any.
        assertThat(err.toString().lines().filter(line -> line.startsWith("fork")))
                .extracting(line -> line.replaceAll(", [0-9]+ ns/step", ""))
                .containsExactly(
                        "fork 1/2: tbptt length=7",
                        "fork 1/2: tbptt length=3",
                        "fork 2/2: tbptt length=7",
                        "fork 2/2: tbptt length=3");
        assertThat(out.toString()).contains("tbptt length=3").doesNotContain("Iteration");

        byte[] journal = Files.readAllBytes(results.resolve("journal/timing.jsonl"));
        assertThat(bptt("runtime", effort)).isZero();
        assertThat(Files.readAllBytes(results.resolve("journal/timing.jsonl"))).isEqualTo(journal);

        assertThat(bptt("run")).isZero();
        assertThat(rows("jmh")).hasSize(2);
        assertThat(rows("sweep")).hasSize(2);
    }

    @Test
    @Tag("long")
    void aForkThatFailsIsToldAndTheOthersGoOn() throws IOException {
        // The loss of such weights is beyond all numbers.
        Files.writeString(
                file,
                SWEEP.replace(
                                "grid:\n",
                                "grid:\n  init: [{type: constant, value: 1.0e+200}, {type: constant, value: 0.1}]\n")
                        .replace("    - {type: tbptt, length: 3}\n", ""));
        assertThat(bptt("runtime", "--forks", "1", "--time", "0.1", "--backend", "plain"))
                .isEqualTo(ExitCode.RUNS_FAILED);
        assertThat(err.toString())
                .contains("failed: the loss is not finite at the initial parameters")
                .contains("jmh.log");
        assertThat(timings()).hasSize(1);
        assertThat(rows("jmh")).hasSize(1);
    }
}
