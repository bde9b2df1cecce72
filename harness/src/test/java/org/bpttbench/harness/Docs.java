package org.bpttbench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's documents, and what they show. */
final class Docs {
    private static final Path ROOT = root();

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private Docs() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("scripts/bptt"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run below the project's root");
        }
        return folder;
    }

    static Path path(String name) {
        return ROOT.resolve(name);
    }

    static String read(String name) throws IOException {
        return Files.readString(path(name));
    }

    /** Every one that users read. */
    static List<Path> all() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "results/README.md")) {
            documents.add(path(name));
        }
        try (Stream<Path> below = Files.walk(path("docs"))) {
            below.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    /** The contents of a document's fenced blocks in a language. */
    static List<String> blocks(Path document, String language) {
        try {
            return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                    .matcher(Files.readString(document))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines with which a document's blocks call bptt, in their order, without the comments that follow. */
    static List<String> commands(Path document) {
        return blocks(document, "sh").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("scripts/bptt "))
                .map(line -> line.replaceFirst("\\s+# .*", ""))
                .toList();
    }

    /** As a shell divides a line: quotes may hold blanks. */
    static List<String> words(String line) {
        return WORD.matcher(line).results().map(Docs::word).toList();
    }

    private static String word(MatchResult found) {
        for (int group = 1; group < found.groupCount(); group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        return found.group(found.groupCount());
    }
}
