package org.bpttbench.harness.figure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.harness.inference.Interval;

/**
 * What a figure shows, before it is drawn: pure data, the same for the page, for files and for its CSV. Immutable.
 *
 * @param name of its files: {@code [a-z0-9-]+}
 * @param title one line
 * @param caption what marks and intervals mean
 * @param value what a mark has besides its place, where it has: the colour of a cell, the size of a point
 * @param panels small multiples, side by side
 */
public record Figure(
        String name,
        String title,
        String caption,
        Kind kind,
        Axis x,
        Axis y,
        Optional<Axis> value,
        List<Panel> panels) {

    /** How marks are drawn. */
    public enum Kind {
        /** Points with intervals up and down, joined within a series. */
        POINTS,
        /** Lines, their intervals as bands. */
        CURVES,
        /** A row a setting, intervals to the left and right. */
        ROWS,
        /** Points on a plane, their size a third figure. */
        PLANE,
        /** Coloured cells. */
        CELLS
    }

    /**
     * What is measured along one direction.
     *
     * @param key name of its column in the figure's CSV
     * @param label in words
     * @param unit empty for a pure number
     */
    public record Axis(String key, String label, String unit, Scale scale) {
        /** Label and unit. */
        public String text() {
            return unit.isEmpty() ? label : label + " (" + unit + ")";
        }
    }

    /** How numbers become places. */
    public enum Scale {
        LINEAR,
        /** Of positive numbers. */
        LOG,
        /** Logarithmic, with a place apart for what is 0 or less. */
        LOG_AND_ZERO,
        /** Whole numbers that stand for the panel's rows or columns. */
        ORDINAL
    }

    /**
     * One of the small multiples.
     *
     * @param title what tells it from the others; empty if it is the only one
     * @param rows their names from the top, where y is ordinal
     * @param columns their names from the left, where x is ordinal
     * @param guides lines to compare with
     */
    public record Panel(
            String title, List<Series> series, List<String> rows, List<String> columns, List<Guide> guides) {
        public Panel {
            series = List.copyOf(series);
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            guides = List.copyOf(guides);
        }

        private Panel inRange(Kind kind) {
            List<Series> inside = series.stream()
                    .map(each -> new Series(
                            each.name,
                            each.look,
                            each.marks.stream().map(mark -> mark.inRange(kind)).toList()))
                    .toList();
            return new Panel(title, inside, rows, columns, guides);
        }

        static Panel of(String title, List<Series> series, List<Guide> guides) {
            return new Panel(title, series, List.of(), List.of(), guides);
        }
    }

    /** Marks of one look. */
    public record Series(String name, Look look, List<Mark> marks) {
        public Series {
            marks = List.copyOf(marks);
        }
    }

    /**
     * One point, row or cell.
     *
     * @param setting its id
     * @param name of the setting, in words
     * @param x NaN if there is no figure to show; {@code note} says why
     * @param y as well; neither is infinite
     * @param range 95 % interval or band, along y, but along x in rows and of the value in cells; finite
     * @param box a narrower range inside of it
     * @param value see {@link Figure#value}
     * @param faded drawn grey: others are better in everything
     * @param hollow drawn as an outline: an interval is missing
     * @param details further figures, for who points at it
     * @param label a word beside it, empty if none
     * @param note what must be known of it, empty if nothing
     */
    public record Mark(
            String setting,
            String name,
            double x,
            double y,
            Optional<Interval> range,
            Optional<Interval> box,
            OptionalDouble value,
            boolean faded,
            boolean hollow,
            String details,
            String label,
            String note) {

        public Mark {
            x = Double.isFinite(x) ? x : Double.NaN;
            y = Double.isFinite(y) ? y : Double.NaN;
            range = range.filter(Mark::isFinite);
            box = box.filter(Mark::isFinite);
            value = value.isPresent() ? Finite.of(value.getAsDouble()) : value;
        }

        private static boolean isFinite(Interval limits) {
            return Double.isFinite(limits.low()) && Double.isFinite(limits.high());
        }

        static Mark at(String setting, String name, double x, double y) {
            return new Mark(
                    setting,
                    name,
                    x,
                    y,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    false,
                    false,
                    "",
                    "",
                    "");
        }

        Mark range(Optional<Interval> around) {
            return new Mark(setting, name, x, y, around, box, value, faded, hollow, details, label, note);
        }

        Mark box(Interval inner) {
            return new Mark(setting, name, x, y, range, Optional.of(inner), value, faded, hollow, details, label, note);
        }

        Mark value(double third) {
            return new Mark(
                    setting, name, x, y, range, box, OptionalDouble.of(third), faded, hollow, details, label, note);
        }

        Mark fade(boolean grey) {
            return new Mark(setting, name, x, y, range, box, value, grey, hollow, details, label, note);
        }

        Mark hollow(boolean outline) {
            return new Mark(setting, name, x, y, range, box, value, faded, outline, details, label, note);
        }

        /** The same with its figure inside its range, should an estimate and its interval have come out apart. */
        private Mark inRange(Kind kind) {
            return switch (kind) {
                case ROWS ->
                    new Mark(setting, name, inRange(x), y, range, box, value, faded, hollow, details, label, note);
                case CELLS -> value.isPresent() ? value(inRange(value.getAsDouble())) : this;
                case POINTS, CURVES, PLANE ->
                    new Mark(setting, name, x, inRange(y), range, box, value, faded, hollow, details, label, note);
            };
        }

        private double inRange(double figure) {
            return range.map(limits -> Math.max(limits.low(), Math.min(limits.high(), figure)))
                    .orElse(figure);
        }

        Mark details(String further) {
            return new Mark(setting, name, x, y, range, box, value, faded, hollow, further, label, note);
        }

        Mark label(String word) {
            return new Mark(setting, name, x, y, range, box, value, faded, hollow, details, word, note);
        }

        Mark note(String said) {
            return new Mark(setting, name, x, y, range, box, value, faded, hollow, details, label, said);
        }
    }

    /**
     * A line to compare with, across the panel.
     *
     * @param vertical at an x, else at a y
     */
    public record Guide(String name, double at, boolean vertical) {}

    public Figure {
        panels = panels.stream().map(panel -> panel.inRange(kind)).toList();
    }

    /** Marks with a place. */
    public long marks() {
        return panels.stream()
                .flatMap(panel -> panel.series().stream())
                .flatMap(series -> series.marks().stream())
                .filter(mark -> !Double.isNaN(mark.x()) && !Double.isNaN(mark.y()))
                .count();
    }
}
