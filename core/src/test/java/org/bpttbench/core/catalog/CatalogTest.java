package org.bpttbench.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Entry<String> ONE = entry("one");
    private static final Entry<String> TWO = entry("two");

    @Test
    void entriesKeepTheirOrder() {
        assertThat(Catalog.of("number", TWO, ONE).names()).containsExactly("two", "one");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        Catalog<String> numbers = Catalog.of("number", ONE, TWO);
        assertThat(numbers.find("three")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbers.get("three"))
                .withMessage("no number is named 'three'; there are one, two");
    }

    @Test
    void anEntryIsMadeByTheNameUnderItsTag() {
        Arguments arguments = new Arguments(Map.of("type", "two", "cell", "one"));
        Catalog<String> numbers = Catalog.of("number", ONE, TWO);
        assertThat(numbers.create("type", arguments)).isEqualTo("made two");
        assertThat(numbers.create("cell", arguments)).isEqualTo("made one");
    }

    @Test
    void whatCannotBeToldApartIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalog.of("number", ONE, ONE))
                .withMessage("two number entries are named 'one'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry("one", Parameter.flag("a", ""), Parameter.real("a", "")))
                .withMessage("entry 'one' declares a parameter twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry("One"))
                .withMessage("the entry name 'One' is not lower case with hyphens");
    }

    @Test
    void argumentsAreReadAsWhatTheyAre() {
        Arguments arguments = new Arguments(Map.of("whole", 3L, "real", 0.5, "flag", true, "big", 3_000_000_000L));
        assertThat(arguments.integer("whole")).isEqualTo(3);
        assertThat(arguments.real("whole")).isEqualTo(3.0);
        assertThat(arguments.real("real")).isEqualTo(0.5);
        assertThat(arguments.flag("flag")).isTrue();
        assertThat(arguments.whole("big")).isEqualTo(3_000_000_000L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arguments.integer("big"))
                .withMessage("big is 3000000000: must fit into 32 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arguments.whole("real"))
                .withMessage("argument 'real' is 0.5, not a long");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arguments.text("none"))
                .withMessage("argument 'none' is null, not a string");
    }

    private static Entry<String> entry(String name, Parameter... parameters) {
        return new Entry<>(name, "", "", List.of(parameters), arguments -> "made " + name);
    }
}
