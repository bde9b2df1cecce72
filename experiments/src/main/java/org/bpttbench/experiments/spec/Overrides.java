package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Applies {@code path=value} arguments to a sweep file's tree. A path that the sweep varies becomes an axis with the new
 * value, any other a base entry.
 */
final class Overrides {
    private final Schema schema;
    private final Set<String> sections;
    private final Problems problems;

    /** @param sections the keys that may stand at the top of a file */
    Overrides(Schema schema, Set<String> sections, Problems problems) {
        this.schema = schema;
        this.sections = sections;
        this.problems = problems;
    }

    Node.Mapping apply(Node.Mapping root, List<String> overrides) {
        Node.Mapping changed = root;
        for (int i = 0; i < overrides.size(); i++) {
            changed = apply(changed, overrides.get(i), new Place(Place.OVERRIDE, i + 1, 1));
        }
        return changed;
    }

    /** The arguments as one map from paths to values. */
    Node.Mapping values(String name, List<String> arguments) {
        Node.Mapping values = Node.Mapping.empty(new Place(name, 1, 1));
        for (int i = 0; i < arguments.size(); i++) {
            Optional<Node.Member> read = read(arguments.get(i), new Place(name, i + 1, 1), "value of a setting");
            if (read.isPresent()) {
                values = values.with(read.get());
            }
        }
        return values;
    }

    /** Empty if it is none, which is then reported. */
    private Optional<Node.Member> read(String argument, Place place, String what) {
        int sign = argument.indexOf('=');
        if (sign < 1) {
            problems.error(place, "'" + argument + "' is no " + what + ": must be path=value");
            return Optional.empty();
        }
        String path = argument.substring(0, sign);
        if (sign > NodeReader.LONGEST_KEY) {
            problems.error(place, "a path of " + sign + " characters: must be at most " + NodeReader.LONGEST_KEY);
            return Optional.empty();
        }
        Place valuePlace = new Place(place.file(), place.line(), path.codePointCount(0, sign) + 2);
        return value(argument.substring(sign + 1), valuePlace).map(value -> new Node.Member(place, path, value));
    }

    private Node.Mapping apply(Node.Mapping root, String override, Place place) {
        Optional<Node.Member> read = read(override, place, "override");
        if (read.isEmpty()) {
            return root;
        }
        String path = read.get().key();
        Node value = read.get().value();
        if (sections.contains(path) && !schema.knows(path)) {
            return root.with(new Node.Member(place, path, value));
        }
        String axisPrefix = Expansion.GRID + '.';
        boolean isAxis = path.startsWith(axisPrefix);
        String target = isAxis ? path.substring(axisPrefix.length()) : path;
        if (!schema.knows(target)) {
            problems.error(place, isAxis ? schema.unknown(target) : unknown(target));
            return root;
        }
        Set<String> axes = axes(root);
        if (isAxis || axes.contains(target)) {
            return withAxis(withoutMoved(root, target), new Node.Member(place, target, value));
        }
        axes.stream()
                .filter(axis -> target.startsWith(axis + '.'))
                .findFirst()
                .ifPresent(axis -> problems.error(
                        place,
                        "'" + target + "' has no effect: '" + axis + "' is varied and replaces all of it; grid."
                                + target + "=… would change each of its values"));
        return root.with(place, List.of(target.split("\\.")), value);
    }

    /** As the schema says it, but for the keys that belong to no setting. */
    private String unknown(String path) {
        String section = path.split("\\.", 2)[0];
        if (path.contains(".") && sections.contains(section) && !schema.knows(section)) {
            return "unknown path '" + path + "': '" + section + "' is replaced as a whole, " + section + "=…";
        }
        return path.contains(".")
                ? schema.unknown(path)
                : Spelling.nearest(path, sections)
                        .map(near -> "unknown path '" + path + "'; did you mean '" + near + "'?")
                        .orElseGet(() -> schema.unknown(path));
    }

    /** Empty if it is not YAML; the other overrides can be read nevertheless. */
    private Optional<Node> value(String text, Place place) {
        Problems own = new Problems();
        try {
            return Optional.of(NodeReader.read(text, place, own).orElse(new Node.Scalar(place, "", false)));
        } catch (SweepErrors e) {
            return Optional.empty();
        } finally {
            problems.addAll(own);
        }
    }

    private static Node.Mapping withAxis(Node.Mapping root, Node.Member axis) {
        Node.Mapping grid =
                root.get(Expansion.GRID) instanceof Node.Mapping map ? map : Node.Mapping.empty(axis.place());
        return root.with(new Node.Member(axis.place(), Expansion.GRID, grid.with(axis)));
    }

    /** Without the path in zip and cases; a group or case of which nothing is left goes too. */
    private static Node.Mapping withoutMoved(Node.Mapping root, String path) {
        Node.Mapping changed = root;
        for (String section : List.of(Expansion.ZIP, Expansion.CASES)) {
            Node.Member member = root.members().get(section);
            if (member != null) {
                changed = changed.with(new Node.Member(member.place(), section, without(member.value(), path)));
            }
        }
        return changed;
    }

    private static Node without(Node node, String path) {
        if (node instanceof Node.Mapping map) {
            return map.without(path);
        }
        if (node instanceof Node.Sequence list) {
            List<Node> items = new ArrayList<>();
            for (Node item : list.items()) {
                Node left = without(item, path);
                if (left.equals(item)
                        || !(left instanceof Node.Mapping map)
                        || !map.members().isEmpty()) {
                    items.add(left);
                }
            }
            return new Node.Sequence(list.place(), items);
        }
        return node;
    }

    private static Set<String> axes(Node.Mapping root) {
        List<Node.Mapping> maps = new ArrayList<>();
        for (String section : List.of(Expansion.GRID, Expansion.ZIP, Expansion.CASES)) {
            Node node = root.get(section);
            List<Node> nodes =
                    node instanceof Node.Sequence list ? list.items() : node == null ? List.of() : List.of(node);
            nodes.forEach(each -> {
                if (each instanceof Node.Mapping map) {
                    maps.add(map);
                }
            });
        }
        return maps.stream().flatMap(map -> map.members().keySet().stream()).collect(Collectors.toSet());
    }
}
