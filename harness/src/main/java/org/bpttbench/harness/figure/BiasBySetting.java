package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Guide;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.report.ShownBias;
import org.bpttbench.harness.stats.BiasResult;

/** Relative bias, a row a setting: where the sweep does not vary the length of segments. */
final class BiasBySetting implements FigureMaker {
    private static final Axis X = new Axis("relative_bias", "relative bias", "of ‖g‖", Scale.LINEAR);
    private static final Axis Y = new Axis("estimator", "estimator", "", Scale.ORDINAL);

    @Override
    public List<Figure> of(View view) {
        if (view.variesLength() || view.biasPanels().isEmpty()) {
            return List.of();
        }
        double[] values = view.results().bias().stream()
                .flatMapToDouble(result -> ShownBias.point(result).stream())
                .toArray();
        List<Panel> panels = new ArrayList<>();
        view.biasPanels().forEach((name, results) -> panels.add(panel(view, name, results)));
        return List.of(new Figure(
                "bias-setting",
                "Bias of the gradient by estimator",
                "Distance of the mean estimate from the exact gradient g, in units of its length, chance taken off: 0"
                        + " where nothing rises above chance. " + View.INTERVALS,
                Kind.ROWS,
                Scales.of(X, values, true),
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
                view.byFamily(results, BiasResult::setting, result -> {
                    String row = view.names().estimator(result.setting());
                    return Mark.at(result.setting().id(), row, View.bias(result), rows.index(row))
                            .range(View.range(result))
                            .hollow(View.isHollow(result))
                            .details(View.verdict(result));
                }),
                rows.names(),
                List.of(),
                List.of(new Guide("exact gradient", 0, true)));
    }
}
