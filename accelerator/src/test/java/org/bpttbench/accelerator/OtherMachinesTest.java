package org.bpttbench.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits are the same with narrower vectors, as on another machine, and on other JDKs. */
class OtherMachinesTest {
    /** Folders of other JDKs, besides those found beside this one; separated as a class path is. */
    private static final String JDKS = "BPTT_TEST_JDKS";

    private static final Path HOME = Path.of(System.getProperty("java.home"));

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void narrowerVectorsGiveTheSameBits(int bytes) throws IOException, InterruptedException {
        String[] answer = digest(HOME, "-XX:MaxVectorSize=" + bytes);
        assertThat(Integer.parseInt(answer[0])).isLessThanOrEqualTo(bytes / Double.BYTES);
        assertThat(answer[1]).isEqualTo(Digest.of("plain"));
    }

    @Test
    void otherJdksGiveTheSameBits() throws IOException, InterruptedException {
        List<Path> others = otherJdks();
        assumeThat(others)
                .as("a JDK beside %s or in %s, of another build and with the Vector API", HOME, JDKS)
                .isNotEmpty();
        String expected = Digest.of("plain");
        for (Path jdk : others) {
            assertThat(digest(jdk)[1]).as(jdk.toString()).isEqualTo(expected);
        }
    }

    private static List<Path> otherJdks() throws IOException {
        List<Path> homes = new ArrayList<>();
        try (Stream<Path> beside = Files.list(Objects.requireNonNull(HOME.getParent()))) {
            beside.filter(home -> !Files.isSymbolicLink(home)).sorted().forEach(homes::add);
        }
        String named = System.getenv(JDKS);
        if (named != null) {
            for (String home : named.split(System.getProperty("path.separator"), -1)) {
                homes.add(Path.of(home));
            }
        }
        String own = release(HOME);
        homes.removeIf(home -> !Files.isExecutable(home.resolve("bin/java"))
                || !release(home).contains("jdk.incubator.vector")
                || release(home).equals(own));
        return homes;
    }

    private static String release(Path home) {
        try {
            return Files.readString(home.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }

    private static String[] digest(Path jdk, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin/java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Digest.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return line.split(" ", -1);
    }
}
