package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpttbench.core.catalog.Parameter;

/** Some values of a setting: matches every setting that has them all. Immutable. */
public final class PartialSetting {
    private final Place place;
    private final Map<String, List<Object>> accepted;

    private PartialSetting(Place place, Map<String, List<Object>> accepted) {
        this.place = place;
        this.accepted = accepted;
    }

    /**
     * @param node a map from dotted paths to values; a map among these stands for longer paths, a name for an entry
     * @return empty if something is wrong with it, which is then reported
     */
    static Optional<PartialSetting> of(String section, Node node, Schema schema, Problems problems) {
        if (!(node instanceof Node.Mapping map)) {
            problems.error(node.place(), section + " is " + node.described() + ": must be a map from paths to values");
            return Optional.empty();
        }
        Reader reader = new Reader(schema, problems);
        map.members().values().forEach(member -> reader.read(member.key(), member));
        return reader.sound ? Optional.of(new PartialSetting(map.place(), reader.accepted)) : Optional.empty();
    }

    /** Where it was written. */
    public Place place() {
        return place;
    }

    /** The dotted paths of its values; of an entry, that of its tag. */
    public Set<String> paths() {
        return Collections.unmodifiableSet(accepted.keySet());
    }

    public boolean matches(Setting setting) {
        return matches(setting.tree());
    }

    boolean matches(Map<String, Object> tree) {
        return accepted.entrySet().stream()
                .allMatch(each -> Trees.find(tree, each.getKey())
                        .filter(each.getValue()::contains)
                        .isPresent());
    }

    /** The values by path, in words. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        accepted.forEach((path, values) -> parts.add(path + ": " + Columns.text(values.get(0))));
        return String.join(", ", parts);
    }

    private static final class Reader {
        private final Schema schema;
        private final Problems problems;
        private final Map<String, List<Object>> accepted = new LinkedHashMap<>();
        private boolean sound = true;

        Reader(Schema schema, Problems problems) {
            this.schema = schema;
            this.problems = problems;
        }

        void read(String path, Node.Member member) {
            List<Parameter> wanted = schema.at(path);
            if (wanted.isEmpty()) {
                problems.error(member.place(), schema.unknown(path));
                sound = false;
            } else if (member.value() instanceof Node.Mapping map) {
                map.members().values().forEach(below -> read(path + '.' + below.key(), below));
            } else if (wanted.get(0).type() == Parameter.Type.ENTRY) {
                read(path + '.' + wanted.get(0).tag(), member);
            } else {
                accepted.put(path, values(path, wanted, member.value()));
            }
        }

        /** The value as each parameter that the path can lead to would read it. */
        private List<Object> values(String path, List<Parameter> wanted, Node node) {
            List<Object> values = new ArrayList<>();
            Problems first = new Problems();
            for (Parameter each : wanted) {
                Problems own = new Problems();
                Object value = new Resolver(own).value(path, each, node);
                if (value != null) {
                    values.add(value);
                } else if (!first.hasErrors()) {
                    own.errors().forEach(problem -> first.error(problem.place(), problem.message()));
                }
            }
            if (values.isEmpty()) {
                first.errors().forEach(problem -> problems.error(problem.place(), problem.message()));
                sound = false;
            }
            return values;
        }
    }
}
