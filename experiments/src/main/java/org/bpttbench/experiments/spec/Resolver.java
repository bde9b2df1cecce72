package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.jspecify.annotations.Nullable;

/** Checks a located tree against parameters and writes it out in full: defaults, short forms, typed values. */
final class Resolver {
    private final Problems problems;
    private final Predicate<String> open;
    private boolean incomplete;

    /** @param open tells of a path whether more of it may come later: what is missing there is no error yet */
    Resolver(Problems problems, Predicate<String> open) {
        this.problems = problems;
        this.open = open;
    }

    /** For complete trees. */
    Resolver(Problems problems) {
        this(problems, path -> false);
    }

    /**
     * @param owner whose keys they are, for messages
     * @return only the keys that could be resolved; the others have been reported
     */
    Map<String, Object> resolve(String owner, List<Parameter> fields, Node.Mapping node) {
        return fields("", owner, fields, node);
    }

    /** Whether something was missing, be it an error or not. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** The value that stands for a key left out, written out in full; empty if none does. */
    static Optional<Object> defaultOf(String path, Parameter parameter) {
        return parameter.fallback().map(fallback -> {
            Problems own = new Problems();
            Object value = new Resolver(own).value(path, parameter, written(fallback));
            if (value == null || own.hasErrors()) {
                throw new IllegalStateException("the default of " + path + ": " + own.errors());
            }
            return value;
        });
    }

    private static Node written(Object plain) {
        Place place = new Place("default", 1, 1);
        if (plain instanceof List<?> list) {
            return new Node.Sequence(place, list.stream().map(Resolver::written).toList());
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, Node.Member> members = new LinkedHashMap<>();
            map.forEach(
                    (key, value) -> members.put((String) key, new Node.Member(place, (String) key, written(value))));
            return new Node.Mapping(place, members);
        }
        return new Node.Scalar(place, plain.toString(), plain instanceof String);
    }

    /** The value in full, or null if it was wrong and has been reported. */
    @Nullable
    Object value(String path, Parameter wanted, Node node) {
        return switch (wanted.type()) {
            case ENTRY -> entry(path, wanted, node);
            case LIST -> list(path, wanted, node);
            case MAP -> map(path, wanted, node);
            case TABLE -> table(path, wanted, node);
            default -> plain(path, wanted, node);
        };
    }

    private @Nullable Object plain(String path, Parameter wanted, Node node) {
        if (node instanceof Node.Mapping && !wanted.fields().isEmpty()) {
            return map(path, wanted, node);
        }
        return node instanceof Node.Scalar scalar ? scalar(path, wanted, scalar) : wrong(path, wanted, node, "");
    }

    private @Nullable Object scalar(String path, Parameter wanted, Node.Scalar node) {
        Optional<? extends Object> value = node.isEmpty() ? Optional.empty() : read(wanted, node);
        if (value.isEmpty() || (value.get() instanceof Number number && !wanted.admits(number.doubleValue()))) {
            String hint = value.isPresent()
                    ? sizeHint(wanted, value.get())
                    : Scalars.hint(wanted.type(), node) + Spelling.question(node.text(), wanted.words());
            return wrong(path, wanted, node, hint);
        }
        if (value.get() instanceof Number number) {
            wanted.caution(number.doubleValue())
                    .ifPresent(why -> problems.warning(node.place(), path + " is " + node.described() + ": " + why));
        }
        return value.get();
    }

    private static String sizeHint(Parameter wanted, Object value) {
        boolean large = value instanceof Long whole && whole > Integer.MAX_VALUE;
        return large && wanted.admits(Integer.MAX_VALUE) ? "; it must fit into 32 bits" : "";
    }

    private static Optional<? extends Object> read(Parameter wanted, Node.Scalar node) {
        String text = node.text();
        if (wanted.words().contains(text) || wanted.type() == Parameter.Type.TEXT) {
            return Optional.of(text);
        }
        if (node.quoted()) {
            return Optional.empty();
        }
        return switch (wanted.type()) {
            case INTEGER -> Scalars.whole(text);
            case SIZE -> Sizes.read(text);
            case REAL -> Scalars.real(text);
            case FLAG -> Scalars.flag(text);
            default -> Optional.empty();
        };
    }

    private @Nullable Object list(String path, Parameter wanted, Node node) {
        if (!(node instanceof Node.Sequence list) || !wanted.admits(list.items().size())) {
            return wrong(path, wanted, node, "");
        }
        List<Object> values = new ArrayList<>();
        for (Node item : list.items()) {
            Object value = value(path, wanted.element().orElseThrow(), item);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == list.items().size() ? values : null;
    }

    private @Nullable Object map(String path, Parameter wanted, Node node) {
        return node instanceof Node.Mapping map
                ? fields(path, path, wanted.fields(), map)
                : wrong(path, wanted, node, "");
    }

    private @Nullable Object table(String path, Parameter wanted, Node node) {
        if (!(node instanceof Node.Mapping map)) {
            return wrong(path, wanted, node, "");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Node.Member member : map.members().values()) {
            Object value = value(path + '.' + member.key(), wanted.element().orElseThrow(), member.value());
            if (value != null) {
                values.put(member.key(), value);
            }
        }
        return values;
    }

    private @Nullable Object entry(String path, Parameter wanted, Node node) {
        if (node instanceof Node.Scalar name) {
            return named(path, path, wanted, name, Node.Mapping.empty(name.place()));
        }
        if (!(node instanceof Node.Mapping map)) {
            return wrong(path, wanted, node, "");
        }
        Node tag = tag(wanted, map);
        if (tag instanceof Node.Scalar name) {
            return named(path, path + '.' + wanted.tag(), wanted, name, map);
        }
        if (tag != null) {
            return wrong(path + '.' + wanted.tag(), wanted, tag, "");
        }
        incomplete = true;
        List<String> all = Schema.keysBelow(wanted);
        unknownKeys(path, all, map);
        if (!open.test(path)) {
            problems.error(map.place(), "missing key '" + wanted.tag() + "' in " + path + " (" + wanted.wanted() + ")");
        }
        return null;
    }

    /** What names the entry: the tag, a key that is its name, or the default. */
    private static @Nullable Node tag(Parameter wanted, Node.Mapping map) {
        Node tag = map.get(wanted.tag());
        if (tag == null && wanted.isKeyed()) {
            Catalog<?> catalog = wanted.catalog().orElseThrow();
            tag = map.members().values().stream()
                    .filter(member -> catalog.find(member.key()).isPresent())
                    .map(member -> (Node) new Node.Scalar(member.place(), member.key(), false))
                    .findFirst()
                    .orElse(null);
        }
        return tag != null
                ? tag
                : wanted.fallback()
                        .map(name -> new Node.Scalar(map.place(), name.toString(), false))
                        .orElse(null);
    }

    private @Nullable Object named(
            String path, String tagPath, Parameter wanted, Node.Scalar name, Node.Mapping arguments) {
        Catalog<?> catalog = wanted.catalog().orElseThrow();
        Optional<? extends Entry<?>> entry = name.isEmpty() ? Optional.empty() : catalog.find(name.text());
        if (entry.isEmpty()) {
            return wrong(tagPath, wanted, name, Spelling.question(name.text(), catalog.names()));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(wanted.tag(), name.text());
        List<Parameter> fields = wanted.keysOf(entry.get());
        fill(path, path + " '" + name.text() + "'", fields, arguments, values);
        List<String> known = names(fields);
        known.add(0, wanted.tag());
        for (Node.Member member : arguments.members().values()) {
            if (!known.contains(member.key())) {
                List<String> all = Schema.keysBelow(wanted);
                // what comes later may change the entry, so that keys of all entries pass
                if (!open.test(path) || !all.contains(member.key())) {
                    unknownKey(path + " '" + name.text() + "'", known, all, member);
                }
            }
        }
        return values;
    }

    private Map<String, Object> fields(String path, String owner, List<Parameter> fields, Node.Mapping node) {
        Map<String, Object> values = new LinkedHashMap<>();
        fill(path, owner, fields, node, values);
        unknownKeys(owner, names(fields), node);
        return values;
    }

    private void fill(String path, String owner, List<Parameter> fields, Node.Mapping node, Map<String, Object> into) {
        for (Parameter field : fields) {
            String fieldPath = path.isEmpty() ? field.name() : path + '.' + field.name();
            Node written = node.get(field.name());
            Object value = written == null ? leftOut(fieldPath, owner, field, node) : value(fieldPath, field, written);
            if (value != null) {
                into.put(field.name(), value);
            }
        }
    }

    private @Nullable Object leftOut(String path, String owner, Parameter field, Node.Mapping node) {
        if (field.required()) {
            incomplete = true;
        }
        if (field.required() && !open.test(path)) {
            String wanted = field.about().isEmpty() ? field.wanted() : field.about() + ": " + field.wanted();
            problems.error(node.place(), "missing key '" + field.name() + "' in " + owner + " (" + wanted + ")");
        }
        return defaultOf(path, field).orElse(null);
    }

    private void unknownKeys(String owner, List<String> known, Node.Mapping node) {
        node.members().values().stream()
                .filter(member -> !known.contains(member.key()))
                .forEach(member -> unknownKey(owner, known, known, member));
    }

    /** @param elsewhere keys that would be known with another entry */
    private void unknownKey(String owner, List<String> known, List<String> elsewhere, Node.Member member) {
        String near = Spelling.question(member.key(), known);
        if (near.isEmpty() && !elsewhere.contains(member.key())) {
            near = Spelling.question(member.key(), elsewhere);
        }
        String hint = near.isEmpty() ? "; it takes " + String.join(", ", known) : near;
        problems.error(member.place(), "unknown key '" + member.key() + "' in " + owner + hint);
    }

    private static List<String> names(List<Parameter> fields) {
        return fields.stream().map(Parameter::name).collect(Collectors.toCollection(ArrayList::new));
    }

    private @Nullable Object wrong(String path, Parameter wanted, Node node, String hint) {
        boolean wantsOne = switch (wanted.type()) {
            case LIST, MAP, TABLE -> false;
            default -> true;
        };
        String lists =
                node instanceof Node.Sequence && wantsOne ? "; lists of values belong under grid, zip or cases" : "";
        problems.error(node.place(), path + " is " + node.described() + ": must be " + wanted.wanted() + hint + lists);
        return null;
    }
}
