package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bpttbench.experiments.run.CurvePoint;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.stats.AccuracyResult;
import org.bpttbench.harness.stats.SettingRuns;

/** A metric in the course of training, where there are checkpoints: a figure a task. */
final class LearningCurves implements FigureMaker {
    private static final int MOST_MARKS = 1500;
    private static final Axis X = new Axis("step", "time steps trained", "per lane", Scale.LINEAR);

    @Override
    public List<Figure> of(View view) {
        Map<Setting, SettingRuns> runs = new LinkedHashMap<>();
        view.results().settings().forEach(each -> runs.put(each.setting(), each));
        List<Figure> figures = new ArrayList<>();
        List<List<AccuracyResult>> tasks = view.results().accuracyByTask();
        for (List<AccuracyResult> ofTask : tasks) {
            String suffix = tasks.size() > 1 ? "-" + (figures.size() + 1) : "";
            view.results()
                    .decisive(ofTask)
                    .flatMap(metric -> figure(view, ofTask, validated(metric, ofTask), runs, suffix))
                    .ifPresent(figures::add);
        }
        return figures;
    }

    /** Test data are looked at once, at the end: curves are of validation data. */
    private static String validated(String metric, List<AccuracyResult> known) {
        String valid = metric.replaceFirst("^test\\.", "valid.");
        return known.stream().anyMatch(result -> result.metric().equals(valid)) ? valid : metric;
    }

    private static Optional<Figure> figure(
            View view, List<AccuracyResult> ofTask, String metric, Map<Setting, SettingRuns> runs, String suffix) {
        List<AccuracyResult> rows = ofTask.stream()
                .filter(result -> result.metric().equals(metric) && result.isOffered())
                .toList();
        List<Panel> panels = new ArrayList<>();
        View.grouped(rows, row -> view.names().rest(row.setting())).forEach((name, ofPanel) -> {
            List<Series> series = new ArrayList<>();
            for (AccuracyResult row : ofPanel) {
                List<Mark> marks = marks(view, Objects.requireNonNull(runs.get(row.setting())), metric);
                series.add(new Series(
                        view.names().estimator(row.setting()), view.names().lookOfEach(row.setting()), marks));
            }
            panels.add(Panel.of(name, series, List.of()));
        });
        thin(panels);
        List<Mark> all = panels.stream()
                .flatMap(panel -> panel.series().stream())
                .flatMap(series -> series.marks().stream())
                .toList();
        if (all.stream().mapToDouble(Mark::x).distinct().count() < 2) {
            return Optional.empty();
        }
        Axis y = Scales.of(
                new Axis("value", metric, rows.get(0).declared().unit(), Scale.LINEAR),
                all.stream().mapToDouble(Mark::y).toArray(),
                false);
        return Optional.of(new Figure(
                "curves" + suffix,
                "In the course of training: " + metric,
                "Line: median over replicates, diverged ones ranked worst, so that it ends where most have diverged; band: smallest to"
                        + " largest of those still finite.",
                Kind.CURVES,
                X,
                y,
                Optional.empty(),
                panels));
    }

    /** Leaves out checkpoints, evenly but for the last, where there are more than a drawing can show. */
    private static void thin(List<Panel> panels) {
        int marks = panels.stream()
                .flatMap(panel -> panel.series().stream())
                .mapToInt(series -> series.marks().size())
                .sum();
        int stride = (marks + MOST_MARKS - 1) / MOST_MARKS;
        if (stride > 1) {
            panels.replaceAll(panel -> Panel.of(
                    panel.title(),
                    panel.series().stream()
                            .map(series -> new Series(series.name(), series.look(), thinned(series.marks(), stride)))
                            .toList(),
                    panel.guides()));
        }
    }

    private static List<Mark> thinned(List<Mark> marks, int stride) {
        int last = marks.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(i -> (last - i) % stride == 0)
                .mapToObj(marks::get)
                .toList();
    }

    private static List<Mark> marks(View view, SettingRuns runs, String metric) {
        List<RunRecord> records = runs.results();
        Map<Long, List<Double>> values = new TreeMap<>();
        for (RunRecord record : records) {
            for (CurvePoint point : record.curves()) {
                if (point.metric().equals(metric)) {
                    values.computeIfAbsent(point.step(), step -> new ArrayList<>())
                            .add(point.value());
                }
            }
        }
        long diverged = records.stream()
                .filter(record -> record.outcome() == Outcome.DIVERGED)
                .count();
        List<Mark> marks = new ArrayList<>();
        values.forEach((step, at) -> {
            at.sort(null);
            if (at.size() * 2 > records.size()) {
                marks.add(Mark.at(
                                runs.setting().id(),
                                view.names().estimator(runs.setting()),
                                step,
                                median(at, records.size() - at.size(), lowerIsBetter(view, metric)))
                        .range(
                                at.size() < 2
                                        ? Optional.empty()
                                        : Optional.of(new Interval(at.get(0), at.get(at.size() - 1)))));
            }
        });
        if (diverged > 0 && !marks.isEmpty()) {
            int last = marks.size() - 1;
            marks.set(last, marks.get(last).note("diverged in " + diverged + " of " + records.size()));
        }
        return marks;
    }

    private static boolean lowerIsBetter(View view, String metric) {
        return view.results().accuracy().stream()
                .filter(result -> result.metric().equals(metric))
                .findFirst()
                .map(result -> result.declared().lowerIsBetter())
                .orElse(true);
    }

    /** Of the values and of {@code lost} that are worse than all of them; more than half are values. */
    private static double median(List<Double> ascending, int lost, boolean lowerIsBetter) {
        int count = ascending.size() + lost;
        int low = (count - 1) / 2 - (lowerIsBetter ? 0 : lost);
        int high = count / 2 - (lowerIsBetter ? 0 : lost);
        return (ascending.get(Math.max(0, low)) + ascending.get(Math.min(ascending.size() - 1, high))) / 2;
    }
}
