package org.bpttbench.experiments.spec;

import java.util.Map;
import java.util.OptionalDouble;
import org.bpttbench.core.catalog.Arguments;

/**
 * What becomes of a number that was computed where it is written, be it a journal, a table, a page or JSON: one that is finite
 * stands there with all its digits, any other is left out, as if it had never been asked for. Nobody else decides this, so
 * that no figure of one run, whatever it came to, keeps a file or a record from being written.
 */
public final class Finite {
    private Finite() {}

    /** In the shortest form that reads back as the same number, whatever the JDK; empty for a number that is not finite. */
    public static String text(double number) {
        return Double.isFinite(number) ? Json.write(number) : "";
    }

    /** Adds the entry of a tree of {@link Json}; none for a number that is not finite. */
    public static void put(Map<String, Object> tree, String name, double number) {
        if (Double.isFinite(number)) {
            tree.put(name, number);
        }
    }

    /** The entry that {@link #put} added; NaN where it added none. */
    public static double read(Arguments tree, String name) {
        return tree.has(name) ? tree.real(name) : Double.NaN;
    }

    /** The number, if it is one that can be written. */
    public static OptionalDouble of(double number) {
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
