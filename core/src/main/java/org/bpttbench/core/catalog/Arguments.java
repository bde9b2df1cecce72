package org.bpttbench.core.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resolved arguments of one entry: every parameter present, defaults written out, ranges checked. Values are
 * {@link Long}, {@link Double}, {@link Boolean}, {@link String}, {@link List} or a nested map of the same.
 */
public final class Arguments {
    /** Characters of a value that a message shows. */
    private static final int LONGEST = 60;

    private final Map<String, Object> values;

    public Arguments(Map<String, ?> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Not modifiable. */
    public Map<String, Object> values() {
        return values;
    }

    /** Whether a word stands where a number might. */
    public boolean isText(String name) {
        return values.get(name) instanceof String;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** @throws IllegalArgumentException if the number does not fit */
    public int integer(String name) {
        long value = whole(name);
        if (value != (int) value) {
            throw new IllegalArgumentException(name + " is " + value + ": must fit into 32 bits");
        }
        return (int) value;
    }

    public long whole(String name) {
        return as(name, Long.class);
    }

    /** A real number; a whole one is widened. */
    public double real(String name) {
        return as(name, Number.class).doubleValue();
    }

    public boolean flag(String name) {
        return as(name, Boolean.class);
    }

    public String text(String name) {
        return as(name, String.class);
    }

    @SuppressWarnings("unchecked") // resolved maps have text keys by construction
    public Arguments nested(String name) {
        return new Arguments((Map<String, ?>) as(name, Map.class));
    }

    public List<?> list(String name) {
        return as(name, List.class);
    }

    /**
     * The items of a list of maps.
     *
     * @throws IllegalArgumentException if one is none
     */
    @SuppressWarnings("unchecked") // resolved maps have text keys by construction
    public List<Arguments> maps(String name) {
        List<Arguments> maps = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof Map)) {
                throw new IllegalArgumentException("an item of '" + name + "' is " + shown(item) + ", not a map");
            }
            maps.add(new Arguments((Map<String, ?>) item));
        }
        return maps;
    }

    private <V> V as(String name, Class<V> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("argument '" + name + "' is " + shown(value) + ", not a "
                    + type.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        return type.cast(value);
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof List ? "a list" : value instanceof Map ? "a map" : String.valueOf(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…';
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
