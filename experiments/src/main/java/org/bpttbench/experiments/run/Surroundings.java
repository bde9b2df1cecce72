package org.bpttbench.experiments.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a session is told of beyond its virtual machine: the processor, the libraries, and the commit of the checkout that
 * the launcher started from. What cannot be found out is left out.
 */
final class Surroundings {
    /** The checkout's folder, as the launcher says. */
    private static final String HOME = "bptt.home";

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final long SECONDS = 5;

    private Surroundings() {}

    static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        processor().ifPresent(name -> facts.put("cpu", name));
        facts.put("libraries", libraries());
        String home = System.getProperty(HOME);
        if (home != null) {
            facts.putAll(commit(Path.of(home)));
        }
        return facts;
    }

    /** {@code commit} and {@code dirty}, whether a file under version control differs from it. */
    static Map<String, Object> commit(Path home) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (!Files.exists(home.resolve(".git"))) {
            return facts; // a folder above may have one, and that is another project
        }
        git(home, "rev-parse", "HEAD").filter(said -> !said.isEmpty()).ifPresent(commit -> {
            facts.put("commit", commit);
            git(home, "status", "--porcelain", "--untracked-files=no")
                    .ifPresent(changes -> facts.put("dirty", !changes.isEmpty()));
        });
        return facts;
    }

    private static Optional<String> git(Path home, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Names of the jars of others, with their versions. */
    private static List<String> libraries() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> !name.startsWith("bptt-"))
                .map(name -> name.substring(0, name.length() - ".jar".length()))
                .sorted()
                .distinct()
                .toList();
    }

    private static Optional<String> processor() {
        try {
            return Files.isReadable(PROCESSORS)
                    ? Files.readAllLines(PROCESSORS).stream()
                            .filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
