package org.bpttbench.experiments.spec;

import java.util.Comparator;

/** Something about a sweep file that its author should know, and where. */
public record Problem(Place place, String message) implements Comparable<Problem> {
    @Override
    public int compareTo(Problem other) {
        return Comparator.comparing(Problem::place)
                .thenComparing(Problem::message)
                .compare(this, other);
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
