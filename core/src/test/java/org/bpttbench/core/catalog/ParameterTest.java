package org.bpttbench.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterTest {
    private static final Catalog<String> LAWS =
            Catalog.of("law", entry("constant"), entry("polynomial", Parameter.real("alpha", "tail")));

    @Test
    void rangesAdmitWhatTheirWordsSay() {
        Parameter above = Parameter.real("x", "").above(1).below(2);
        assertThat(above.range()).isEqualTo("above 1, below 2");
        assertThat(List.of(above.admits(1), above.admits(1.5), above.admits(2))).containsExactly(false, true, false);
        Parameter from = Parameter.integer("x", "").atLeast(1).atMost(2.5);
        assertThat(from.range()).isEqualTo("at least 1, at most 2.5");
        assertThat(List.of(from.admits(0.9), from.admits(1), from.admits(2.5), from.admits(2.6)))
                .containsExactly(false, true, true, false);
        assertThat(Parameter.real("x", "").range()).isEmpty();
        assertThat(Parameter.real("x", "").admits(-1e300)).isTrue();
    }

    @Test
    void aLimitThatTheTypeHasAnywayIsNotSpokenOf() {
        Parameter count = Parameter.integer("x", "").atLeast(1).atMost(Integer.MAX_VALUE);
        assertThat(count.range()).isEqualTo("at least 1");
        assertThat(count.admits(3e9)).isFalse();
    }

    @Test
    void everyTypeSaysWhatItWants() {
        assertThat(Parameter.integer("x", "").atLeast(0).orWords("end", "start").wanted())
                .isEqualTo("a whole number, at least 0, or end, start");
        assertThat(Parameter.integer("x", "")
                        .orMap(Parameter.flag("a", ""), Parameter.flag("b", ""))
                        .wanted())
                .isEqualTo("a whole number, or a map of a, b");
        assertThat(Parameter.size("x", "").orWords("sqrt").wanted())
                .isEqualTo("a size in whole bytes, KiB, MiB or GiB, at least 1, or sqrt");
        assertThat(Parameter.real("x", "").above(0).wanted()).isEqualTo("a number, above 0");
        assertThat(Parameter.flag("x", "").wanted()).isEqualTo("true or false");
        assertThat(Parameter.text("x", "").wanted()).isEqualTo("text");
        assertThat(Parameter.word("x", "", "a", "b").wanted()).isEqualTo("one of a, b");
        assertThat(Parameter.entry("x", "", LAWS).wanted()).isEqualTo("one of constant, polynomial");
        Parameter number = Parameter.real("", "");
        assertThat(Parameter.list("x", "", number).atLeast(1).wanted())
                .isEqualTo("a list of at least 1 items, each a number");
        assertThat(Parameter.map("x", "", number, Parameter.flag("f", "")).wanted())
                .isEqualTo("a map of , f");
        assertThat(Parameter.table("x", "", number).wanted()).isEqualTo("a map from names to a number");
    }

    @Test
    void narrowingLeavesTheOriginalAlone() {
        Parameter original = Parameter.integer("x", "");
        original.atLeast(5).orElse(7).bornLater().unhashed().orWords("w");
        assertThat(original.required()).isTrue();
        assertThat(original.admits(0)).isTrue();
        assertThat(original.fallback()).isEmpty();
        assertThat(original.isBornLater()).isFalse();
        assertThat(original.isHashed()).isTrue();
        assertThat(original.words()).isEmpty();
    }

    @Test
    void everyNarrowingKeepsTheOthers() {
        Parameter all = Parameter.entry("x", "about", LAWS)
                .tag("cell")
                .keyed()
                .with(Parameter.flag("f", ""))
                .bornLater()
                .unhashed()
                .cautionUpTo(3, "why")
                .orElse("constant")
                .atLeast(1)
                .atMost(2);
        assertThat(all.tag()).isEqualTo("cell");
        assertThat(all.isKeyed()).isTrue();
        assertThat(all.fields()).hasSize(1);
        assertThat(all.isBornLater()).isTrue();
        assertThat(all.isHashed()).isFalse();
        assertThat(all.caution(3)).contains("why");
        assertThat(all.caution(3.01)).isEmpty();
        assertThat(all.fallback()).contains("constant");
        assertThat(all.required()).isFalse();
        assertThat(all.range()).isEqualTo("at least 1, at most 2");
        assertThat(all.catalog()).contains(LAWS);
        assertThat(all.optional().fallback()).isEmpty();
    }

    @Test
    void anEntrysOwnKeysComeFirstAndWin() {
        Parameter shared = Parameter.flag("alpha", "another of that name");
        Parameter law = Parameter.entry("law", "", LAWS).with(shared, Parameter.flag("bias", ""));
        assertThat(law.keysOf(LAWS.get("polynomial")))
                .extracting(Parameter::name, Parameter::type)
                .containsExactly(tuple("alpha", Parameter.Type.REAL), tuple("bias", Parameter.Type.FLAG));
        assertThat(law.keysOf(LAWS.get("constant"))).extracting(Parameter::name).containsExactly("alpha", "bias");
    }

    private static Entry<String> entry(String name, Parameter... parameters) {
        return new Entry<>(name, "", "", List.of(parameters), arguments -> name);
    }
}
