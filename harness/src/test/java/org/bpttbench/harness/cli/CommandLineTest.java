package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.DrawForecast;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user sees: exit codes, messages, and the files that are left. */
class CommandLineTest {
    private static final List<String> DETERMINISTIC =
            List.of("bias.csv", "bias_other.csv", "accuracy.csv", "curves.csv", "runs.csv");

    private static final String SWEEP = """
            name: tiny
            seed: 1
            replicates: 2
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 200, sequence: 50, optimizer: {type: sgd, rate: 1.0e-3}}
            measure:
              bias: {at: [0, end], length: 40, sequences: 2, draws: 30}
              accuracy: {every: 100}
            grid:
              estimator:
                - full
                - {type: tbptt, length: [3, 7], lookback: 2}
                - {type: artbp, mean: 6}
                - {type: uncompensated, mean: 6}
            """;

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("tiny.yaml");
        Files.writeString(file, SWEEP);
    }

    private int bptt(String... arguments) {
        CommandLine line = Bptt.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private Map<String, byte[]> files(Path results) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        if (Files.isDirectory(results)) {
            try (Stream<Path> all = Files.walk(results)) {
                for (Path path : all.filter(Files::isRegularFile).toList()) {
                    files.put(results.relativize(path).toString(), Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    @Test
    void leavesFiveCsvFilesWithTheSameBytesForAnyNumberOfWorkers() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        assertThat(bptt("run", file.toString(), "--jobs", "1", "--out", one.toString()))
                .isZero();
        assertThat(bptt("run", file.toString(), "--jobs", "2", "--out", two.toString()))
                .isZero();
        assertThat(files(one)).containsKeys("bias.csv", "accuracy.csv", "curves.csv", "runs.csv", "runtime.csv");
        for (String name : DETERMINISTIC) {
            assertThat(files(one).get(name)).as(name).isEqualTo(files(two).get(name));
        }
        String bias = Files.readString(one.resolve("bias.csv"));
        assertThat(bias.lines().filter(line -> line.contains(",full,"))).hasSize(2);
        assertThat(bias.lines().filter(line -> line.contains(",tbptt,")))
                .hasSize(4)
                .allMatch(l -> l.contains(",biased,"));
        assertThat(bias.lines().filter(line -> line.contains(",artbp,"))).hasSize(2);
        assertThat(bias.lines().filter(line -> line.contains(",uncompensated,")))
                .hasSize(2);
        assertThat(out.toString()).contains("tbptt length=3").contains("Results: " + one);
    }

    /** Widths and lanes that leave tails, so that every path of the products is taken. */
    @ParameterizedTest
    @ValueSource(strings = {"tanh", "lstm", "gru"})
    void leavesTheSameBytesWithEitherBackend(String cell) throws IOException {
        Files.writeString(file, """
                name: tiny
                seed: 1
                task: {type: copy, length: 4}
                model: {cell: %s, units: 21, layers: 2}
                train: {steps: 240, lanes: 11, optimizer: {type: adam, rate: 1.0e-3}}
                measure:
                  bias: {at: [end], draws: 20}
                  accuracy: {every: 120}
                grid:
                  estimator:
                    - {type: tbptt, length: 5}
                    - {type: artbp, mean: 6}
                """.formatted(cell));
        for (String backend : List.of("plain", "vector")) {
            String results = folder.resolve(backend).toString();
            assertThat(bptt("run", file.toString(), "--backend", backend, "--out", results))
                    .as(err.toString())
                    .isZero();
            assertThat(Files.readString(folder.resolve(backend).resolve("runtime.csv")))
                    .contains("," + backend + "\n");
        }
        for (String name : DETERMINISTIC) {
            byte[] plain = Files.readAllBytes(folder.resolve("plain").resolve(name));
            assertThat(Files.readAllBytes(folder.resolve("vector").resolve(name)))
                    .as(name)
                    .isEqualTo(plain);
            assertThat(plain).as(name).hasSizeGreaterThan(300);
        }
    }

    @Test
    void runningAgainAppendsNothingAndTheFolderNamesTheSweep() throws IOException {
        Path results = folder.resolve("results");
        assertThat(bptt("run", file.toString(), "--out", results.toString())).isZero();
        Map<String, byte[]> before = files(results);
        assertThat(bptt("run", results.toString())).isZero();
        Map<String, byte[]> after = files(results);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
        assertThat(err.toString()).contains("10 of 10 runs were there already");
        assertThat(bptt("plan", results.toString())).isZero();
        assertThat(out.toString()).contains("5 settings × 2 replicates = 10 runs, 10 done");
    }

    @Test
    void planWritesNothing() throws IOException {
        Path results = folder.resolve("results");
        assertThat(bptt("plan", file.toString(), "--out", results.toString())).isZero();
        assertThat(files(results)).isEmpty();
        assertThat(out.toString()).contains("10 runs, 0 done");
    }

    @Test
    void planTellsTheDrawsThatTheMarginNeeds() throws IOException {
        assertThat(bptt("plan", file.toString())).isZero();
        String plan = out.toString();
        assertThat(plan.lines()).anyMatch(line -> line.matches("setting +done +time +memory +draws +needed +what"));
        assertThat(plan.lines().filter(line -> line.contains("full") || line.contains("tbptt")))
                .hasSize(3)
                .allMatch(line -> line.matches("\\S+  0/2   ~\\S+ +[0-9.]+ [KM]iB +-  +-  +.*"));
        assertThat(plan.lines().filter(line -> line.contains("artbp") || line.contains("uncompensated")))
                .hasSize(2)
                .allMatch(line -> line.matches("\\S+  0/2   ~\\S+ +[0-9.]+ [KM]iB +30  +[0-9]+00  +.*"));
        assertThat(plan).contains("needed: estimated, for an unbiased estimator");
        assertThat(plan.lines()).allMatch(line -> line.length() <= 80 || line.contains("results in"));
    }

    @Test
    void planSaysWhatItCannotTellQuickly() throws IOException {
        TaskShelf tasks = new TaskShelf();
        String resolved = SWEEP.replace("draws: 30", "draws: {resolve: margin}");
        Sweep read = new SweepReader(Bundled.catalogs(tasks)).read("x", resolved);
        PlannedDraws draws = new PlannedDraws(new DrawForecast(tasks, PlainKernels.INSTANCE, 1));
        assertThat(draws.note()).isEmpty();
        assertThat(read.settings().stream().map(draws::of))
                .contains(new PlannedDraws.Cells("-", "-"), new PlannedDraws.Cells("≤ 200000", "run to see"))
                .hasSize(5);
        assertThat(draws.note()).isNotEmpty();
    }

    @Test
    void drawsForAMarginAreRunAndTriedSmall() throws IOException {
        Files.writeString(file, SWEEP.replace("draws: 30", "draws: {resolve: margin, at_most: 400}, margin: 0.01"));
        Path results = folder.resolve("margin");
        assertThat(bptt("run", file.toString(), "--out", results.toString())).isZero();
        assertThat(Files.readString(results.resolve("bias.csv")).lines().filter(line -> line.contains(",artbp,")))
                .hasSize(2)
                .allMatch(line -> line.contains(",400,"));
        assertThat(bptt("plan", file.toString())).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("artbp mean=6") && line.contains("0/2")))
                .hasSize(1)
                .allMatch(line -> line.contains("  400  "));
        Path smoke = folder.resolve("smoke");
        assertThat(bptt("run", file.toString(), "--smoke", "--out", smoke.toString()))
                .isZero();
        assertThat(Files.readString(smoke.resolve("bias.csv")).lines().filter(line -> line.contains(",artbp,")))
                .hasSize(2)
                .allMatch(line -> line.contains(",200,"));
        String varied = SWEEP.replace("draws: 30", "draws: {resolve: margin}")
                .replace("grid:\n", "grid:\n  measure.bias.draws.at_most: [400, 600]\n");
        Files.writeString(file, varied);
        assertThat(bptt("plan", file.toString(), "--smoke")).isZero();
        assertThat(out.toString()).contains("5 settings × 1 replicate = ");
    }

    @Test
    void smokeIsSmallAndMarkedAndHasAFolderOfItsOwn() throws IOException {
        Path results = folder.resolve("smoke");
        assertThat(bptt("run", file.toString(), "--smoke", "--out", results.toString()))
                .isZero();
        String runs = Files.readString(results.resolve("runs.csv"));
        assertThat(runs.lines().skip(1)).hasSize(5).allMatch(line -> line.startsWith("tiny-smoke,"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed: 1 | sead: 1 | :2:1: | did you mean 'seed'",
                "replicates: 2 | replicates: two | :3:13: | whole number",
                "seed: 1 | seed: 010 | :2:7: | 010",
                "name: tiny | 'name: tiny\nname: tiny' | :2:1: | name",
                "'mean: 6}' | 'mean: 0.5}' | :14:27: | above 1",
                "'rate: 1.0e-3' | 'rate: .nan' | :6:64: | .nan"
            })
    void aWrongSweepFileEndsWithItsPlaceAndWritesNothing(String right, String wrong, String place, String hint)
            throws IOException {
        Files.writeString(file, SWEEP.replaceFirst(Pattern.quote(right), wrong));
        Path results = folder.resolve("results");
        assertThat(bptt("run", file.toString(), "--out", results.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(file + place).contains(hint).doesNotContain("\tat ");
        assertThat(files(results)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run nosuchsweep",
                "run ./nosuch.yaml",
                "run",
                "nosuch",
                "run quickstart --jobs two",
                "run quickstart --backend abacus",
                "show nothing",
                "list nothings",
                "show artbp mean=0.5"
            })
    void usageErrorsAreTwoWithoutAStackTrace(String line) {
        assertThat(bptt(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isNotEmpty().doesNotContain("\tat ");
    }

    @Test
    void overridesGoThroughTheSameParser() {
        assertThat(bptt("plan", file.toString(), "replicates=3", "grid.estimator=[full]"))
                .isZero();
        assertThat(out.toString()).contains("1 setting × 3 replicates = 3 runs");
        assertThat(bptt("plan", file.toString(), "train.stepz=3")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("train.steps");
    }

    @Test
    void parametersThatNoArrayHoldsAreAnError() {
        assertThat(bptt("plan", "quickstart-text", "model.units=16384", "model.layers=2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("override:1:13: the model has more parameters");
    }

    @Test
    void gradcheckPassesAndCanFail() {
        assertThat(bptt("gradcheck")).isZero();
        assertThat(out.toString()).contains("lstm", "gru in 2 layers", "linear-system", "worst relative error");
        assertThat(bptt("gradcheck", "--tolerance", "1e-14")).isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void showsTheCreditMatrixOfEachEstimator() {
        assertThat(bptt("show", "tbptt", "--steps", "5", "length=2")).isZero();
        assertThat(out.toString()).contains("""
                         t\\s     1     2     3     4     5
                           1     1     1     ·     ·     ·
                           2           1     ·     ·     ·
                           3                 1     1     ·
                           4                       1     ·
                           5                             1
                        """);
    }

    @Test
    void everyBundledSweepIsValid() throws IOException {
        for (String name : BundledSweeps.NAMES) {
            assertThat(bptt(
                            "plan",
                            name,
                            "--calibrate",
                            "off",
                            "--out",
                            folder.resolve(name).toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(bptt("show", name)).isZero();
        }
        assertThat(bptt("list", "--json")).isZero();
        assertThat(out.toString()).contains("\"name\":\"artbp\"");
    }
}
