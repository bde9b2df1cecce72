package org.bpttbench.experiments.spec;

import static org.bpttbench.experiments.spec.ValueSchemas.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.experiments.spec.ValueSchemas.Form;

/**
 * The sweep file as a JSON Schema (draft 7), by which editors complete and check it. It is made from the {@link Schema}
 * that the reader goes by, refuses no file that the reader takes, and cannot refuse all that the reader refuses: what
 * several entries say together is left to the reader.
 */
public final class JsonSchema {
    /** How the file is called wherever there is one. */
    public static final String FILE = "bptt-sweep.schema.json";

    /** The first line of a sweep file that lies beside {@link #FILE}. */
    public static final String FIRST_LINE = "# yaml-language-server: $schema=" + FILE;

    private static final String TITLE = "bptt-bench sweep file, version 1";

    private final Schema schema;
    private final Map<String, List<Parameter>> paths;
    private final ValueSchemas values = new ValueSchemas();
    private final List<Object> conditions = new ArrayList<>();

    private JsonSchema(Schema schema) {
        this.schema = schema;
        this.paths = schema.paths();
    }

    /** The text of the file. */
    public static String of(Schema schema) {
        return Json.pretty(new JsonSchema(schema).tree());
    }

    /** Whether some text is such a schema, of this version of the software or another. */
    public static boolean isOne(String text) {
        try {
            return Json.read(text) instanceof Map<?, ?> map && TITLE.equals(map.get("title"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Map<String, Object> tree() {
        Map<String, Object> properties = new LinkedHashMap<>();
        schema.heading().forEach(key -> properties.put(key.name(), heading(key)));
        schema.setting().forEach(key -> properties.put(key.name(), base(key)));
        axes(properties);
        rest(properties);
        schema.setting().forEach(this::wholeBase);
        paths.forEach(this::wholeAxis);
        return object(
                "$schema",
                "http://json-schema.org/draft-07/schema#",
                "title",
                TITLE,
                "description",
                "every combination of what stands under grid, zip and cases, on top of what stands above them",
                "type",
                "object",
                "properties",
                properties,
                "required",
                required(),
                "additionalProperties",
                false,
                "allOf",
                conditions,
                "definitions",
                values.definitions());
    }

    private List<String> required() {
        return schema.heading().stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toList();
    }

    private Map<String, Object> heading(Parameter key) {
        Map<String, Object> value = new LinkedHashMap<>(values.of(key.name(), List.of(key), Form.WHOLE));
        if (key.name().equals(Schema.NAME)) {
            value.put("pattern", '^' + Schema.NAME_PATTERN + '$');
        }
        return ValueSchemas.described(List.of(key), value);
    }

    private Map<String, Object> base(Parameter key) {
        return ValueSchemas.described(List.of(key), values.of(key.name(), List.of(key), Form.PART));
    }

    private void axes(Map<String, Object> properties) {
        Map<String, Object> axes = values.define("axes", byPath((path, wanted) -> values.of(path, wanted, Form.PARTS)));
        Map<String, Object> moving = values.define(
                "moving", byPath((path, wanted) -> ValueSchemas.several(values.of(path, wanted, Form.PARTS))));
        properties.put(Expansion.GRID, section("axes: paths with the values that are multiplied", axes));
        properties.put(
                Expansion.ZIP,
                object(
                        "description",
                        "paths with lists of equal lengths that move together; or a list of such groups",
                        "anyOf",
                        List.of(moving, object("type", "array", "items", moving))));
        properties.put(Expansion.CASES, list("an axis of maps from paths to values", axes));
    }

    private void rest(Map<String, Object> properties) {
        Map<String, Object> partial =
                values.define("partial", byPath((path, wanted) -> values.of(path, wanted, Form.PART)));
        properties.put(
                Headings.EXCLUDE, list("partial settings: whatever has all of one's values is left out", partial));
        properties.put(
                Headings.REFERENCE, section("the arm that others are compared with, a partial setting", partial));
        properties.put(Headings.CHOOSE, choose());
        properties.put(Headings.CLAIMS, object("description", "what the sweep is to show", "type", "array"));
    }

    private static Map<String, Object> section(String about, Map<String, Object> reference) {
        return object("description", about, "allOf", List.of(reference));
    }

    private static Map<String, Object> list(String about, Map<String, Object> item) {
        return object("description", about, "type", "array", "items", item);
    }

    private Map<String, Object> choose() {
        Map<String, Object> known = new LinkedHashMap<>(byPath((path, wanted) -> Map.of()));
        List<Object> names = new ArrayList<>();
        names.add(object("enum", List.copyOf(((Map<?, ?>) known.getOrDefault("properties", Map.of())).keySet())));
        ((Map<?, ?>) known.getOrDefault("patternProperties", Map.of()))
                .keySet()
                .forEach(pattern -> names.add(object("type", "string", "pattern", pattern)));
        Map<String, Object> chosen = values.of(Headings.CHOOSE, List.of(Headings.CHOICE), Form.WHOLE);
        return object(
                "description",
                Headings.CHOICE.about(),
                "anyOf",
                List.of(chosen, object("type", "object", "maxProperties", 0L)),
                "properties",
                object("among", object("anyOf", names)));
    }

    /** A map from dotted paths. */
    private Map<String, Object> byPath(BiFunction<String, List<Parameter>, Map<String, Object>> value) {
        Map<String, Object> fixed = new LinkedHashMap<>();
        Map<String, Object> free = new LinkedHashMap<>();
        paths.forEach((path, wanted) -> {
            Map<String, Object> described = ValueSchemas.described(wanted, value.apply(path, wanted));
            described.remove("default"); // of the entry itself; no axis has one
            if (path.contains(Schema.ANY)) {
                free.put('^' + pattern(path) + '$', described);
            } else {
                fixed.put(path, described);
            }
        });
        return object("type", "object", "properties", fixed, "patternProperties", free, "additionalProperties", false);
    }

    private static String pattern(String path) {
        return path.replace(".", "\\.").replace(Schema.ANY, "[^.]+");
    }

    /** A section that no axis has a part in must be complete. */
    private void wholeBase(Parameter key) {
        Map<String, Object> part = values.of(key.name(), List.of(key), Form.PART);
        Map<String, Object> whole = values.of(key.name(), List.of(key), Form.WHOLE);
        Map<String, Object> then = new LinkedHashMap<>();
        if (key.required()) {
            then.put("required", List.of(key.name()));
        }
        if (!whole.equals(part)) {
            then.put("properties", object(key.name(), whole));
        }
        if (!then.isEmpty()) {
            conditions.add(object("if", varies(key.name(), "(\\.|$)"), "else", then));
        }
    }

    /** The values of an axis must be complete where no other axis refines them. */
    private void wholeAxis(String path, List<Parameter> wanted) {
        Map<String, Object> part = values.of(path, wanted, Form.PARTS);
        Map<String, Object> whole = values.of(path, wanted, Form.WHOLES);
        if (whole.equals(part) || path.contains(Schema.ANY)) {
            return;
        }
        Map<String, Object> one = object("properties", object(path, whole));
        Map<String, Object> moving = object("properties", object(path, object("items", whole)));
        Map<String, Object> zip = new LinkedHashMap<>(moving);
        zip.put("items", moving);
        Map<String, Object> then =
                object(Expansion.GRID, one, Expansion.ZIP, zip, Expansion.CASES, object("items", one));
        conditions.add(object("if", varies(path, "\\."), "else", object("properties", then)));
    }

    /** That some axis has a path that goes on like this. */
    private Map<String, Object> varies(String path, String end) {
        Map<String, Object> none = object("propertyNames", object("not", object("pattern", '^' + pattern(path) + end)));
        Map<String, Object> some = object("type", "object", "not", none);
        Map<String, Object> oneOfThem = object("type", "array", "contains", some);
        return object(
                "anyOf",
                List.of(
                        with(Expansion.GRID, some),
                        with(Expansion.ZIP, object("anyOf", List.of(some, oneOfThem))),
                        with(Expansion.CASES, oneOfThem)));
    }

    private static Map<String, Object> with(String key, Map<String, Object> value) {
        return object("required", List.of(key), "properties", object(key, value));
    }
}
