package org.bpttbench.experiments.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of YAML that remembers where it was written. Scalars keep their raw text, so {@code 010} can be seen. */
public sealed interface Node {
    /** Of a map or list that starts on the line after its key, the key's. */
    Place place();

    /** The same without places: maps, lists, and of the scalars numbers and truth values where they read as such. */
    Object plain();

    /** What this is, for messages. */
    String described();

    /** This as a map: of a name, the one whose {@code tag} it is. */
    private Mapping asMapping(String tag) {
        if (this instanceof Mapping map) {
            return map;
        }
        Mapping empty = Mapping.empty(place());
        return this instanceof Scalar name && !name.isEmpty() && name.plain() instanceof String
                ? empty.with(new Member(place(), tag, name))
                : empty;
    }

    /** @param quoted whether it was written in quotes or as a block, hence is text whatever it looks like */
    record Scalar(Place place, String text, boolean quoted) implements Node {
        /** Nothing was written, or a word for it. */
        boolean isEmpty() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public Object plain() {
            return quoted ? text : Scalars.guess(text);
        }

        @Override
        public String described() {
            if (isEmpty()) {
                return "empty";
            }
            String shown = text.replaceAll("\\s+", " ");
            String cut = shown.codePointCount(0, shown.length()) <= 60
                    ? shown
                    : shown.substring(0, shown.offsetByCodePoints(0, 60)) + "…";
            return quoted ? '"' + cut + '"' : "'" + cut + "'";
        }
    }

    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Object plain() {
            return items.stream().map(Node::plain).toList();
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /** One key of a map. */
    record Member(Place place, String key, Node value) {}

    /** @param members in the order in which they were written */
    record Mapping(Place place, Map<String, Member> members) implements Node {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        static Mapping empty(Place place) {
            return new Mapping(place, Map.of());
        }

        @Nullable
        Node get(String key) {
            Member member = members.get(key);
            return member == null ? null : member.value();
        }

        Mapping with(Member member) {
            Map<String, Member> changed = new LinkedHashMap<>(members);
            changed.put(member.key(), member);
            return new Mapping(place, changed);
        }

        /** With a value below; a name on the way to it is the short form of a map, anything else gives way to one. */
        Mapping with(Place written, List<String> path, Node value) {
            String key = path.get(0);
            if (path.size() == 1) {
                return with(new Member(written, key, value));
            }
            Node child = get(key);
            Mapping around = child == null ? empty(written) : child.asMapping(Schema.tagOf(key));
            return with(new Member(written, key, around.with(written, path.subList(1, path.size()), value)));
        }

        Mapping without(String key) {
            Map<String, Member> changed = new LinkedHashMap<>(members);
            changed.remove(key);
            return new Mapping(place, changed);
        }

        /** What a dotted path leads to, null if nothing was written there. */
        @Nullable
        Node find(String path) {
            Node node = this;
            for (String key : path.split("\\.")) {
                node = node instanceof Mapping map ? map.get(key) : null;
            }
            return node;
        }

        /** The place of what a dotted path leads to, or of its nearest ancestor that was written. */
        Place placeOf(String path) {
            Node node = this;
            for (String key : path.split("\\.")) {
                Node next = node instanceof Mapping map ? map.get(key) : null;
                if (next == null) {
                    break;
                }
                node = next;
            }
            return node.place();
        }

        @Override
        public Object plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            members.forEach((key, member) -> plain.put(key, member.value().plain()));
            return plain;
        }

        @Override
        public String described() {
            return "a map";
        }
    }
}
