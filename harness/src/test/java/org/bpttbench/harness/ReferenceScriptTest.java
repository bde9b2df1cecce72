package org.bpttbench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code scripts/reference} in a folder of its own, where {@code bptt} copies what the test has laid out as made. */
class ReferenceScriptTest {
    private static final String KEPT = "results/reference/quickstart/";
    private static final String SWEEPS = "harness/src/main/resources/org/bpttbench/harness/sweeps/";
    private static final String BPTT = """
            #!/bin/sh
            echo "$@" >>calls
            while [ $# -gt 0 ]; do
                [ "$1" != --out ] || out=$2
                shift
            done
            mkdir -p "$out"
            cp -R made/. "$out"
            exit "$(cat code)"
            """;

    @TempDir
    Path root;

    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        write("scripts/bptt", BPTT);
        Files.setPosixFilePermissions(root.resolve("scripts/bptt"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(Docs.path("scripts/reference"), root.resolve("scripts/reference"));
        write("code", "0");
        write("calls", "");
        write(SWEEPS + "quickstart.yaml", "name: quickstart\n");
        for (String folder : List.of("made/", KEPT)) {
            write(folder + "sweep.yaml", "name: quickstart\n");
            write(folder + "bias.csv", "bias\n0.5\n");
            write(folder + "runtime.csv", folder + "\n");
            write(folder + "report.html", folder + "\n");
            write(folder + "figures/draws.csv", "draws\n1\n");
            write(folder + "figures/time-length.csv", folder + "\n");
        }
        write("made/figures/draws.png", "picture");
        write("made/journal/runs.jsonl", "{}");
        write("made/bptt.log", "log");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private List<String> kept() throws IOException {
        Path folder = root.resolve(KEPT);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private Answer reference(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "scripts/reference"));
        line.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(line)
                .directory(root.toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Answer(process.waitFor(), read("out"), read("err"));
    }

    @Test
    void anUnchangedResultIsLeftAsItIs() throws IOException, InterruptedException {
        List<String> before = kept();
        Answer answer = reference("quickstart");
        assertThat(answer.code).as(answer.err).isZero();
        assertThat(answer.out).contains("unchanged  3 deterministic files").doesNotContain("changed    ");
        assertThat(kept()).isEqualTo(before);
        assertThat(read(KEPT + "runtime.csv")).isEqualTo(KEPT + "\n");
        assertThat(read(KEPT + "report.html")).isEqualTo(KEPT + "\n");
    }

    @Test
    void aChangedResultIsCopiedWithItsPageAndWithoutItsTimes() throws IOException, InterruptedException {
        write(KEPT + "bias.csv", "bias\n0.4\n");
        write(KEPT + "figures/old.svg", "<svg/>");
        write("made/figures/new.svg", "<svg/>");
        Answer answer = reference("quickstart");
        assertThat(answer.code).as(answer.err).isZero();
        assertThat(answer.out)
                .contains("changed    bias.csv (1 of 2 lines)")
                .contains("new        figures/new.svg")
                .contains("gone       figures/old.svg")
                .contains("unchanged  2 deterministic files");
        assertThat(kept())
                .containsExactly(
                        "bias.csv",
                        "figures/draws.csv",
                        "figures/new.svg",
                        "figures/time-length.csv",
                        "report.html",
                        "runtime.csv",
                        "sweep.yaml");
        assertThat(read(KEPT + "bias.csv")).isEqualTo("bias\n0.5\n");
        assertThat(read(KEPT + "report.html")).isEqualTo("made/\n");
        assertThat(read(KEPT + "runtime.csv")).isEqualTo(KEPT + "\n");
        assertThat(read(KEPT + "figures/time-length.csv")).isEqualTo(KEPT + "\n");
    }

    @Test
    void timesAndBenchmarksComeWhereTheyAreAskedFor() throws IOException, InterruptedException {
        write(KEPT + "runtime.csv", "quickstart,de88c158e2,jmh,1.0\n");
        Answer answer = reference("--times", "quickstart");
        assertThat(answer.code).as(answer.err).isZero();
        assertThat(read(KEPT + "runtime.csv")).isEqualTo("made/\n");
        assertThat(read(KEPT + "figures/time-length.csv")).isEqualTo("made/\n");
        assertThat(read("calls").lines().map(call -> call.split(" ")[0])).containsExactly("run", "runtime", "run");
    }

    @Test
    void aCheckCopiesNothing() throws IOException, InterruptedException {
        write(KEPT + "bias.csv", "bias\n0.4\n");
        assertThat(reference("--check", "quickstart").code).isEqualTo(3);
        assertThat(read(KEPT + "bias.csv")).isEqualTo("bias\n0.4\n");
        write(KEPT + "bias.csv", "bias\n0.5\n");
        assertThat(reference("--check", "quickstart").code).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, the same command resumes", "2, --fresh"})
    void nothingOfABrokenRunIsCopied(int code, String advice) throws IOException, InterruptedException {
        write(KEPT + "bias.csv", "bias\n0.4\n");
        write("code", Integer.toString(code));
        Answer answer = reference("quickstart");
        assertThat(answer.code).isEqualTo(code);
        assertThat(answer.err).contains("nothing was copied").contains(advice);
        assertThat(read(KEPT + "bias.csv")).isEqualTo("bias\n0.4\n");
    }

    /** Runs of an earlier sweep file would count as a look at the later one's. */
    @Test
    void runsOfAnotherSweepFileAreNotBuiltOn() throws IOException, InterruptedException {
        write("results/regenerate/quickstart/sweep.yaml", "name: quickstart\nreplicates: 2\n");
        Answer refused = reference("quickstart");
        assertThat(refused.code).isEqualTo(2);
        assertThat(refused.err).contains("another sweep file").contains("--fresh");
        assertThat(read("calls")).isEmpty();
        write("results/regenerate/quickstart/journal/old.jsonl", "{}");
        assertThat(reference("--fresh", "quickstart").code).isZero();
        assertThat(root.resolve("results/regenerate/quickstart/journal/old.jsonl"))
                .doesNotExist();
    }

    @Test
    void aCalibrationThatFailsIsStillToBeSeen() throws IOException, InterruptedException {
        write("code", "3");
        write("made/calibration.csv", "cells\n");
        Answer answer = reference("calibration");
        assertThat(answer.code).isEqualTo(3);
        assertThat(read("results/reference/calibration/calibration.csv")).isEqualTo("cells\n");
    }

    @ParameterizedTest
    @CsvSource({
        "qickstart, did you mean 'quickstart'",
        "calibrate, did you mean 'calibration'",
        "memory, did you mean 'memory-tasks'",
        "performance, scripts/benchmark",
        "--frehs, --help",
    })
    void aMistakeIsToldBeforeAnythingRuns(String word, String told) throws IOException, InterruptedException {
        Answer answer = reference("quickstart", word);
        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.err).contains(told);
        assertThat(read("calls")).isEmpty();
    }

    @Test
    void itKnowsEveryFolderAndTheReadmeTellsOfEach() throws IOException {
        List<String> folders;
        try (Stream<Path> below = Files.list(Docs.path("results/reference"))) {
            folders = below.map(folder -> folder.getFileName().toString()).toList();
        }
        MatchResult names = Pattern.compile("(?m)^names='(.*)'$")
                .matcher(Docs.read("scripts/reference"))
                .results()
                .findFirst()
                .orElseThrow();
        List<String> known = new ArrayList<>(List.of(names.group(1).split(" ")));
        known.add("performance");
        assertThat(known).containsExactlyInAnyOrderElementsOf(folders);
        assertThat(Pattern.compile("(?m)^\\| `reference/([a-z-]+)` \\|")
                        .matcher(Docs.read("results/README.md"))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(folders);
    }

    /** The script runs the bundled files where they lie. */
    @Test
    void everySweepItRunsIsThere() throws IOException {
        assertThat(Docs.read("scripts/reference")).contains(SWEEPS);
        assertThat(List.of("quickstart", "quickstart-text", "influence-balancing", "memory-tasks"))
                .allSatisfy(
                        name -> assertThat(Docs.path(SWEEPS + name + ".yaml")).isRegularFile());
    }
}
