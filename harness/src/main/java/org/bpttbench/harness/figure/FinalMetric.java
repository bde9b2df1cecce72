package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.report.Digits;
import org.bpttbench.harness.stats.AccuracyResult;

/** The metric that ranks arms, at the end of training: a figure a task, a row a setting. */
final class FinalMetric implements FigureMaker {
    @Override
    public List<Figure> of(View view) {
        List<Figure> figures = new ArrayList<>();
        for (List<AccuracyResult> ofTask : view.results().accuracyByTask()) {
            view.results().decisive(ofTask).ifPresent(metric -> {
                String suffix = view.results().accuracyByTask().size() > 1 ? "-" + (figures.size() + 1) : "";
                figures.add(figure(view, ofTask, metric, suffix));
            });
        }
        return figures;
    }

    private static Figure figure(View view, List<AccuracyResult> ofTask, String metric, String suffix) {
        List<AccuracyResult> rows = ofTask.stream()
                .filter(result -> result.metric().equals(metric) && result.isOffered())
                .toList();
        String unit = rows.get(0).declared().unit();
        String better = rows.get(0).declared().lowerIsBetter() ? "lower" : "higher";
        Axis x = Scales.of(
                new Axis("iqm", metric, unit, Scale.LINEAR),
                rows.stream()
                        .flatMapToDouble(row -> row.values().interquartileMean().stream())
                        .toArray(),
                false);
        List<Panel> panels = new ArrayList<>();
        View.grouped(rows, row -> view.names().rest(row.setting()))
                .forEach((name, ofPanel) -> panels.add(panel(view, name, ofPanel)));
        return new Figure(
                "final" + suffix,
                "Where training ends: " + metric,
                "Interquartile mean over replicates with its 95 % interval, " + better
                        + " is better; a diverged run ranks worst.",
                Kind.ROWS,
                x,
                new Axis("estimator", "estimator", "", Scale.ORDINAL),
                Optional.empty(),
                panels);
    }

    private static Panel panel(View view, String name, List<AccuracyResult> results) {
        Rows rows = new Rows(results.stream()
                .map(result -> view.names().estimator(result.setting()))
                .toList());
        return new Panel(
                name,
                view.byFamily(results, AccuracyResult::setting, result -> mark(view, result, rows)),
                rows.names(),
                List.of(),
                List.of());
    }

    private static Mark mark(View view, AccuracyResult result, Rows rows) {
        String row = view.names().estimator(result.setting());
        OptionalDouble middle = result.values().interquartileMean();
        int diverged = result.values().diverged();
        return Mark.at(result.setting().id(), row, middle.orElse(Double.NaN), rows.index(row))
                .range(result.interquartile())
                .details("median "
                        + Digits.of(result.values().median(), Digits.METRIC)
                        + " of " + result.values().replicates())
                .note(
                        diverged == 0
                                ? ""
                                : "diverged in " + diverged + " of "
                                        + result.values().replicates());
    }
}
