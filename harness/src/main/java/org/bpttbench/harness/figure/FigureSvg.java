package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.harness.figure.Figure.Panel;

/**
 * Draws figures. Panels are drawings of their own, of the width of a small screen: a page lets them flow, a file puts them
 * on a grid below the legend.
 */
public final class FigureSvg {
    static final String FONTS = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";
    private static final int MOST_COLUMNS = 3;

    private FigureSvg() {}

    /** The legend for a page; empty if the figure needs none. */
    public static String legend(Figure figure) {
        return Legend.draw(figure, Layout.WIDTH);
    }

    /** A drawing for each panel. */
    public static List<String> panels(Figure figure) {
        return figure.panels().stream().map(panel -> draw(figure, panel)).toList();
    }

    private static String draw(Figure figure, Panel panel) {
        return switch (figure.kind()) {
            case POINTS, CURVES, PLANE -> PlotPanel.draw(figure, panel);
            case ROWS -> RowsPanel.draw(figure, panel);
            case CELLS -> CellsPanel.draw(figure, panel);
        };
    }

    /** The whole figure as a file of its own, on white paper. */
    public static String file(Figure figure) {
        List<String> panels = panels(figure);
        int columns = columns(panels.size());
        double width = columns * Layout.WIDTH;
        List<String> placed = new ArrayList<>();
        String legend = Legend.draw(figure, width);
        double top = 0;
        if (!legend.isEmpty()) {
            placed.add(legend);
            top = height(legend);
        }
        for (int first = 0; first < panels.size(); first += columns) {
            List<String> line = panels.subList(first, Math.min(panels.size(), first + columns));
            for (int i = 0; i < line.size(); i++) {
                placed.add(at(line.get(i), i * Layout.WIDTH, top));
            }
            top += line.stream().mapToDouble(FigureSvg::height).max().orElse(0);
        }
        Svg svg = new Svg()
                .open("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + Svg.number(width) + ' ' + Svg.number(top))
                .with("width", width)
                .with("height", top)
                .with("font-family", FONTS);
        svg.element("title", figure.title()).element("desc", figure.caption());
        svg.open("rect")
                .with("width", width)
                .with("height", top)
                .with("fill", Palette.PAPER)
                .close();
        placed.forEach(svg::raw);
        return svg.close().finished() + '\n';
    }

    private static int columns(int panels) {
        return panels == 4 ? 2 : Math.min(MOST_COLUMNS, panels);
    }

    private static String at(String drawn, double x, double y) {
        return drawn.replaceFirst("<svg ", "<svg x=\"" + Svg.number(x) + "\" y=\"" + Svg.number(y) + "\" ");
    }

    private static double height(String drawn) {
        int start = drawn.indexOf("height=\"") + "height=\"".length();
        return Double.parseDouble(drawn.substring(start, drawn.indexOf('"', start)));
    }
}
