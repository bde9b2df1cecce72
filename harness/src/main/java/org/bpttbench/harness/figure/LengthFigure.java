package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Guide;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.SegmentLength;
import org.bpttbench.harness.stats.SettingRuns;

/** A quantity against the mean segment length, where the sweep varies it; of an estimator without cuts as a line across. */
enum LengthFigure implements FigureMaker {
    BIAS("bias-length", "Bias of the gradient against mean segment length") {
        @Override
        Axis y() {
            return new Axis("relative_bias", "relative bias", "of ‖g‖", Scale.LINEAR);
        }

        @Override
        String caption() {
            return "Distance of the mean estimate from the exact gradient g, in units of its length, chance taken off:"
                    + " 0 where nothing rises above chance. " + View.INTERVALS;
        }

        @Override
        Map<String, List<Point>> points(View view) {
            return bias(view, View::bias, View::range);
        }

        @Override
        List<Guide> guides() {
            return List.of(new Guide("exact gradient", 0, false));
        }
    },
    PROJECTION("projection-length", "Component along the exact gradient against mean segment length") {
        @Override
        Axis y() {
            return new Axis("projection", "component along g", "of ‖g‖", Scale.LINEAR);
        }

        @Override
        String caption() {
            return "Component of the mean estimate along the exact gradient g: 1 is right, below 0 is the wrong way. "
                    + View.INTERVALS;
        }

        @Override
        Map<String, List<Point>> points(View view) {
            return bias(view, result -> View.estimate(result).projection(), BiasResult::projection);
        }

        @Override
        List<Guide> guides() {
            return List.of(new Guide("exact gradient", 1, false));
        }
    },
    TIME("time-length", "Training time against mean segment length") {
        @Override
        Axis y() {
            return new Axis("nanos_per_step", "wall time per step", "ns", Scale.LINEAR);
        }

        @Override
        String caption() {
            return "Wall time of training per time step of all lanes, median over replicates, on the machine named"
                    + " below, with as many runs at a time as it says: an indication, not a benchmark.";
        }

        @Override
        Map<String, List<Point>> points(View view) {
            List<Point> points = new ArrayList<>();
            for (SettingRuns runs : view.results().settings()) {
                view.results().nanosPerStep(runs).ifPresent(nanos -> points.add(Point.of(runs.setting(), nanos)));
            }
            return View.grouped(points, point -> view.names().rest(point.setting));
        }
    },
    MEMORY("memory-length", "Steps kept on the tape against mean segment length") {
        @Override
        Axis y() {
            return new Axis("peak_tape_steps", "steps kept at once", "steps", Scale.LOG);
        }

        @Override
        String caption() {
            return "The most time steps that a draw of the measurement kept on the tape, largest over replicates and"
                    + " checkpoints.";
        }

        @Override
        Map<String, List<Point>> points(View view) {
            Map<Setting, Long> largest = new LinkedHashMap<>();
            view.results().bias().stream()
                    .filter(result -> !result.measured().isEmpty())
                    .forEach(result -> largest.merge(
                            result.setting(), (long) result.largest(walk -> walk.tapeSteps()), Math::max));
            List<Point> points = new ArrayList<>();
            largest.forEach((setting, steps) -> points.add(Point.of(setting, steps)));
            return View.grouped(points, point -> view.names().rest(point.setting));
        }
    };

    private final String file;
    private final String title;

    LengthFigure(String file, String title) {
        this.file = file;
        this.title = title;
    }

    abstract Axis y();

    abstract String caption();

    /** By panel. */
    abstract Map<String, List<Point>> points(View view);

    List<Guide> guides() {
        return List.of();
    }

    /**
     * @param range empty where the value is free of chance, or hollow
     * @param hollow whether an interval is missing
     */
    record Point(Setting setting, double value, Optional<Interval> range, boolean hollow, String details) {
        private static Point of(Setting setting, double value) {
            return new Point(setting, value, Optional.empty(), false, "");
        }

        OptionalDouble length() {
            return SegmentLength.of(setting);
        }
    }

    @Override
    public List<Figure> of(View view) {
        Map<String, List<Point>> points = points(view);
        if (!view.variesLength() || points.isEmpty()) {
            return List.of();
        }
        List<Panel> panels = new ArrayList<>();
        points.forEach((name, ofPanel) -> panels.add(panel(view, name, ofPanel)));
        Axis x = new Axis("mean_segment_length", "mean segment length", "steps", Scale.LOG);
        return List.of(new Figure(file, title, caption(), Kind.POINTS, x, scaled(points), Optional.empty(), panels));
    }

    /** Values of very different size need a logarithm. */
    private Axis scaled(Map<String, List<Point>> points) {
        double[] values = points.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Point::value)
                .filter(value -> value > 0)
                .toArray();
        return Scales.of(
                y(), values, points.values().stream().flatMap(List::stream).anyMatch(point -> point.value <= 0));
    }

    private Panel panel(View view, String name, List<Point> points) {
        List<Point> cut = points.stream()
                .filter(point -> point.length().isPresent())
                .sorted(Comparator.comparingDouble(point -> point.length().getAsDouble()))
                .toList();
        List<Series> series = view.byFamily(cut, Point::setting, point -> mark(view, point));
        List<Guide> guides = new ArrayList<>(guides());
        if (guides.isEmpty()) {
            if (this == TIME) {
                guides.add(new Guide("", 0, false)); // or noise would fill the panel
            }
            points.stream()
                    .filter(point -> point.length().isEmpty())
                    .forEach(point -> guides.add(new Guide(view.names().estimator(point.setting), point.value, false)));
        }
        return Panel.of(name, series, guides);
    }

    private static Mark mark(View view, Point point) {
        return Mark.at(
                        point.setting.id(),
                        view.names().estimator(point.setting),
                        point.length().getAsDouble(),
                        point.value)
                .range(point.range)
                .hollow(point.hollow)
                .details(point.details);
    }

    private static Map<String, List<Point>> bias(
            View view, Function<BiasResult, Double> figure, Function<BiasResult, Optional<Interval>> range) {
        Map<String, List<Point>> panels = new LinkedHashMap<>();
        view.biasPanels()
                .forEach((name, results) -> panels.put(
                        name,
                        results.stream()
                                .map(result -> new Point(
                                        result.setting(),
                                        figure.apply(result),
                                        range.apply(result),
                                        View.isHollow(result),
                                        View.verdict(result)))
                                .toList()));
        return panels;
    }
}
