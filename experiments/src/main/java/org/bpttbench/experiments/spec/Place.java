package org.bpttbench.experiments.spec;

import java.util.Comparator;

/**
 * Where something was written.
 *
 * @param file the sweep file as it was named, or {@code override} for the arguments of a command
 * @param line counted from 1; of an override, its number
 * @param column in code points, counted from 1
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
    /** The {@link #file()} of an override. */
    public static final String OVERRIDE = "override";

    private static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> place.file.equals(OVERRIDE))
            .thenComparing(Place::file)
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ':' + line + ':' + column;
    }
}
