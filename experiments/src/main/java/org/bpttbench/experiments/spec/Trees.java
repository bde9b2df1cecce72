package org.bpttbench.experiments.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plain trees: maps with text keys, lists, {@link Long}, {@link Double}, {@link Boolean} and {@link String}. */
final class Trees {
    private Trees() {}

    @SuppressWarnings("unchecked") // trees have text keys by construction
    static @Nullable Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map ? (Map<String, Object>) value : null;
    }

    /** A value that is known to be a map. */
    static Map<String, Object> mapOf(Object value) {
        Map<String, Object> map = map(value);
        if (map == null) {
            throw new IllegalArgumentException(value + " is not a map");
        }
        return map;
    }

    /** What stands at a dotted path. */
    static Optional<Object> find(Map<String, ?> tree, String path) {
        Object value = tree;
        for (String key : path.split("\\.")) {
            Map<String, Object> map = map(value);
            value = map == null ? null : map.get(key);
            if (value == null) {
                return Optional.empty();
            }
        }
        return Optional.of(value);
    }

    /** A copy that nobody can change. */
    static Object frozen(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Trees::frozen).toList();
        }
        Map<String, Object> map = map(value);
        if (map == null) {
            return value;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, below) -> copy.put(key, frozen(below)));
        return Collections.unmodifiableMap(copy);
    }
}
