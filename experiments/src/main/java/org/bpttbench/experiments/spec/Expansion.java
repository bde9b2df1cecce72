package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.experiments.spec.Choice.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * Reads grid, zip and cases into axes: the settings are the product of all axes, the first varying slowest. A list is
 * several values where the schema wants a scalar or a map, and one value where it wants a list.
 */
final class Expansion {
    static final String GRID = "grid";
    static final String ZIP = "zip";
    static final String CASES = "cases";
    private static final String NO_VALUES = "an empty list: without a value there is no setting";

    /** More than anyone runs; bounds the memory that a product of lists can ask for. */
    static final int MAX_SETTINGS = 10_000;

    /** Of all axes and settings together. */
    private static final long MAX_VALUES = 100L * MAX_SETTINGS;

    private final Schema schema;
    private final Problems problems;
    private final List<List<Choice>> axes = new ArrayList<>();
    private final Map<String, Place> paths = new LinkedHashMap<>();
    private final Set<String> faulty = new HashSet<>();
    private boolean unreadable;
    private long produced;

    private Expansion(Schema schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /** What is wrong with the three sections is reported, and left out. */
    static Expansion of(Node.Mapping root, Schema schema, Problems problems) {
        Expansion expansion = new Expansion(schema, problems);
        expansion.grid(root.get(GRID));
        expansion.zip(root.get(ZIP));
        expansion.cases(root.get(CASES));
        return expansion;
    }

    /** Every path that some axis sets, in the order of the file. */
    List<String> paths() {
        return List.copyOf(paths.keySet());
    }

    /** Whether a path may be missing from settings because what sets it is faulty; told by its first key. */
    boolean mayHaveSet(String path) {
        return unreadable || faulty.contains(sectionOf(path));
    }

    /** Whether there were no faults. */
    boolean isSound() {
        return !unreadable && faulty.isEmpty();
    }

    private static String sectionOf(String path) {
        return path.split("\\.", 2)[0];
    }

    private void fault(String path, Place place, String message) {
        faulty.add(sectionOf(path));
        problems.error(place, message);
    }

    private void grid(@Nullable Node node) {
        mapping(GRID, node)
                .ifPresent(grid -> grid.members().values().forEach(member -> {
                    if (claim(member)) {
                        List<Choice> axis = new ArrayList<>();
                        for (Node value : variants(member)) {
                            axis.add(choice(value.place(), List.of(member), List.of(value)));
                        }
                        add(axis);
                    }
                }));
    }

    private void zip(@Nullable Node node) {
        if (node instanceof Node.Sequence groups) {
            groups.items().forEach(this::zipGroup);
        } else {
            zipGroup(node);
        }
    }

    private void zipGroup(@Nullable Node node) {
        Optional<Node.Mapping> group = mapping(ZIP, node);
        if (group.isEmpty() || group.get().members().isEmpty()) {
            return;
        }
        List<Node.Member> members = new ArrayList<>();
        group.get().members().values().stream()
                .filter(this::claim)
                .filter(this::isList)
                .forEach(members::add);
        if (members.isEmpty()) {
            return;
        }
        Node.Member first = members.get(0);
        int size = items(first).size();
        for (Node.Member member : members) {
            if (items(member).size() != size) {
                members.forEach(each -> faulty.add(sectionOf(each.key())));
                problems.error(
                        member.value().place(),
                        "zip moves lists of equal lengths together: '" + member.key() + "' has "
                                + items(member).size() + " items, '" + first.key() + "' has " + size);
                return;
            }
        }
        List<Choice> axis = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<Node.Member> tuple = new ArrayList<>();
            for (Node.Member member : members) {
                tuple.add(new Node.Member(
                        member.place(), member.key(), items(member).get(i)));
            }
            axis.addAll(product(tuple.get(0).value().place(), tuple));
        }
        if (size == 0) {
            members.forEach(each -> fault(each.key(), each.value().place(), NO_VALUES));
        }
        add(axis);
    }

    private boolean isList(Node.Member member) {
        if (!(member.value() instanceof Node.Sequence)) {
            String found = member.value().described();
            fault(member.key(), member.value().place(), "zip." + member.key() + " is " + found + ": must be a list");
            return false;
        }
        return true;
    }

    private static List<Node> items(Node.Member member) {
        return ((Node.Sequence) member.value()).items();
    }

    private void cases(@Nullable Node node) {
        if (node == null) {
            return;
        }
        if (!(node instanceof Node.Sequence list)) {
            unreadable = true;
            problems.error(
                    node.place(), "cases is " + node.described() + ": must be a list of maps from paths to values");
            return;
        }
        List<Choice> axis = new ArrayList<>();
        Map<String, Place> own = new LinkedHashMap<>();
        for (Node item : list.items()) {
            mapping(CASES, item).ifPresent(one -> {
                List<Node.Member> known = one.members().values().stream()
                        .filter(member -> isFree(member))
                        .toList();
                known.forEach(member -> own.putIfAbsent(member.key(), member.place()));
                axis.addAll(product(one.place(), known));
            });
        }
        own.forEach(paths::putIfAbsent);
        add(axis);
    }

    private Optional<Node.Mapping> mapping(String section, @Nullable Node node) {
        if (node == null || node instanceof Node.Mapping) {
            return Optional.ofNullable((Node.Mapping) node);
        }
        unreadable = true;
        problems.error(node.place(), section + " is " + node.described() + ": must be a map from paths to values");
        return Optional.empty();
    }

    private void add(List<Choice> axis) {
        if (!axis.isEmpty()) {
            axes.add(axis);
        }
    }

    private boolean claim(Node.Member member) {
        return isFree(member) && paths.put(member.key(), member.place()) == null;
    }

    private boolean isFree(Node.Member member) {
        if (!schema.knows(member.key())) {
            fault(member.key(), member.place(), schema.unknown(member.key()));
            return false;
        }
        Place other = paths.get(member.key());
        if (other != null) {
            fault(member.key(), member.place(), "'" + member.key() + "' is set here and at " + other);
        }
        return other == null;
    }

    /** All combinations of the values of several paths, the last varying fastest. */
    private List<Choice> product(Place place, List<Node.Member> members) {
        List<List<Node>> each = members.stream().map(this::variants).toList();
        return combinations(place, each).stream()
                .map(values -> choice(place, members, values))
                .toList();
    }

    private static Choice choice(Place place, List<Node.Member> members, List<Node> values) {
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            assignments.add(
                    new Assignment(members.get(i).place(), members.get(i).key(), values.get(i)));
        }
        return new Choice(place, assignments);
    }

    private List<Node> variants(Node.Member member) {
        return variants(member.key(), member.value(), schema.at(member.key()));
    }

    private List<Node> variants(String path, Node node, List<Parameter> wanted) {
        boolean isValue = wanted.stream().allMatch(each -> each.type() == Parameter.Type.LIST);
        if (node instanceof Node.Sequence list && !isValue) {
            if (list.items().isEmpty()) {
                fault(path, list.place(), NO_VALUES);
            }
            List<Node> variants = new ArrayList<>();
            list.items().forEach(item -> variants.addAll(variants(path, item, wanted)));
            return variants;
        }
        return node instanceof Node.Mapping map ? mapVariants(path, map, wanted) : List.of(node);
    }

    private List<Node> mapVariants(String path, Node.Mapping map, List<Parameter> wanted) {
        List<Node.Member> members = List.copyOf(map.members().values());
        List<List<Node>> each = new ArrayList<>();
        for (Node.Member member : members) {
            List<Parameter> below = wanted.stream()
                    .flatMap(around -> Schema.below(around, member.key(), nameIn(map, around)).stream())
                    .toList();
            each.add(variants(path, member.value(), below));
        }
        List<Node> variants = new ArrayList<>();
        for (List<Node> values : combinations(map.place(), each)) {
            Map<String, Node.Member> variant = new LinkedHashMap<>();
            for (int i = 0; i < members.size(); i++) {
                Node.Member member = members.get(i);
                variant.put(member.key(), new Node.Member(member.place(), member.key(), values.get(i)));
            }
            variants.add(new Node.Mapping(map.place(), variant));
        }
        return variants;
    }

    private static @Nullable String nameIn(Node.Mapping map, Parameter around) {
        return map.get(around.tag()) instanceof Node.Scalar name ? name.text() : null;
    }

    /** The settings, each as what every axis chooses for it. */
    List<List<Choice>> settings(Place place) {
        return combinations(place, axes);
    }

    /** Every way to take one item of each list, the last list varying fastest; none if they are too many. */
    private <T> List<List<T>> combinations(Place place, List<List<T>> lists) {
        long count = 1;
        for (List<T> list : lists) {
            count *= list.size();
            if (count > MAX_SETTINGS || produced + count * lists.size() > MAX_VALUES) {
                unreadable = true;
                problems.error(place, "more than " + MAX_SETTINGS + " settings");
                return List.of();
            }
        }
        produced += count * lists.size();
        List<List<T>> combinations = new ArrayList<>((int) count);
        int[] at = new int[lists.size()];
        for (long i = 0; i < count; i++) {
            List<T> combination = new ArrayList<>(at.length);
            for (int k = 0; k < at.length; k++) {
                combination.add(lists.get(k).get(at[k]));
            }
            combinations.add(combination);
            next(at, lists);
        }
        return combinations;
    }

    /** Counts on, the last place fastest. */
    private static <T> void next(int[] at, List<List<T>> lists) {
        for (int k = at.length - 1; k >= 0; k--) {
            at[k]++;
            if (at[k] < lists.get(k).size()) {
                return;
            }
            at[k] = 0;
        }
    }
}
