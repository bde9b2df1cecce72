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

    /**
     * The place of a character of the text that starts here.
     *
     * @param inLine line in that text, counted from 1; an override stays the argument that it is, however many lines it has
     */
    Place of(int inLine, int inColumn) {
        int later = file.equals(OVERRIDE) ? line : line + inLine - 1;
        return new Place(file, later, inLine == 1 ? column + inColumn - 1 : inColumn);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ':' + line + ':' + column;
    }
}
