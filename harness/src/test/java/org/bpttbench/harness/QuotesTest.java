package org.bpttbench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures in the prose of README and tutorial are those of the files in results/reference: quotes.csv says which is which. */
class QuotesTest {
    /** What no file holds: ln 2, which chance comes to, what a run prints, and numbers that are no figures. */
    private static final Set<String> ELSEWHERE = Set.of("0.69", "3.53", "3.8.7", "2.0", "1705.08209");

    private static final Pattern NUMBER = Pattern.compile("[−-]?\\d+(\\.\\d+)?( %)?");
    private static final Pattern DECIMAL = Pattern.compile("\\d+(\\.\\d+)+");

    static Stream<NamedCsvRecord> quotes() throws IOException {
        try (InputStream in = Objects.requireNonNull(QuotesTest.class.getResourceAsStream("quotes.csv"))) {
            return CsvReader.builder().ofNamedCsvRecord(new String(in.readAllBytes(), StandardCharsets.UTF_8)).stream()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void aQuoteIsItsCell(NamedCsvRecord quote) throws IOException {
        String words = quote.getField("quote");
        assertThat(prose(quote.getField("document"))).contains(words);
        String cell = row(quote).getField(quote.getField("column"));
        List<String> numbers =
                NUMBER.matcher(words).results().map(MatchResult::group).toList();
        if (numbers.isEmpty()) {
            assertThat(words).isEqualTo(cell);
        } else {
            String quoted = numbers.get(numbers.size() - 1);
            assertThat(rounded(cell, quoted)).as(words + ", which is " + cell).isEqualTo(quoted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/tutorial.md"})
    void everyDecimalIsAQuote(String document) throws IOException {
        Set<String> quoted = quotes().filter(quote -> quote.getField("document").equals(document))
                .flatMap(quote -> DECIMAL.matcher(quote.getField("quote")).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(DECIMAL.matcher(prose(document)).results().map(MatchResult::group))
                .filteredOn(number -> !ELSEWHERE.contains(number))
                .isSubsetOf(quoted);
    }

    /** Without code, tables, links and line ends. */
    private static String prose(String document) throws IOException {
        return Docs.read(document)
                .replaceAll("(?s)```.*?```", "")
                .replaceAll("(?m)^\\|.*$", "")
                .replaceAll("\\]\\([^)]*\\)", "]")
                .replaceAll("\\s+", " ");
    }

    private static NamedCsvRecord row(NamedCsvRecord quote) throws IOException {
        String file = quote.getField("file");
        return CsvReader.builder().ofNamedCsvRecord(Docs.read("results/reference/" + file)).stream()
                .filter(row -> row.getField("setting").equals(quote.getField("setting")))
                .filter(row -> agree(quote, row, "at") && agree(quote, row, "metric"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such row in " + file + ": " + quote));
    }

    private static boolean agree(NamedCsvRecord quote, NamedCsvRecord row, String column) {
        String wanted = quote.getField(column);
        return wanted.isEmpty() || row.getField(column).equals(wanted);
    }

    /** In the form of the quote. */
    private static String rounded(String cell, String quoted) {
        boolean percent = quoted.endsWith(" %");
        String number = percent ? quoted.substring(0, quoted.length() - 2) : quoted;
        int decimals = number.contains(".") ? number.length() - number.indexOf('.') - 1 : 0;
        BigDecimal value = new BigDecimal(cell).movePointRight(percent ? 2 : 0);
        String text = value.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
        return text.replace('-', '−') + (percent ? " %" : "");
    }
}
