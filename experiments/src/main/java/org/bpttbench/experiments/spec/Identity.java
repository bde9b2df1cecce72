package org.bpttbench.experiments.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * The part of a setting that its hash is taken of: without keys that change no result, without keys born later that have
 * their default, and with data by content.
 */
final class Identity {
    private Identity() {}

    /** @param data hash of the content of the task's data, empty if there are none */
    static Map<String, Object> of(List<Parameter> fields, Map<String, Object> tree, String data) {
        Map<String, Object> identity = reduced("", fields, tree, new LinkedHashMap<>());
        Map<String, Object> task = Trees.map(identity.get("task"));
        if (task != null && !data.isEmpty()) {
            task.put("data", data);
        }
        addMargin(tree, identity);
        return identity;
    }

    /** The margin changes no result, except where it decides how many draws are made. */
    private static void addMargin(Map<String, Object> tree, Map<String, Object> identity) {
        Map<String, Object> draws =
                Trees.map(Trees.find(identity, "measure.bias.draws").orElse(null));
        if (draws != null) {
            draws.put("margin", Trees.find(tree, "measure.bias.margin").orElseThrow());
        }
    }

    private static Map<String, Object> reduced(
            String path, List<Parameter> fields, Map<String, Object> tree, Map<String, Object> into) {
        for (Parameter field : fields) {
            Object value = tree.get(field.name());
            String fieldPath = path + field.name();
            if (value != null && field.isHashed() && !isOldBehaviour(fieldPath, field, value)) {
                into.put(field.name(), reduced(fieldPath, field, value));
            }
        }
        return into;
    }

    private static boolean isOldBehaviour(String path, Parameter field, Object value) {
        return field.isBornLater() && Resolver.defaultOf(path, field).equals(Optional.of(value));
    }

    private static Object reduced(String path, Parameter field, Object value) {
        Map<String, Object> map = Trees.map(value);
        if (map == null || field.type() == Parameter.Type.TABLE) {
            return value;
        }
        Map<String, Object> into = new LinkedHashMap<>();
        if (field.catalog().isEmpty()) {
            return reduced(path + '.', field.fields(), map, into);
        }
        String name = String.valueOf(map.get(field.tag()));
        Entry<?> entry = field.catalog().orElseThrow().get(name);
        into.put(field.tag(), name);
        reduced(path + '.', field.keysOf(entry), map, into);
        return field.isHashedAsName() && into.size() == 1 ? name : into;
    }
}
