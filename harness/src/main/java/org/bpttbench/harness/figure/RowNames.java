package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Names on the left of rows, on one line or two.
 *
 * @param width that they take
 * @param height of a row
 */
record RowNames(double width, double height) {
    private static final double ONE = 21;
    private static final double TWO = 31;

    /** The same for all panels of a figure, so that they stand below each other. */
    static RowNames of(Figure figure, List<String> own) {
        List<String> all =
                figure.panels().stream().flatMap(panel -> panel.rows().stream()).toList();
        double widest = 0;
        boolean two = false;
        for (String name : all) {
            List<String> lines = lines(name);
            two |= lines.size() > 1 && own.contains(name);
            for (String line : lines) {
                widest = Math.max(widest, Glyphs.width(line, Layout.FONT));
            }
        }
        return new RowNames(widest, two ? TWO : ONE);
    }

    void draw(Canvas canvas, String name, double middle) {
        List<String> lines = lines(name);
        double first = middle + 3.9 - (lines.size() - 1) * 6.5;
        for (int i = 0; i < lines.size(); i++) {
            canvas.label(canvas.left - 8, first + 13 * i, lines.get(i), "end", Layout.FONT, Palette.INK, "");
        }
    }

    /** Broken at a comma or a space if it must be; what does not fit two lines is cut. */
    static List<String> lines(String name) {
        if (Glyphs.width(name, Layout.FONT) <= Layout.MOST_FOR_NAMES) {
            return List.of(name);
        }
        int space = -1;
        int comma = -1;
        for (int i = 1; i < name.length(); i++) {
            if (name.charAt(i) == ' ' && Glyphs.width(name.substring(0, i), Layout.FONT) <= Layout.MOST_FOR_NAMES) {
                space = i;
                comma = name.charAt(i - 1) == ',' ? i : comma;
            }
        }
        int at = comma > 0 ? comma : space;
        List<String> lines = new ArrayList<>();
        String rest = name;
        if (at > 0) {
            lines.add(name.substring(0, at));
            rest = name.substring(at + 1);
        }
        lines.add(Glyphs.fit(rest, Layout.FONT, Layout.MOST_FOR_NAMES));
        return lines;
    }
}
