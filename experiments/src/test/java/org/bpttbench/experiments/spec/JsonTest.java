package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void treesGoAndComeBackTheSame() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", List.of(1L, 1.0, -0.0, true, "é\u2028\n\"\\\uD83D\uDE00", List.of(), Map.of()));
        tree.put("a", Long.MIN_VALUE);
        String json = Json.write(tree);
        assertThat(json)
                .isEqualTo(
                        "{\"b\":[1,1.0,-0.0,true,\"é\u2028\\n\\\"\\\\\uD83D\uDE00\",[],{}],\"a\":-9223372036854775808}");
        assertThat(Json.read(json)).isEqualTo(tree);
    }

    @Test
    void canonicalKeysAreSortedAtEveryDepth() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("z", 1);
        inner.put("B", 2);
        inner.put("a", 3);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("y", List.of(inner));
        tree.put("x", 4);
        assertThat(Json.canonical(tree)).isEqualTo("{\"x\":4,\"y\":[{\"B\":2,\"a\":3,\"z\":1}]}");
    }

    @Test
    void theDigestIsThatOfSha256sum() {
        // printf '%s' '{"a":1}' | sha256sum
        assertThat(Json.digest(Map.of("a", 1L), 64))
                .isEqualTo("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatAreNoneAreRefused(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(List.of(value)));
    }

    @Test
    void otherThingsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(Collections.singletonList(null)));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(1.5f));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(Map.of(1, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.canonical(Map.of(1, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":1",
                "{\"a\":1}{",
                "{\"a\":1} 2",
                "{\"a\":1,\"a\":1}",
                "null",
                "[null]",
                "NaN",
                "[1e999]",
                "9223372036854775808",
                "{a:1}",
                "[01]",
                "[1,]",
                "'a'"
            })
    void whatIsNotOneValueIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.read(text));
    }

    @Test
    void theFormForPeopleReadsAsTheSameTree() {
        Map<String, Object> tree = Map.of("a", List.of(1L, 2L, Map.of("b", 0.5)));
        assertThat(Json.pretty(tree)).isEqualTo("""
                {
                  "a": [ 1, 2, {
                    "b": 0.5
                  } ]
                }
                """);
        assertThat(Json.read(Json.pretty(tree))).isEqualTo(tree);
    }
}
