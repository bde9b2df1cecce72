package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.report.Digits;

/** What a mark says to who points at it. */
final class Hover {
    private static final int DIGITS = 4;

    private Hover() {}

    static String text(Figure figure, Series series, Mark mark) {
        List<String> parts = new ArrayList<>();
        parts.add(mark.name().isEmpty() ? series.name() : mark.name());
        boolean rows = figure.kind() == Kind.ROWS;
        axis(figure.x(), mark.x(), rows ? interval(mark) : "", parts);
        axis(figure.y(), mark.y(), rows || figure.kind() == Kind.CELLS ? "" : interval(mark), parts);
        figure.value()
                .ifPresent(value -> mark.value()
                        .ifPresent(
                                third -> axis(value, third, figure.kind() == Kind.CELLS ? interval(mark) : "", parts)));
        if (!mark.details().isEmpty()) {
            parts.add(mark.details());
        }
        if (!mark.note().isEmpty()) {
            parts.add(mark.note());
        }
        return String.join("\n", parts);
    }

    private static void axis(Axis axis, double value, String interval, List<String> parts) {
        if (axis.scale() != Scale.ORDINAL && !Double.isNaN(value)) {
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
            String number = whole ? Long.toString((long) value) : Digits.of(value, DIGITS);
            parts.add(axis.label() + ": " + number + interval);
        }
    }

    private static String interval(Mark mark) {
        return mark.range()
                .map(range -> " (" + Digits.interval(range, DIGITS) + ")")
                .orElse("");
    }
}
