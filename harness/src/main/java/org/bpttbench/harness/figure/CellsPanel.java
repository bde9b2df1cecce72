package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.report.Digits;
import org.bpttbench.harness.report.Words;

/** Draws cells, the stronger in colour the larger their value; the number stands in them where there is room. */
final class CellsPanel {
    private static final double STRONGEST = 0.62;
    private static final double LINE = 12.5;

    private final Figure figure;
    private final Panel panel;
    private final RowNames names;
    private final List<List<String>> heads;
    private final double head;
    private final double cell;
    private final Canvas canvas;

    private CellsPanel(Figure figure, Panel panel) {
        this.figure = figure;
        this.panel = panel;
        this.names = RowNames.of(figure, panel.rows());
        double left = names.width() + 18;
        this.cell = (Layout.WIDTH - Layout.RIGHT - left)
                / Math.max(1, panel.columns().size());
        this.heads = panel.columns().stream().map(this::head).toList();
        this.head = LINE * heads.stream().mapToInt(List::size).max().orElse(1) + 8;
        this.canvas =
                new Canvas(panel.title(), left, head + height() * panel.rows().size() - Layout.BOTTOM + 26);
    }

    static String draw(Figure figure, Panel panel) {
        return new CellsPanel(figure, panel).drawn();
    }

    private double height() {
        return names.height() + 4;
    }

    private List<String> head(String column) {
        List<String> lines = new ArrayList<>();
        int characters = Math.max(3, (int) (cell / 6.3));
        Words.wrap(column, characters).forEach(line -> lines.add(Glyphs.fit(line, Layout.SMALL, cell - 4)));
        return lines;
    }

    private String drawn() {
        for (int column = 0; column < heads.size(); column++) {
            List<String> lines = heads.get(column);
            for (int i = 0; i < lines.size(); i++) {
                double line = canvas.top + head - 8 - LINE * (lines.size() - 1 - i);
                canvas.number(canvas.left + (column + 0.5) * cell, line, lines.get(i), "middle");
            }
        }
        for (int row = 0; row < panel.rows().size(); row++) {
            names.draw(canvas, panel.rows().get(row), canvas.top + head + (row + 0.5) * height());
        }
        double most = figure.panels().stream()
                .flatMap(each -> each.series().stream())
                .flatMap(series -> series.marks().stream())
                .flatMapToDouble(mark -> mark.value().stream())
                .max()
                .orElse(1);
        panel.series().forEach(series -> series.marks().forEach(mark -> mark(series, mark, most)));
        return canvas.finished();
    }

    private void mark(Series series, Mark mark, double most) {
        double value = mark.value().orElse(0);
        double x = canvas.left + mark.x() * cell;
        double y = canvas.top + head + mark.y() * height();
        canvas.svg.open("g").with("class", "mark").element("title", Hover.text(figure, series, mark));
        canvas.svg
                .open("rect")
                .with("class", "heat")
                .with("fill", Palette.HEAT)
                .with("fill-opacity", opacity(value / (most > 0 ? most : 1)))
                .with("stroke", Palette.GRID)
                .with("x", x + 1)
                .with("y", y + 1)
                .with("width", cell - 2)
                .with("height", height() - 2)
                .with("rx", 2)
                .close();
        String text = Digits.of(value, 2);
        if (Glyphs.width(text, Layout.SMALL) < cell - 6) {
            canvas.label(x + cell / 2, y + height() / 2 + 3.8, text, "middle", Layout.SMALL, Palette.INK, "");
        }
        canvas.svg.close();
    }

    private static String opacity(double share) {
        return Double.toString(Math.round(STRONGEST * Math.max(0, share) * 100) / 100.0);
    }
}
