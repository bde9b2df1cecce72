package org.bpttbench.harness.figure;

import java.util.List;

/**
 * Colours that differ for all common kinds of colour blindness (Okabe and Ito, "Color universal design", 2008), yellow left
 * out, which is lost on white. A drawing carries those for white paper as attributes, and for each the class by which a
 * page may give it another.
 */
final class Palette {
    /** Ink, then one by one. */
    private static final List<String> SERIES =
            List.of("#333333", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#b07d00", "#56b4e9");

    static final String INK = "#222222";
    static final String MUTED = "#595959";
    static final String GRID = "#e3e3e3";
    static final String AXIS = "#8a8a8a";
    static final String FADED = "#b5b5b5";
    static final String PAPER = "#ffffff";
    static final String HEAT = "#d55e00";

    private Palette() {}

    static String colour(int index) {
        return SERIES.get(wrapped(index));
    }

    static String cssClass(int index) {
        return "c" + wrapped(index);
    }

    private static int wrapped(int index) {
        return index < SERIES.size() ? index : 1 + (index - 1) % (SERIES.size() - 1);
    }
}
