package org.bpttbench.harness.figure;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.report.CsvText;

/**
 * The marks of a figure, a row each: {@code panel, series, setting, name}, the axes by their keys, the limits of the range
 * and of the box where there are any, and {@code note}. Numbers as in the other CSV files.
 */
public final class FigureCsv {
    private final Figure figure;
    private final boolean ranges;
    private final boolean boxes;
    private final boolean names;

    private FigureCsv(Figure figure) {
        this.figure = figure;
        this.ranges = any(mark -> mark.range().isPresent());
        this.boxes = any(mark -> mark.box().isPresent());
        this.names = any(mark -> !mark.name().isEmpty());
    }

    public static String of(Figure figure) {
        FigureCsv csv = new FigureCsv(figure);
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(csv.header());
            figure.panels()
                    .forEach(panel -> panel.series()
                            .forEach(series ->
                                    series.marks().forEach(mark -> writer.writeRecord(csv.row(panel, series, mark)))));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private boolean any(Predicate<Mark> test) {
        return figure.panels().stream()
                .flatMap(panel -> panel.series().stream())
                .flatMap(series -> series.marks().stream())
                .anyMatch(test);
    }

    private Axis ranged() {
        return figure.kind() == Figure.Kind.ROWS ? figure.x() : figure.y();
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("panel", "series", "setting"));
        if (names) {
            header.add("name");
        }
        header.add(figure.x().key());
        header.add(figure.y().key());
        if (ranges) {
            header.addAll(List.of(ranged().key() + "_low", ranged().key() + "_high"));
        }
        if (boxes) {
            header.addAll(List.of(ranged().key() + "_box_low", ranged().key() + "_box_high"));
        }
        figure.value().ifPresent(value -> header.add(value.key()));
        header.add("note");
        return header;
    }

    private List<String> row(Panel panel, Series series, Mark mark) {
        List<String> row = new ArrayList<>(List.of(panel.title(), series.name(), mark.setting()));
        if (names) {
            row.add(mark.name());
        }
        row.add(place(figure.x(), mark.x(), panel.columns()));
        row.add(place(figure.y(), mark.y(), panel.rows()));
        if (ranges) {
            limits(mark.range(), row);
        }
        if (boxes) {
            limits(mark.box(), row);
        }
        if (figure.value().isPresent()) {
            row.add(mark.value().isPresent() ? Finite.text(mark.value().getAsDouble()) : "");
        }
        row.add(mark.note());
        return row.stream().map(CsvText::harmless).toList();
    }

    private static String place(Axis axis, double at, List<String> names) {
        return axis.scale() == Figure.Scale.ORDINAL ? names.get((int) at) : Finite.text(at);
    }

    private static void limits(Optional<Interval> range, List<String> row) {
        row.add(range.map(limits -> Finite.text(limits.low())).orElse(""));
        row.add(range.map(limits -> Finite.text(limits.high())).orElse(""));
    }
}
