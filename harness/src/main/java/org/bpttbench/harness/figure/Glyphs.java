package org.bpttbench.harness.figure;

/**
 * How wide a text will be, without asking the machine for its fonts: a page must come out with the same bytes everywhere,
 * and on a machine that has no font at all. Helvetica's widths, with room for wider faces.
 */
final class Glyphs {
    /** Of the characters from space to tilde, in thousandths of the font's size: Adobe's metrics of Helvetica. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584
    };

    private static final double WIDER_FACES = 1.12;

    private Glyphs() {}

    static double width(String text, double size) {
        double thousandths = text.codePoints()
                .map(point -> point >= ' ' && point <= '~' ? WIDTHS[point - ' '] : 600)
                .sum();
        return thousandths / 1000.0 * size * WIDER_FACES;
    }

    /** As much of the text as fits, an ellipsis telling of the rest. */
    static String fit(String text, double size, double room) {
        if (width(text, size) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 1 && width(text.substring(0, end) + "…", size) > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + "…";
    }
}
