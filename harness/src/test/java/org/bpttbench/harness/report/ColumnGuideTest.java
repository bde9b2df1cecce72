package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/statistics.md} explains every column there is and none that there is not. */
class ColumnGuideTest {
    private static final ColumnGuide GUIDE = ColumnGuide.bundled();

    private static Map<String, Set<String>> declared() {
        Map<String, Set<String>> files = new LinkedHashMap<>();
        files.put(ColumnGuide.EVERY_FILE, names(Table.leading()));
        for (Table table : Table.values()) {
            files.put(table.file(), names(table.columns()));
        }
        return files;
    }

    private static Set<String> names(List<Column> columns) {
        Set<String> names = new LinkedHashSet<>();
        columns.forEach(column -> names.add(column.name()));
        return names;
    }

    @Test
    void everyColumnHasASectionAndEverySectionAColumn() {
        assertThat(GUIDE.files()).containsExactlyInAnyOrderElementsOf(declared().keySet());
        declared()
                .forEach((file, columns) -> assertThat(GUIDE.columns(file))
                        .as("sections of docs/statistics.md on columns of %s", file)
                        .containsExactlyInAnyOrderElementsOf(columns));
    }

    @Test
    void noSectionIsEmpty() {
        declared()
                .forEach((file, columns) -> assertThat(columns)
                        .allSatisfy(column -> assertThat(String.join(" ", GUIDE.section(file, column, 80)))
                                .as("%s of %s", column, file)
                                .hasSizeGreaterThan(20)));
    }

    /** Formulas are not wrapped, so the document keeps them narrow. */
    @ParameterizedTest
    @ValueSource(ints = {78, 158})
    void everySectionFitsTheTerminal(int width) {
        declared()
                .forEach((file, columns) -> assertThat(columns)
                        .flatMap(column -> GUIDE.section(file, column, width))
                        .as("lines on %s", file)
                        .allMatch(line -> line.length() <= width)
                        .noneMatch(line -> line.contains("`") || line.contains("**") || line.contains("](")));
    }

    @Test
    void wordsAreThoseOfListItems() {
        assertThat(words("bias.csv", "verdict")).containsExactly("biased", "equivalent", "undecided");
        assertThat(words("bias.csv", "reason")).contains("tail", "zero-gradient", "diverged");
        assertThat(words("bias.csv", "relative_bias")).isEmpty();
    }

    private static List<String> words(String file, String column) {
        return GUIDE.words().stream()
                .filter(word -> word.file().equals(file) && word.column().equals(column))
                .map(ColumnGuide.Word::word)
                .toList();
    }

    @Test
    void markdownBecomesPlainText() {
        ColumnGuide guide = ColumnGuide.of("""
                ## Symbols

                - `g`: the gradient
                - `d`, `d̄`: errors of g

                ## Columns

                ### `a.csv`

                #### `one`, `two`

                Some *words* with `code` and a
                [link](elsewhere.md).

                ```text
                x  =  ‖g‖
                ```

                - `yes`: if it is, which takes more words than a line holds
                - else no

                ## Next

                Not of the section.
                """);
        assertThat(guide.columns("a.csv")).containsExactly("one", "two");
        assertThat(guide.section("a.csv", "two", 30))
                .containsExactly(
                        "Some words with code and a",
                        "link.",
                        "",
                        "    x  =  ‖g‖",
                        "",
                        "- yes: if it is, which takes",
                        "  more words than a line holds",
                        "- else no");
        assertThat(guide.words())
                .containsExactly(
                        new ColumnGuide.Word(
                                "a.csv", "one", "yes", "yes: if it is, which takes more words than a line holds"),
                        new ColumnGuide.Word(
                                "a.csv", "two", "yes", "yes: if it is, which takes more words than a line holds"));
        assertThat(guide.symbols(List.of("‖g‖ of diverged"), 80)).containsExactly("g: the gradient");
        assertThat(guide.symbols(List.of("⟨d̄_m, x⟩"), 80)).containsExactly("g: the gradient", "d, d̄: errors of g");
    }

    @Test
    void aColumnIsExplainedOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnGuide.of("### `a.csv`\n\n#### `one`\n\nx\n\n#### `one`\n\ny\n"))
                .withMessageContaining("two sections on one of a.csv");
    }

    @Test
    void whatATerminalCannotShowIsRefused() {
        ColumnGuide guide = ColumnGuide.of("### `a.csv`\n\n#### `one`\n\n> quoted\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guide.section("a.csv", "one", 80))
                .withMessageContaining("BlockQuote");
    }
}
