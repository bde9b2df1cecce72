package org.bpttbench.harness.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of docs/performance.md are those of the committed files. With the system property {@code bptt.renew} the page
 * is written instead.
 */
class PerformancePageTest {
    private static final Path ROOT = root();
    private static final Path PAGE = ROOT.resolve("docs/performance.md");
    private static final Path FILES = ROOT.resolve("results/reference/performance");

    static Stream<PerformanceTable> tables() {
        return Stream.of(PerformanceTable.values());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void tableIsThatOfTheFile(PerformanceTable table) throws IOException {
        String page = Files.readString(PAGE);
        String expected = table.begin() + '\n' + table.render(FILES) + PerformanceTable.END;
        Matcher found = Pattern.compile(Pattern.quote(table.begin()) + ".*?" + PerformanceTable.END, Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).as("a place for %s", table).isTrue();
        if (Boolean.getBoolean("bptt.renew")) {
            Files.writeString(PAGE, page.substring(0, found.start()) + expected + page.substring(found.end()));
        } else {
            assertThat(found.group()).isEqualTo(expected);
        }
    }

    @Test
    void theScriptMakesEveryFile() throws IOException {
        String script = Files.readString(ROOT.resolve("scripts/benchmark"));
        List<String> made = new ArrayList<>();
        Matcher calls = Pattern.compile("^ *jmh (\\w+) ", Pattern.MULTILINE).matcher(script);
        while (calls.find()) {
            made.add(calls.group(1) + ".csv");
        }
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".csv")))
                    .containsExactlyInAnyOrderElementsOf(made);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("scripts/bptt"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run below the project's root");
        }
        return folder;
    }
}
