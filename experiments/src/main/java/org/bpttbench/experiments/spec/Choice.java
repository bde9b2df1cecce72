package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One position of an axis: what it writes into a setting.
 *
 * @param place where it stands in the file
 */
record Choice(Place place, List<Assignment> assignments) {
    /** A value for a dotted path; {@code place} is that of the path. */
    record Assignment(Place place, String path, Node value) {}

    Choice {
        assignments = List.copyOf(assignments);
    }

    /** Writes all choices into the base, the shorter paths first, so that a longer one refines what they have set. */
    static Node.Mapping apply(Node.Mapping base, List<Choice> choices) {
        List<Assignment> all = new ArrayList<>();
        choices.forEach(choice -> all.addAll(choice.assignments));
        all.sort(Comparator.comparingInt(assignment -> assignment.path().split("\\.").length));
        Node.Mapping tree = base;
        for (Assignment assignment : all) {
            tree = tree.with(assignment.place(), List.of(assignment.path().split("\\.")), assignment.value());
        }
        return tree;
    }
}
