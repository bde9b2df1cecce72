package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The CSV columns that tell a sweep's settings apart, and a setting's text in each. */
final class Columns {
    private final List<String> names;

    private Columns(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Those of the estimator, then those of every path that the sweep varies. */
    static Columns of(List<Setting> settings, List<String> paths) {
        Set<String> names = new LinkedHashSet<>(below("estimator", settings));
        paths.forEach(path -> names.addAll(below(path, settings)));
        return new Columns(new ArrayList<>(names));
    }

    List<String> names() {
        return names;
    }

    Map<String, String> flatten(Setting setting) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : names) {
            texts.put(name, setting.value(name).map(Columns::text).orElse(""));
        }
        return texts;
    }

    /** A value as CSV files show it: words as they are, numbers in their shortest form, lists as JSON. */
    static String text(Object value) {
        return value instanceof String word ? word : Json.write(value);
    }

    /** All leaves that any setting has below a path; what only later settings have follows in the same map. */
    private static List<String> below(String path, List<Setting> settings) {
        Branch root = new Branch(new LinkedHashMap<>());
        settings.forEach(setting -> setting.value(path).ifPresent(root::grow));
        List<String> names = new ArrayList<>();
        root.collect(path, names);
        return names;
    }

    /** The union of the shapes of several trees. */
    private record Branch(Map<String, Branch> below) {
        void grow(Object value) {
            Map<String, Object> map = Trees.map(value);
            if (map != null) {
                map.forEach((key, child) -> below.computeIfAbsent(key, name -> new Branch(new LinkedHashMap<>()))
                        .grow(child));
            }
        }

        void collect(String path, List<String> names) {
            if (below.isEmpty()) {
                names.add(path);
            }
            below.forEach((key, branch) -> branch.collect(path + '.' + key, names));
        }
    }
}
