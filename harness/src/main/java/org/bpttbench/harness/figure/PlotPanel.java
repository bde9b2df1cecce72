package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Series;

/** Draws points, curves and planes: panels with a number in both directions, on the scales of the whole figure. */
final class PlotPanel {
    private static final double HEIGHT = 214;
    private static final double DODGE = 5;

    private final Figure figure;
    private final Panel panel;
    private final Canvas canvas;
    private final Ruler x;
    private final Ruler y;

    /** Where words stand already: from, line, to. */
    private final List<double[]> words = new ArrayList<>();

    private PlotPanel(Figure figure, Panel panel) {
        this.figure = figure;
        this.panel = panel;
        double[] ys = DoubleStream.concat(
                        values(figure, Mark::y),
                        DoubleStream.concat(
                                marks(figure)
                                        .flatMap(mark -> mark.range().stream())
                                        .flatMapToDouble(range -> DoubleStream.of(range.low(), range.high())),
                                figure.panels().stream()
                                        .flatMap(each -> each.guides().stream())
                                        .filter(guide -> !guide.vertical())
                                        .mapToDouble(guide -> guide.at())))
                .toArray();
        double labels = Ruler.of(figure.y(), HEIGHT, 0, ys).labels(5).stream()
                .mapToDouble(label -> Glyphs.width(label.text(), Layout.SMALL))
                .max()
                .orElse(0);
        this.canvas = new Canvas(panel.title(), 28 + labels, HEIGHT);
        this.y = Ruler.of(figure.y(), canvas.bottom - (panel.guides().isEmpty() ? 6 : 16), canvas.top + 4, ys);
        double[] xs = values(figure, Mark::x).toArray();
        Ruler across = Ruler.of(figure.x(), canvas.left + 6, canvas.right - 6, xs);
        this.x = figure.kind() == Kind.POINTS ? across.ticksAt(xs) : across;
    }

    static String draw(Figure figure, Panel panel) {
        return new PlotPanel(figure, panel).drawn();
    }

    private String drawn() {
        canvas.yAxis(y);
        canvas.xAxis(x, figure.x().text());
        canvas.yName(figure.y().text());
        canvas.guides(panel.guides(), x, y);
        if (figure.kind() == Kind.CURVES) {
            panel.series().forEach(this::band);
        }
        // Those that are pointed out come last, over the grey ones.
        int count = panel.series().size();
        for (int i = 0; i < count; i++) {
            series(panel.series().get(i), figure.kind() == Kind.POINTS ? (i - (count - 1) / 2.0) * DODGE : 0);
        }
        return canvas.finished();
    }

    private void series(Series series, double aside) {
        canvas.series(series);
        if (figure.kind() != Kind.PLANE) {
            line(series, aside);
        }
        series.marks().stream().filter(mark -> mark.faded()).forEach(mark -> mark(series, mark, aside));
        series.marks().stream().filter(mark -> !mark.faded()).forEach(mark -> mark(series, mark, aside));
        canvas.svg.close();
    }

    private void line(Series series, double aside) {
        StringBuilder path = new StringBuilder();
        series.marks()
                .forEach(mark -> path.append(path.length() == 0 ? 'M' : 'L')
                        .append(Svg.number(x.place(mark.x()) + aside))
                        .append(' ')
                        .append(Svg.number(y.place(mark.y()))));
        canvas.svg
                .open("path")
                .with("d", path.length() == 0 ? "M0 0" : path.toString())
                .with("fill", "none")
                .with("stroke-width", figure.kind() == Kind.CURVES ? 1.6 : 1);
        String dash = Marker.dash(series.look().shape());
        if (!dash.isEmpty()) {
            canvas.svg.with("stroke-dasharray", dash);
        }
        canvas.svg.close();
    }

    private void band(Series series) {
        List<Mark> around =
                series.marks().stream().filter(mark -> mark.range().isPresent()).toList();
        if (around.size() < 2) {
            return;
        }
        StringBuilder path = new StringBuilder();
        around.forEach(mark -> path.append(path.length() == 0 ? 'M' : 'L')
                .append(at(mark.x(), mark.range().orElseThrow().high())));
        for (int i = around.size() - 1; i >= 0; i--) {
            Mark mark = around.get(i);
            path.append('L').append(at(mark.x(), mark.range().orElseThrow().low()));
        }
        canvas.series(series)
                .open("path")
                .with("class", "band")
                .with("d", path.append('z').toString())
                .with("fill-opacity", "0.13")
                .with("stroke", "none")
                .close()
                .close();
    }

    private String at(double atX, double atY) {
        return Svg.number(x.place(atX)) + ' ' + Svg.number(y.within(atY));
    }

    private void mark(Series series, Mark mark, double aside) {
        double atX = x.place(mark.x()) + aside;
        double atY = y.place(mark.y());
        canvas.mark(figure, series, mark, atX, atY);
        if (figure.kind() != Kind.CURVES) {
            mark.range()
                    .ifPresent(range -> canvas.svg
                            .line(atX, y.within(range.low()), atX, y.within(range.high()))
                            .with("stroke-width", 1.4)
                            .close());
        }
        canvas.point(mark, series.look().shape(), atX, atY, radius(mark));
        canvas.svg.close();
        String said = mark.label().isEmpty() ? mark.note() : mark.label();
        if (!said.isEmpty() && !mark.faded()) {
            beside(mark, atX, atY, said);
        }
    }

    private void beside(Mark mark, double atX, double atY, String said) {
        double off = radius(mark) + 3;
        double wide = Glyphs.width(said, Layout.SMALL);
        boolean room = atX + off + wide < canvas.right + Layout.RIGHT;
        double line =
                free(room ? atX + off : atX - off - wide, figure.kind() == Kind.CURVES ? atY - 5 : atY + 3.5, wide);
        canvas.svg
                .open("text")
                .with("class", "muted")
                .with("fill", Palette.MUTED)
                .with("stroke", "none")
                .with("x", room ? atX + off : atX - off)
                .with("y", line)
                .with("font-size", Layout.SMALL)
                .with("text-anchor", room ? "start" : "end")
                .text(said)
                .close();
    }

    /** Down to where no other word stands. */
    private double free(double from, double line, double wide) {
        double at = line;
        while (taken(from, at, wide)) {
            at += Layout.FONT;
        }
        words.add(new double[] {from, at, from + wide});
        return at;
    }

    private boolean taken(double from, double line, double wide) {
        return words.stream()
                .anyMatch(word ->
                        from < word[2] && from + wide > word[0] && Math.abs(line - word[1]) < Layout.FONT - 0.5);
    }

    private double radius(Mark mark) {
        if (figure.kind() == Kind.CURVES) {
            return 1.9;
        }
        double most =
                values(figure, each -> each.value().orElse(Double.NaN)).max().orElse(Double.NaN);
        double least =
                values(figure, each -> each.value().orElse(Double.NaN)).min().orElse(Double.NaN);
        if (mark.value().isEmpty() || !(most > least)) {
            return 3.6;
        }
        double share = StrictMath.log(Math.max(1, mark.value().getAsDouble()) / Math.max(1, least))
                / StrictMath.log(most / Math.max(1, least));
        return 3 + 4 * share;
    }

    private static Stream<Mark> marks(Figure figure) {
        return figure.panels().stream()
                .flatMap(each -> each.series().stream())
                .flatMap(series -> series.marks().stream());
    }

    private static DoubleStream values(Figure figure, ToDoubleFunction<Mark> value) {
        return marks(figure).mapToDouble(value).filter(Double::isFinite);
    }
}
