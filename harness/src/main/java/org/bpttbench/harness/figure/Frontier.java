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
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.SegmentLength;
import org.bpttbench.variants.Estimators;

/**
 * What is paid for what: bias against variance, the size of a point telling the memory, where there are several estimators.
 * Grey is what another beats or equals in all of bias, variance, work and memory.
 */
final class Frontier implements FigureMaker {
    private static final Axis X =
            new Axis("relative_variance", "relative variance of one draw", "of ‖g‖²", Scale.LOG_AND_ZERO);
    private static final Axis Y = new Axis("relative_bias", "relative bias", "of ‖g‖", Scale.LOG_AND_ZERO);
    private static final Axis SIZE = new Axis("peak_tape_steps", "steps kept at once", "steps", Scale.LOG);

    @Override
    public List<Figure> of(View view) {
        List<Panel> panels = new ArrayList<>();
        view.biasPanels().forEach((name, results) -> {
            if (results.size() > 2) {
                panels.add(panel(view, name, results));
            }
        });
        boolean traded = view.results().bias().stream()
                .flatMap(result -> result.estimate().stream())
                .anyMatch(estimate -> estimate.relativeVariance() > 0);
        return panels.isEmpty() || !traded
                ? List.of()
                : List.of(new Figure(
                        "frontier",
                        "What bias costs in variance and memory",
                        "Towards the lower left is better; 0 is where there is none, or no bias rises above chance."
                                + " Larger points keep more steps. Grey: another truncation is no worse in bias, variance,"
                                + " work and memory, and better in one.",
                        Kind.PLANE,
                        X,
                        Y,
                        Optional.of(SIZE),
                        panels));
    }

    private static Panel panel(View view, String name, List<BiasResult> results) {
        List<Cost> costs =
                results.stream().filter(result -> !exact(result)).map(Cost::of).toList();
        return Panel.of(
                name,
                view.byFamily(results, BiasResult::setting, result -> {
                    Cost own = Cost.of(result);
                    return Mark.at(
                                    result.setting().id(),
                                    view.names().estimator(result.setting()),
                                    own.variance,
                                    View.bias(result))
                            .range(View.range(result))
                            .hollow(View.isHollow(result))
                            .value(own.memory)
                            .fade(!exact(result) && costs.stream().anyMatch(other -> other.dominates(own)))
                            .label(view.variesLength() ? length(result) : "")
                            .details(View.verdict(result) + "; backward steps per step "
                                    + Digits.of(own.work, Digits.FEW));
                }),
                List.of());
    }

    private static String length(BiasResult result) {
        OptionalDouble length = SegmentLength.of(result.setting());
        return length.isPresent() ? Ticks.text(length.getAsDouble()) : "";
    }

    /** What is exact for every network is what others are measured by; it makes none of them useless. */
    private static boolean exact(BiasResult result) {
        return Estimators.CATALOG
                .create("type", result.setting().estimator())
                .traits()
                .exact();
    }

    /** All four are the better the smaller. */
    record Cost(double bias, double variance, double work, double memory) {
        static Cost of(BiasResult result) {
            return new Cost(
                    View.bias(result),
                    View.estimate(result).relativeVariance(),
                    result.mean(walk -> walk.backwardSteps()),
                    result.largest(walk -> walk.tapeSteps()));
        }

        boolean dominates(Cost other) {
            return bias <= other.bias
                    && variance <= other.variance
                    && work <= other.work
                    && memory <= other.memory
                    && !equals(other);
        }
    }
}
