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

    /** All leaves that any setting has below a path; one that only later settings have follows its neighbour there. */
    private static List<String> below(String path, List<Setting> settings) {
        List<String> names = new ArrayList<>();
        for (Setting setting : settings) {
            int next = 0;
            for (String leaf : leaves(path, setting)) {
                int known = names.indexOf(leaf);
                if (known < 0) {
                    names.add(next, leaf);
                    next++;
                } else {
                    next = known + 1;
                }
            }
        }
        return names;
    }

    private static Set<String> leaves(String path, Setting setting) {
        return setting.value(path)
                .map(value -> Trees.leaves(path, value).keySet())
                .orElse(Set.of());
    }
}
