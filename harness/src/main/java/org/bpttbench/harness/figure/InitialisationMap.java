package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Kind;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Panel;
import org.bpttbench.harness.figure.Figure.Scale;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.report.Labels;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.SegmentLength;

/** Relative bias by estimator and initial weights, where the sweep varies both. */
final class InitialisationMap implements FigureMaker {
    private static final String INIT = "init.";

    @Override
    public List<Figure> of(View view) {
        Sweep sweep = view.results().sweep();
        Labels labels = new Labels(sweep);
        long initialisations = sweep.settings().stream()
                .map(setting -> words(labels, setting, true))
                .distinct()
                .count();
        if (initialisations < 2 || view.biasPanels().isEmpty()) {
            return List.of();
        }
        boolean checkpoints = view.results().bias().stream()
                        .mapToLong(BiasResult::at)
                        .distinct()
                        .count()
                > 1;
        Map<String, List<BiasResult>> groups = View.grouped(
                view.results().bias().stream()
                        .filter(result -> result.estimate().isPresent()
                                && SegmentLength.of(result.setting()).isPresent())
                        .toList(),
                result -> (words(labels, result.setting(), false)
                                + (checkpoints ? "; step " + Ticks.text((double) result.at()) : ""))
                        .replaceFirst("^; ", ""));
        List<Panel> panels = new ArrayList<>();
        groups.forEach((name, results) -> panels.add(panel(view, labels, name, results)));
        return List.of(new Figure(
                "bias-init",
                "Bias of the gradient by estimator and initial weights",
                "Relative bias; the stronger the colour, the larger. 0 where nothing rises above chance.",
                Kind.CELLS,
                new Axis("init", "initial weights", "", Scale.ORDINAL),
                new Axis("estimator", "estimator", "", Scale.ORDINAL),
                Optional.of(new Axis("relative_bias", "relative bias", "of ‖g‖", Scale.LINEAR)),
                panels));
    }

    private static Panel panel(View view, Labels labels, String name, List<BiasResult> results) {
        Rows rows = new Rows(results.stream()
                .map(result -> view.names().estimator(result.setting()))
                .toList());
        Rows columns = new Rows(results.stream()
                .map(result -> words(labels, result.setting(), true))
                .toList());
        Map<String, Mark> cells = new LinkedHashMap<>();
        for (BiasResult result : results) {
            String row = view.names().estimator(result.setting());
            String column = words(labels, result.setting(), true);
            cells.put(
                    row + '\n' + column,
                    Mark.at(result.setting().id(), row + "; " + column, columns.index(column), rows.index(row))
                            .range(View.range(result))
                            .value(View.bias(result))
                            .details(View.verdict(result)));
        }
        Series all = new Series("relative bias", new Look(1, 0), List.copyOf(cells.values()));
        return new Panel(name, List.of(all), rows.names(), columns.names(), List.of());
    }

    /** What the sweep varies of the initial weights, or of all else but the estimator. */
    private static String words(Labels labels, Setting setting, boolean init) {
        List<String> words = new ArrayList<>();
        labels.shown(setting).forEach((column, value) -> {
            if (!column.startsWith("estimator.") && column.startsWith(INIT) == init) {
                String word = Labels.word(column);
                words.add(word.equals("init") ? value : word + ' ' + value);
            }
        });
        return String.join(", ", words);
    }
}
