package org.bpttbench.harness.figure;

import java.util.stream.DoubleStream;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Series;

/** Draws a row for every setting: a point, its interval, and where there is one a box between. */
final class RowsPanel {
    private final Figure figure;
    private final Panel panel;
    private final RowNames names;
    private final Canvas canvas;
    private final Ruler x;

    private RowsPanel(Figure figure, Panel panel) {
        this.figure = figure;
        this.panel = panel;
        this.names = RowNames.of(figure, panel.rows());
        this.canvas = new Canvas(
                panel.title(), names.width() + 18, names.height() * panel.rows().size() + 14);
        double[] xs = figure.panels().stream()
                .flatMap(each -> DoubleStream.concat(
                                each.series().stream()
                                        .flatMap(series -> series.marks().stream())
                                        .flatMapToDouble(RowsPanel::xs),
                                each.guides().stream().mapToDouble(guide -> guide.at()))
                        .boxed())
                .mapToDouble(Double::doubleValue)
                .toArray();
        this.x = Ruler.of(figure.x(), canvas.left + 8, canvas.right - 8, xs);
    }

    private static DoubleStream xs(Mark mark) {
        return DoubleStream.concat(
                DoubleStream.of(mark.x()),
                mark.range().stream().flatMapToDouble(range -> DoubleStream.of(range.low(), range.high())));
    }

    static String draw(Figure figure, Panel panel) {
        return new RowsPanel(figure, panel).drawn();
    }

    private String drawn() {
        canvas.xAxis(x, figure.x().text());
        canvas.guides(panel.guides(), x, x);
        for (int row = 0; row < panel.rows().size(); row++) {
            names.draw(canvas, panel.rows().get(row), middle(row));
        }
        for (Series series : panel.series()) {
            canvas.series(series);
            series.marks().forEach(mark -> mark(series, mark));
            canvas.svg.close();
        }
        return canvas.finished();
    }

    private double middle(double row) {
        return canvas.top + 14 + names.height() * (row + 0.5);
    }

    private void mark(Series series, Mark mark) {
        double at = middle(mark.y());
        if (Double.isNaN(mark.x())) {
            note(mark, canvas.left + 8, at, "start");
            return;
        }
        canvas.mark(figure, series, mark, x.place(mark.x()), at);
        mark.range()
                .ifPresent(range -> canvas.svg
                        .line(x.within(range.low()), at, x.within(range.high()), at)
                        .with("stroke-width", 1.4)
                        .close());
        mark.box()
                .ifPresent(box -> canvas.svg
                        .line(x.within(box.low()), at, x.within(box.high()), at)
                        .with("stroke-width", 5)
                        .with("stroke-opacity", "0.45")
                        .close());
        canvas.point(mark, series.look().shape(), x.place(mark.x()), at, 3.6);
        canvas.svg.close();
        if (!mark.note().isEmpty()) {
            boolean left = x.place(mark.x()) > (canvas.left + canvas.right) / 2;
            double end = mark.range()
                    .map(range -> x.within(left ? range.low() : range.high()))
                    .orElse(x.place(mark.x()));
            note(mark, left ? end - 8 : end + 8, at, left ? "end" : "start");
        }
    }

    private void note(Mark mark, double at, double row, String anchor) {
        canvas.svg
                .open("text")
                .with("class", "muted")
                .with("fill", Palette.MUTED)
                .with("stroke", "none")
                .with("x", at)
                .with("y", row + 3.8)
                .with("font-size", Layout.SMALL)
                .with("font-style", "italic")
                .with("text-anchor", anchor)
                .text(mark.note())
                .close();
    }
}
