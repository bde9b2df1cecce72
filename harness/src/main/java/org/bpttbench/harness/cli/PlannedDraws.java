package org.bpttbench.harness.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.measure.DrawPlan;
import org.bpttbench.experiments.run.DrawForecast;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.DrawsSpec;
import org.bpttbench.experiments.spec.Setting;

/** What {@code bptt plan} says of draws: how many will be made of a setting, and how many its margin needs. */
final class PlannedDraws {
    /** Multiplications that all answers of one plan may take. */
    private static final double WORK = 8e9;

    private static final String NONE = "-";
    private static final String UNTOLD = "run to see";

    private static final String NOTE = """
            draws: made at each checkpoint. needed: estimated, for an unbiased estimator to
            be found within its margin 9 times in 10, at the initial weights of replicate 0;
            later checkpoints and other replicates may need more or fewer.
            """;

    private final DrawForecast forecast;
    private final Map<Setting, Integer> counts = new HashMap<>();
    private boolean any;

    PlannedDraws(TaskShelf tasks, Kernels kernels) {
        this(new DrawForecast(tasks, kernels, WORK));
    }

    PlannedDraws(DrawForecast forecast) {
        this.forecast = forecast;
    }

    /** The draws made and the draws needed, as the table shows them. */
    record Cells(String made, String needed) {}

    Cells of(Setting setting) {
        if (!DrawForecast.applies(setting)) {
            return new Cells(NONE, NONE);
        }
        any = true;
        BiasSpec bias = setting.bias().orElseThrow();
        DrawsSpec draws = bias.draws().orElseThrow();
        Optional<DrawPlan> plan = forecast.plan(setting);
        counts.put(setting, count(draws, plan, bias.margin()));
        String needed = plan.map(told -> told.needed(bias.margin()))
                .map(count -> count == Integer.MAX_VALUE ? "> 2e9" : count.toString())
                .orElse(UNTOLD);
        boolean limitOnly = draws.forMargin() && plan.isEmpty();
        return new Cells((limitOnly ? "≤ " : "") + count(setting), needed);
    }

    /** The limit, where the margin decides and it would take too long to tell. */
    private static int count(DrawsSpec draws, Optional<DrawPlan> plan, double margin) {
        return draws.forMargin()
                ? plan.map(told -> told.draws(margin, draws.most())).orElse(draws.most())
                : BiasProbe.roundedDraws(draws.most());
    }

    /** The draws of one measurement of a setting that has been asked about, 0 for one that does not draw. */
    int count(Setting setting) {
        return counts.getOrDefault(setting, 0);
    }

    /** What the columns mean; empty if no setting draws. */
    String note() {
        return any ? NOTE : "";
    }
}
