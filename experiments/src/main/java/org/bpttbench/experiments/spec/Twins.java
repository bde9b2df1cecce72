package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.List;

/** Says of two settings that came out alike where each was written. */
final class Twins {
    private Twins() {}

    /** The places of a setting's values, then of the choices that made it. */
    static List<Place> origin(Node.Mapping source, List<Choice> choices) {
        List<Place> places = new ArrayList<>();
        leaves(source, places);
        choices.forEach(choice -> places.add(choice.place()));
        return places;
    }

    static void report(List<Place> first, List<Place> second, Problems problems) {
        int last = Math.min(first.size(), second.size()) - 1;
        int at = 0;
        while (at < last && first.get(at).equals(second.get(at))) {
            at++;
        }
        problems.error(second.get(at), "the same setting as with the value at " + first.get(at));
    }

    /** How many values there are in a tree. */
    static long size(Node node) {
        if (node instanceof Node.Mapping map) {
            return map.members().values().stream()
                    .mapToLong(member -> size(member.value()))
                    .sum();
        }
        return node instanceof Node.Sequence list
                ? list.items().stream().mapToLong(Twins::size).sum()
                : 1;
    }

    private static void leaves(Node node, List<Place> into) {
        if (node instanceof Node.Mapping map && !map.members().isEmpty()) {
            map.members().values().forEach(member -> leaves(member.value(), into));
        } else if (node instanceof Node.Sequence list && !list.items().isEmpty()) {
            list.items().forEach(item -> leaves(item, into));
        } else {
            into.add(node.place());
        }
    }
}
