package org.bpttbench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.harness.cli.Bptt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every command that a document shows does what it is shown for: in an empty folder with nothing but the sweep files that README
 * or the document shows, in its order. Sweeps run in their smoke version, and what is shown of their results is read from that.
 */
@Tag("long")
class DocsRunTest {
    private static final long MINUTES = 5;
    private static final Pattern NAME = Pattern.compile("(?m)^name: ([a-z0-9-]+)");

    @TempDir
    private Path folder;

    static Stream<Path> documents() throws IOException {
        return Docs.all().stream().filter(document -> !Docs.commands(document).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandWorks(Path document) throws IOException, InterruptedException {
        save(Docs.path("README.md"));
        save(document);
        for (String line : Docs.commands(document)) {
            works(small(Docs.words(line).stream().skip(1).toList()));
        }
    }

    private void save(Path document) throws IOException {
        for (String sweep : Docs.blocks(document, "yaml")) {
            var name = NAME.matcher(sweep);
            if (name.find()) {
                Files.writeString(folder.resolve(name.group(1) + ".yaml"), sweep);
            }
        }
    }

    private void works(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dbptt.home=" + Docs.path(""),
                "-cp",
                System.getProperty("java.class.path"),
                Bptt.class.getName()));
        command.addAll(arguments);
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", arguments)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s%n%s", arguments, Files.readString(said, StandardCharsets.UTF_8))
                .isZero();
    }

    /** The same in seconds: with the smoke option where there is one, and its results folders. */
    private static List<String> small(List<String> arguments) {
        List<String> small = new ArrayList<>();
        String before = "";
        for (String word : arguments) {
            small.add(moved(word, before.equals("--in")));
            before = word;
        }
        CommandLine command = new CommandLine(new Bptt()).getSubcommands().get(arguments.get(0));
        if (arguments.get(0).equals("calibrate")) {
            small.addAll(List.of("--quick", "--repetitions", "20", "--resamples", "99"));
        }
        boolean ofFolder = arguments.size() > 1 && arguments.get(1).startsWith("results/");
        boolean asked = arguments.contains("--smoke");
        if (command != null && command.getCommandSpec().findOption("--smoke") != null && !ofFolder && !asked) {
            small.add("--smoke");
        }
        return small;
    }

    /** Where the test finds or makes what a word names. */
    private static String moved(String word, boolean sweep) {
        if (word.startsWith("scripts/")) {
            return Docs.path(word).toString();
        }
        if (sweep) {
            return "results/" + word + "-smoke";
        }
        return word.startsWith("results/") && !word.endsWith(".yaml") ? word + "-smoke" : word;
    }
}
