package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.catalog.Range;

/** JSON Schemas of the values that parameters describe. What is more than a scalar stands once, among the definitions. */
final class ValueSchemas {
    /** How much of a value must be there, and whether lists in it are several values. */
    enum Form {
        /** What is missing may come from elsewhere, and so may the entry that the keys belong to. */
        PART(false, false),
        WHOLE(true, false),
        PARTS(false, true),
        WHOLES(true, true);

        private final boolean whole;
        private final boolean varied;

        Form(boolean whole, boolean varied) {
            this.whole = whole;
            this.varied = varied;
        }

        private String named(String path) {
            return name().toLowerCase(Locale.ROOT) + ':' + path;
        }
    }

    private final Map<String, Object> definitions = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** What has been referred to so far, and more as more is asked for. */
    Map<String, Object> definitions() {
        return definitions;
    }

    /** Puts a schema among the definitions; returns what refers to it. */
    Map<String, Object> define(String name, Map<String, Object> schema) {
        definitions.put(name, schema);
        return reference(name);
    }

    private static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/definitions/" + name);
    }

    /** The schema with what parameters say of their values in words, and the default if there is one for all. */
    static Map<String, Object> described(List<Parameter> parameters, Map<String, Object> schema) {
        Map<String, Object> described = new LinkedHashMap<>();
        String about = parameters.stream()
                .map(Parameter::about)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("; or: "));
        if (!about.isEmpty()) {
            described.put("description", about);
        }
        if (parameters.size() == 1) {
            parameters.get(0).fallback().ifPresent(value -> described.put("default", value));
        }
        if (schema.containsKey("$ref")) {
            described.put("allOf", List.of(schema)); // draft 7 ignores whatever stands beside a reference
        } else {
            described.putAll(schema);
        }
        return described;
    }

    /** What may be written at a path that leads to one of some parameters. */
    Map<String, Object> of(String path, List<Parameter> wanted, Form form) {
        List<Map<String, Object>> alternatives = wanted.stream()
                .flatMap(each -> alternatives(path, each, form).stream())
                .distinct()
                .toList();
        boolean isValue = wanted.stream().allMatch(each -> each.type() == Parameter.Type.LIST);
        boolean varied = form.varied && !isValue;
        boolean small = wanted.stream().allMatch(ValueSchemas::isScalar);
        if (small && !varied) {
            return any(alternatives);
        }
        String content = form.varied + Json.write(alternatives);
        String known = names.get(content);
        if (known != null) {
            return reference(known);
        }
        String name = free(form.named(path));
        names.put(content, name);
        List<Map<String, Object>> all = new ArrayList<>(alternatives);
        if (varied) {
            all.add(several(reference(name)));
        }
        return define(name, any(all));
    }

    private static boolean isScalar(Parameter parameter) {
        return switch (parameter.type()) {
            case ENTRY, LIST, MAP, TABLE -> false;
            default -> parameter.fields().isEmpty();
        };
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; definitions.containsKey(free) || names.containsValue(free); i++) {
            free = name + ':' + i;
        }
        return free;
    }

    /** A list that is not empty. */
    static Map<String, Object> several(Map<String, Object> item) {
        return object("type", "array", "minItems", 1L, "items", item);
    }

    private static Map<String, Object> any(List<Map<String, Object>> alternatives) {
        return alternatives.size() == 1 ? alternatives.get(0) : object("anyOf", alternatives);
    }

    private List<Map<String, Object>> alternatives(String path, Parameter wanted, Form form) {
        return switch (wanted.type()) {
            case INTEGER, SIZE, REAL -> number(path, wanted, form);
            case FLAG -> List.of(object("type", "boolean"));
            case TEXT -> List.of(object("type", List.of("string", "number", "boolean")));
            case WORD -> List.of(object("enum", wanted.words()));
            case ENTRY -> form.whole ? entries(path, wanted, form) : someEntry(path, wanted, form);
            case LIST -> List.of(list(path, wanted, form));
            case MAP -> List.of(map(path, wanted.fields(), required(wanted.fields(), form), form));
            case TABLE ->
                List.of(object(
                        "type",
                        "object",
                        "additionalProperties",
                        of(path + '.' + Schema.ANY, List.of(element(wanted)), form)));
        };
    }

    private static Parameter element(Parameter around) {
        return around.element().orElseThrow();
    }

    private List<Map<String, Object>> number(String path, Parameter wanted, Form form) {
        List<Map<String, Object>> alternatives = new ArrayList<>();
        alternatives.add(number(wanted));
        if (wanted.type() == Parameter.Type.SIZE) {
            alternatives.add(object("type", "string", "pattern", '^' + Sizes.pattern() + '$'));
        }
        if (!wanted.words().isEmpty()) {
            alternatives.add(object("enum", wanted.words()));
        }
        if (!wanted.fields().isEmpty()) {
            alternatives.add(map(path, wanted.fields(), required(wanted.fields(), form), form));
        }
        return alternatives;
    }

    private static Map<String, Object> number(Parameter wanted) {
        boolean real = wanted.type() == Parameter.Type.REAL;
        Range limits = wanted.limits();
        Map<String, Object> number = object("type", real ? "number" : "integer");
        if (limits.low() != null) {
            number.put(limits.lowExcluded() ? "exclusiveMinimum" : "minimum", plain(limits.low()));
        } else if (!real) {
            number.put("minimum", Long.MIN_VALUE);
        }
        if (limits.high() != null) {
            number.put(limits.highExcluded() ? "exclusiveMaximum" : "maximum", plain(limits.high()));
        } else if (!real) {
            number.put("maximum", Long.MAX_VALUE);
        }
        return number;
    }

    private static Number plain(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? (Number) (long) value : (Number) value;
    }

    private Map<String, Object> list(String path, Parameter wanted, Form form) {
        Form item = form.whole ? Form.WHOLE : Form.PART;
        Map<String, Object> list = object("type", "array", "items", of(path, List.of(element(wanted)), item));
        Double low = wanted.limits().low();
        Double high = wanted.limits().high();
        if (low != null) {
            list.put("minItems", plain(low));
        }
        if (high != null) {
            list.put("maxItems", plain(high));
        }
        return list;
    }

    private static List<String> required(List<Parameter> fields, Form form) {
        return form.whole
                ? fields.stream()
                        .filter(Parameter::required)
                        .map(Parameter::name)
                        .toList()
                : List.of();
    }

    private Map<String, Object> map(String path, List<Parameter> fields, List<String> required, Form form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String key : fields.stream().map(Parameter::name).distinct().toList()) {
            List<Parameter> found =
                    fields.stream().filter(field -> field.name().equals(key)).toList();
            properties.put(key, described(found, of(path + '.' + key, found, form)));
        }
        return closed(properties, required);
    }

    private static Map<String, Object> closed(Map<String, Object> properties, List<String> required) {
        Map<String, Object> map = object("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            map.put("required", required);
        }
        map.put("additionalProperties", false);
        return map;
    }

    /** An entry of which nothing need be settled: its name, or any keys of any entries. */
    private List<Map<String, Object>> someEntry(String path, Parameter wanted, Form form) {
        List<String> names = wanted.catalog().orElseThrow().names();
        return List.of(object("enum", names), map(path, anyKeys(wanted), List.of(), form));
    }

    private static List<Parameter> anyKeys(Parameter wanted) {
        return Schema.keysBelow(wanted).stream()
                .flatMap(key -> Schema.below(wanted, key, null).stream())
                .toList();
    }

    /** Each entry with all that it requires: as a name if that is nothing, and as a map. */
    private List<Map<String, Object>> entries(String path, Parameter wanted, Form form) {
        Catalog<?> catalog = wanted.catalog().orElseThrow();
        List<Map<String, Object>> alternatives = new ArrayList<>();
        catalog.entries().stream()
                .filter(entry -> wanted.keysOf(entry).stream().noneMatch(Parameter::required))
                .forEach(entry -> alternatives.add(object("const", entry.name(), "description", said(entry))));
        catalog.entries().forEach(entry -> alternatives.add(entry(path, wanted, entry, form)));
        if (form.varied) {
            alternatives.add(severalEntries(path, wanted));
        }
        return alternatives;
    }

    private Map<String, Object> entry(String path, Parameter wanted, Entry<?> entry, Form form) {
        List<Parameter> keys = wanted.keysOf(entry);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(wanted.tag(), object("const", entry.name()));
        keys.forEach(key ->
                properties.put(key.name(), described(List.of(key), of(path + '.' + key.name(), List.of(key), form))));
        boolean byDefault = wanted.fallback().filter(entry.name()::equals).isPresent();
        boolean byKey = wanted.isKeyed()
                && keys.stream().anyMatch(key -> key.required() && key.name().equals(entry.name()));
        List<String> required = Stream.concat(
                        byDefault || byKey ? Stream.empty() : Stream.of(wanted.tag()), required(keys, form).stream())
                .toList();
        Map<String, Object> map = object("description", said(entry));
        map.putAll(closed(properties, required));
        return map;
    }

    /** One map for several entries; which keys each of them requires is left to the reader of the file. */
    private Map<String, Object> severalEntries(String path, Parameter wanted) {
        Map<String, Object> map = map(path, anyKeys(wanted), List.of(wanted.tag()), Form.PARTS);
        Map<String, Object> tagged = object("type", "array");
        return object(
                "allOf", List.of(map), "properties", object(wanted.tag(), tagged), "required", List.of(wanted.tag()));
    }

    private static String said(Entry<?> entry) {
        return entry.reference().isEmpty() ? entry.summary() : entry.summary() + " [" + entry.reference() + "]";
    }

    /** A map with keys in this order. */
    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], Objects.requireNonNull(keysAndValues[i + 1]));
        }
        return map;
    }
}
