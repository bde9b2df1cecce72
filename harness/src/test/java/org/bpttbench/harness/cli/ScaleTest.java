package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred thousand runs in 512 MiB, in processes of their own: planned, made, continued, reported. What it takes in time stands in
 * docs/overnight.md.
 */
@Tag("long")
class ScaleTest {
    private static final String SWEEP = "../scripts/scale.yaml";

    @TempDir
    Path folder;

    private String bptt(String... arguments) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Bptt.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    @Test
    void aHundredThousandRunsInHalfAGibibyte() throws IOException, InterruptedException {
        String results = folder.resolve("results").toString();
        Path out = Path.of(results);
        assertThat(bptt("plan", SWEEP, "--out", results))
                .contains("100 settings × 1000 replicates = 100000 runs, 0 done");
        bptt("run", SWEEP, "--backend", "plain", "--out", results);
        assertThat(lines(out.resolve("runs.csv"))).isEqualTo(100_001);
        assertThat(lines(out.resolve("accuracy.csv"))).isEqualTo(201);
        assertThat(lines(out.resolve("curves.csv"))).isEqualTo(600_001);
        try (Stream<String> runs = Files.lines(out.resolve("runs.csv"))) {
            assertThat(runs.skip(1).filter(line -> line.contains(",done,"))).hasSize(100_000);
        }
        assertThat(Files.size(out.resolve("report.html"))).isLessThan(2_000_000);
        assertThat(bptt("plan", SWEEP, "--out", results)).contains("100000 runs, 100000 done");
        Map<String, String> journal = Tree.of(out.resolve("journal"));
        byte[] curves = Files.readAllBytes(out.resolve("curves.csv"));
        assertThat(bptt("run", SWEEP, "--backend", "plain", "--out", results))
                .contains("100000 of 100000 runs were there already");
        assertThat(Tree.of(out.resolve("journal")).equals(journal)).isTrue();
        assertThat(curves).isEqualTo(Files.readAllBytes(out.resolve("curves.csv")));
        // One more replicate is a hundred runs.
        assertThat(bptt("run", SWEEP, "replicates=1001", "--backend", "plain", "--out", results))
                .contains("100000 of 100100 runs were there already");
        assertThat(lines(out.resolve("runs.csv"))).isEqualTo(100_101);
    }
}
