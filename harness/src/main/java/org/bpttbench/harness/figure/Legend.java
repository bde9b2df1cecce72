package org.bpttbench.harness.figure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Panel;

/** What looks mean, for figures whose rows do not say. */
final class Legend {
    private static final double LINE = 18;
    private static final double SWATCH = 26;

    private Legend() {}

    /** Empty if the figure needs none. */
    static String draw(Figure figure, double width) {
        if (figure.kind() == Kind.ROWS || figure.kind() == Kind.CELLS) {
            return "";
        }
        Map<String, Look> looks = new LinkedHashMap<>();
        for (Panel panel : figure.panels()) {
            panel.series().stream()
                    .filter(series -> !series.marks().isEmpty())
                    .forEach(series -> looks.putIfAbsent(series.name(), series.look()));
        }
        Svg entries = new Svg();
        double x = 10;
        double y = 12;
        for (Map.Entry<String, Look> entry : looks.entrySet()) {
            String name = Glyphs.fit(entry.getKey(), Layout.FONT, width - SWATCH - 20);
            double wide = SWATCH + Glyphs.width(name, Layout.FONT) + 14;
            if (x > 10 && x + wide > width) {
                x = 10;
                y += LINE;
            }
            entry(entries, figure.kind(), entry.getValue(), name, x, y);
            x += wide;
        }
        double height = y + LINE - 8;
        return new Svg()
                .open("svg")
                .with("class", "legend")
                .with("viewBox", "0 0 " + Svg.number(width) + ' ' + Svg.number(height))
                .with("width", width)
                .with("height", height)
                .raw(entries.finished())
                .close()
                .finished();
    }

    private static void entry(Svg svg, Kind kind, Look look, String name, double x, double y) {
        String colour = Palette.colour(look.colour());
        svg.open("g")
                .with("class", Palette.cssClass(look.colour()))
                .with("fill", colour)
                .with("stroke", colour);
        if (kind != Kind.PLANE) {
            svg.line(x, y - 4, x + 20, y - 4).with("stroke-width", 1.6);
            String dash = Marker.dash(look.shape());
            if (!dash.isEmpty()) {
                svg.with("stroke-dasharray", dash);
            }
            svg.close();
        }
        if (kind != Kind.CURVES) {
            svg.open("path")
                    .with("d", Marker.path(look.shape(), x + 10, y - 4, 3.8))
                    .with("stroke", "none")
                    .close();
        }
        svg.close();
        svg.open("text")
                .with("class", "ink")
                .with("fill", Palette.INK)
                .with("x", x + SWATCH)
                .with("y", y)
                .with("font-size", Layout.FONT)
                .text(name)
                .close();
    }
}
