package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SweepErrorsTest {
    private static final String BASE = """
            name: x
            seed: 1
            task: {type: influence-balancing, units: 3, positive: 1}
            estimator: full
            """;

    @TestFactory
    Stream<DynamicTest> everyErrorHasItsPlaceAndWords() throws IOException {
        String[] cases = Resources.text("errors.txt").split("(?m)^### ");
        assertThat(cases.length).isGreaterThan(40);
        return Arrays.stream(cases).skip(1).map(SweepErrorsTest::test);
    }

    private static DynamicTest test(String given) {
        String title = given.lines().findFirst().orElseThrow();
        String[] parts = given.substring(title.length() + 1).split("===\n");
        String text = title.startsWith("(+)") ? BASE + parts[0] : parts[0];
        List<String> expected = parts[1].strip().lines().toList();
        return DynamicTest.dynamicTest(
                title,
                () -> assertThat(errors(text.getBytes(StandardCharsets.UTF_8))).containsExactlyElementsOf(expected));
    }

    @Test
    void tabsAreNamed() {
        assertThat(errors("name: x\ntrain:\n\tsteps: 1\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("x:3:1: not YAML: found character '\\t(TAB)' that cannot start any token. "
                        + "(Do not use \\t(TAB) for indentation) while scanning for the next token");
    }

    @Test
    void bytesThatAreNotUtf8AreFound() {
        byte[] latin = "name: x\nabout: na\u00efve\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(errors(latin)).containsExactly("x:2:10: not UTF-8 text");
        assertThat(errors("name: \u00e9".getBytes(StandardCharsets.UTF_16))).containsExactly("x:1:1: not UTF-8 text");
    }

    @Test
    void aSequenceOfBytesThatIsCutOffIsFound() {
        byte[] whole = "name: \u00e9".getBytes(StandardCharsets.UTF_8);
        assertThat(errors(Arrays.copyOf(whole, whole.length - 1))).containsExactly("x:1:7: not UTF-8 text");
    }

    @Test
    void controlCharactersAreFound() {
        assertThat(errors("name: x\nabout: a\u0007b\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("x:2:9: control character U+0007 in the text");
    }

    @Test
    void columnsCountCharactersNotUnits() {
        byte[] text = (BASE + "about: {\uD83D\uDE00: 1}\n").getBytes(StandardCharsets.UTF_8);
        assertThat(errors(text)).containsExactly("x:5:8: about is a map: must be text");
        byte[] later = (BASE + "init: {\"\uD83D\uDE00\": 1, bias: no}\n").getBytes(StandardCharsets.UTF_8);
        assertThat(errors(later)).contains("x:5:22: init.bias is 'no': must be a number");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(FakeCatalogs.reader().read("x", "\uFEFF" + BASE).name()).isEqualTo("x");
    }

    @Test
    void hugeAndDeepFilesAreRefusedBeforeTheyCostAnything() {
        assertThat(errors(new byte[Source.MAX_BYTES + 1]))
                .containsExactly("x:1:1: the file has more than 1048576 bytes: no sweep file does");
        byte[] deep = ("a: " + "[".repeat(500_000)).getBytes(StandardCharsets.UTF_8);
        assertThat(errors(deep)).containsExactly("x:1:36: nested more than 32 deep");
    }

    @Test
    void productsThatNobodyCanRunAreRefusedBeforeTheyCostAnything() {
        String ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
        String bomb = BASE + "grid: {init.bias: " + ten + ", init.forget: " + ten + ", seed: " + ten
                + ", task.units: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]}\n";
        assertThat(errors(bomb.getBytes(StandardCharsets.UTF_8))).containsExactly("x:1:1: more than 10000 settings");
        String nested = BASE + "cases:\n"
                + ("- {init.bias: " + ten + ", init.forget: " + ten + ", seed: " + ten + "}\n").repeat(500);
        assertThat(errors(nested.getBytes(StandardCharsets.UTF_8)))
                .anyMatch(e -> e.contains("more than 10000 settings"));
    }

    @Test
    void aliasBombsAreInert() {
        String bomb = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n";
        assertThat(errors(bomb.getBytes(StandardCharsets.UTF_8)))
                .contains("x:1:4: an anchor: write the value out where it is used")
                .contains("x:3:4: an anchor: write the value out where it is used");
    }

    @Test
    void theMessageOfTheExceptionIsTheWholeList() {
        assertThatThrownBy(() -> FakeCatalogs.reader().read("x", BASE + "a: 1\nb: 2\n"))
                .isInstanceOf(SweepErrors.class)
                .hasMessageMatching("(?s)x:5:1: unknown key 'a'.*\nx:6:1: unknown key 'b'.*");
    }

    @Test
    void anEntryRefusesACombination() {
        Catalog<Object> picky = Catalog.of("estimator", new Entry<Object>("full", "", "", List.of(), arguments -> {
            throw new IllegalArgumentException("not today");
        }));
        SweepReader reader = new SweepReader(FakeCatalogs.of(picky));
        assertThatThrownBy(() -> reader.read("x", BASE)).hasMessage("x:4:12: estimator: not today");
    }

    private static List<String> errors(byte[] text) {
        SweepErrors errors = catchThrowableOfType(
                SweepErrors.class,
                () -> FakeCatalogs.reader(FakeCatalogs::needsAnEnd).read("x", text, List.of()));
        return errors == null
                ? List.of()
                : errors.problems().stream().map(Problem::toString).toList();
    }
}
