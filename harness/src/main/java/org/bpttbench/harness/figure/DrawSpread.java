package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Guide;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.report.Digits;
import org.bpttbench.harness.stats.BiasResult;

/** How single draws spread along the exact gradient, where something was drawn. */
final class DrawSpread implements FigureMaker {
    private static final Axis X = new Axis("projection", "component of a draw along g", "of ‖g‖", Scale.LINEAR);
    private static final Axis Y = new Axis("estimator", "estimator", "", Scale.ORDINAL);

    @Override
    public List<Figure> of(View view) {
        List<Panel> panels = new ArrayList<>();
        view.biasPanels().forEach((name, results) -> {
            if (results.stream().anyMatch(result -> quantiles(result).isPresent())) {
                panels.add(panel(view, name, results));
            }
        });
        return panels.isEmpty()
                ? List.of()
                : List.of(new Figure(
                        "draws",
                        "Where single draws fall",
                        "Component of one draw along the exact gradient g, which is at 1. Dot: median; thick: the"
                                + " middle half; thin: 95 of 100 draws. Quantiles are averaged over replicates. A"
                                + " deterministic estimator always gives the one value.",
                        Kind.ROWS,
                        X,
                        Y,
                        Optional.empty(),
                        panels));
    }

    private static Panel panel(View view, String name, List<BiasResult> results) {
        Rows rows = new Rows(results.stream()
                .map(result -> view.names().estimator(result.setting()))
                .toList());
        return new Panel(
                name,
                view.byFamily(results, BiasResult::setting, result -> mark(view, result, rows)),
                rows.names(),
                List.of(),
                List.of(new Guide("exact gradient", 1, true)));
    }

    private static Mark mark(View view, BiasResult result, Rows rows) {
        String row = view.names().estimator(result.setting());
        String id = result.setting().id();
        Optional<double[]> quantiles = quantiles(result);
        if (quantiles.isEmpty()) {
            return Mark.at(id, row, View.estimate(result).projection(), rows.index(row))
                    .details("always the same");
        }
        double[] of = quantiles.get();
        return Mark.at(id, row, at(of, 0.5), rows.index(row))
                .range(Optional.of(new Interval(at(of, 0.025), at(of, 0.975))))
                .box(new Interval(at(of, 0.25), at(of, 0.75)))
                .details("smallest " + Digits.of(at(of, 0), Digits.FEW) + ", largest "
                        + Digits.of(at(of, 1), Digits.FEW));
    }

    /** Linear between those that are kept. */
    static double at(double[] quantiles, double share) {
        double place = share * (quantiles.length - 1);
        int below = (int) place;
        int above = Math.min(quantiles.length - 1, below + 1);
        return quantiles[below] + (place - below) * (quantiles[above] - quantiles[below]);
    }

    /** Of numbers half as large as the largest, differences are numbers. */
    private static boolean hasPlace(double quantile) {
        return Math.abs(quantile) <= Double.MAX_VALUE / 2;
    }

    /** Averaged over replicates, quantile by quantile; empty where nothing was drawn or kept. */
    private static Optional<double[]> quantiles(BiasResult result) {
        List<double[]> all = result.measured().stream()
                .filter(BiasMeasurement::hasFigures)
                .flatMap(measured -> measured.sample().stream())
                .map(BiasMeasurement.Sample::quantiles)
                .filter(each -> each.length > 1 && Arrays.stream(each).allMatch(DrawSpread::hasPlace))
                .toList();
        if (all.isEmpty()
                || all.stream().mapToInt(each -> each.length).distinct().count() > 1) {
            return Optional.empty();
        }
        double[] mean = new double[all.get(0).length];
        for (int i = 0; i < mean.length; i++) {
            int place = i;
            mean[i] = all.stream().mapToDouble(each -> each[place]).average().orElseThrow();
        }
        return Arrays.stream(mean).allMatch(DrawSpread::hasPlace) ? Optional.of(mean) : Optional.empty();
    }
}
