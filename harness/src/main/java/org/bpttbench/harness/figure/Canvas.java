package org.bpttbench.harness.figure;

import java.util.List;
import org.bpttbench.harness.figure.Figure.Guide;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Series;

/** The frame of a panel and the ways of drawing that all panels share. */
final class Canvas {
    final Svg svg = new Svg();
    final double left;
    final double top;
    final double right = Layout.WIDTH - Layout.RIGHT;
    final double bottom;

    /** @param height of what is plotted */
    Canvas(String title, double left, double height) {
        this.left = left;
        this.top = title.isEmpty() ? 12 : Layout.TITLE + 6;
        this.bottom = top + height;
        svg.open("svg")
                .with("class", "panel")
                .with("viewBox", "0 0 " + Svg.number(Layout.WIDTH) + ' ' + Svg.number(bottom + Layout.BOTTOM))
                .with("width", Layout.WIDTH)
                .with("height", bottom + Layout.BOTTOM);
        if (!title.isEmpty()) {
            double size = Layout.FONT + 0.5;
            label(10, 16, Glyphs.fit(title, size, Layout.WIDTH - 20), "start", size, Palette.INK, "bold");
        }
    }

    String finished() {
        return svg.close().finished();
    }

    /** Lines, numbers and the name of the axis below. */
    void xAxis(Ruler ruler, String name) {
        svg.open("g").with("class", "grid").with("stroke", Palette.GRID);
        ruler.ticks(5)
                .forEach(tick -> svg.line(ruler.place(tick), top, ruler.place(tick), bottom)
                        .close());
        svg.close();
        baseline(left, bottom, ruler.hasZero() ? ruler.gap() - 5 : right, bottom);
        if (ruler.hasZero()) {
            baseline(ruler.gap() - 1, bottom, right, bottom);
        }
        double free = -1e9;
        for (Ruler.Label tick : ruler.labels(5)) {
            double half = Glyphs.width(tick.text(), Layout.SMALL) / 2;
            if (tick.place() - half > free) {
                number(tick.place(), bottom + 15, tick.text(), "middle");
                free = tick.place() + half + 3;
            }
        }
        label((left + right) / 2, bottom + 33, name, "middle", Layout.FONT, Palette.INK, "");
    }

    /** Lines and numbers on the left; the name of the axis stands over them, where it can be read. */
    void yAxis(Ruler ruler) {
        svg.open("g").with("class", "grid").with("stroke", Palette.GRID);
        ruler.ticks(5)
                .forEach(tick -> svg.line(left, ruler.place(tick), right, ruler.place(tick))
                        .close());
        svg.close();
        baseline(left, top, left, ruler.hasZero() ? ruler.gap() + 1 : bottom);
        if (ruler.hasZero()) {
            baseline(left, ruler.gap() + 5, left, bottom);
        }
        ruler.labels(5).forEach(tick -> number(left - 6, tick.place() + 3.8, tick.text(), "end"));
    }

    void yName(String name) {
        double middle = (top + bottom) / 2;
        svg.open("text")
                .with("class", "ink")
                .with("fill", Palette.INK)
                .with("font-size", Layout.FONT)
                .with("text-anchor", "middle")
                .with("transform", "translate(13 " + Svg.number(middle) + ") rotate(-90)")
                .text(Glyphs.fit(name, Layout.FONT, bottom - top + 30))
                .close();
    }

    void guides(List<Guide> guides, Ruler x, Ruler y) {
        for (Guide guide : guides) {
            if (guide.name().isEmpty()) {
                continue;
            }
            double at = guide.vertical() ? x.within(guide.at()) : y.within(guide.at());
            (guide.vertical() ? svg.line(at, top, at, bottom) : svg.line(left, at, right, at))
                    .with("class", "guide")
                    .with("stroke", Palette.MUTED)
                    .with("stroke-dasharray", "3 3")
                    .close();
            if (guide.vertical()) {
                boolean room = right - at > 84;
                label(
                        room ? at + 4 : at - 4,
                        top + 9,
                        guide.name(),
                        room ? "start" : "end",
                        Layout.SMALL,
                        Palette.MUTED,
                        "");
            } else {
                label(
                        (left + right) / 2,
                        at + 14 < bottom + 4 ? at + 12 : at - 4,
                        guide.name(),
                        "middle",
                        Layout.SMALL,
                        Palette.MUTED,
                        "");
            }
        }
    }

    private void baseline(double x1, double y1, double x2, double y2) {
        svg.line(x1, y1, x2, y2)
                .with("class", "axis")
                .with("stroke", Palette.AXIS)
                .close();
    }

    void number(double x, double y, String text, String anchor) {
        label(x, y, text, anchor, Layout.SMALL, Palette.MUTED, "");
    }

    void label(double x, double y, String text, String anchor, double size, String colour, String weight) {
        svg.open("text")
                .with("class", colour.equals(Palette.INK) ? "ink" : "muted")
                .with("fill", colour)
                .with("x", x)
                .with("y", y)
                .with("font-size", size);
        if (!anchor.equals("start")) {
            svg.with("text-anchor", anchor);
        }
        if (!weight.isEmpty()) {
            svg.with("font-weight", weight);
        }
        svg.text(text).close();
    }

    /** All that is drawn until it is closed has the series' colour. */
    Svg series(Series series) {
        String colour = Palette.colour(series.look().colour());
        return svg.open("g")
                .with("class", Palette.cssClass(series.look().colour()))
                .with("fill", colour)
                .with("stroke", colour);
    }

    /** Opens the group of one mark, with its text and something larger than itself to point at. */
    void mark(Figure figure, Series series, Mark mark, double x, double y) {
        svg.open("g").with("class", mark.faded() ? "mark faded" : "mark");
        if (mark.faded()) {
            svg.with("fill", Palette.FADED);
        }
        svg.element("title", Hover.text(figure, series, mark));
        svg.open("circle")
                .with("cx", x)
                .with("cy", y)
                .with("r", 8)
                .with("fill", "none")
                .with("stroke", "none")
                .with("pointer-events", "all")
                .close();
    }

    /** An outline, if the mark is hollow. */
    void point(Mark mark, int shape, double x, double y, double radius) {
        if (Marker.isRound(shape)) {
            svg.open("circle").with("cx", x).with("cy", y).with("r", radius);
        } else {
            svg.open("path").with("d", Marker.path(shape, x, y, radius));
        }
        if (mark.hollow()) {
            svg.with("fill", "none").with("stroke-width", 1.4);
        }
        svg.close();
    }
}
