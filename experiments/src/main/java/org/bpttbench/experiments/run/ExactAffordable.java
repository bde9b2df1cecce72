package org.bpttbench.experiments.run;

import java.util.List;
import java.util.Locale;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.ModelSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SettingCheck;
import org.bpttbench.experiments.task.Models;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.variants.Estimators;

/** Refuses to compute the moments of a random truncation where that would take days, or more memory than there is. */
record ExactAffordable(TaskShelf tasks) implements SettingCheck {
    /** Multiplications for one measurement. */
    private static final double MOST_WORK = 1e12;

    /** Steps whose squares alone are more work than that: nothing else is asked about such lengths. */
    private static final int MOST_STEPS = 1_500_000;

    @Override
    public List<Objection> check(Setting setting) {
        Task task = tasks.get(setting);
        Model model = Models.build(task, setting.model().map(ModelSpec::arguments));
        GradientEstimator estimator = Estimators.CATALOG.create("type", setting.estimator());
        boolean asked = setting.bias().map(BiasSpec::exact).orElse(false);
        if (!asked
                || !(estimator instanceof RenewalTruncation truncation)
                || !MemorySuffices.fitsAnArray(model)) { // said by that check
            return List.of();
        }
        BiasSpec bias = setting.bias().orElseThrow();
        String path = task.episode().isPresent() ? "measure.bias.method" : "measure.bias.length";
        String doing = computing(setting.estimator(), bias, truncation);
        String remedy = task.episode().isPresent() ? "write method: sampled" : "shorten it, or write method: sampled";
        if (bias.length() > MOST_STEPS) {
            return refused(path, doing + " take more than " + rounded(MOST_WORK) + " multiplications: " + remedy);
        }
        double work = BiasProbe.work(truncation, model, bias.sequences(), bias.length());
        if (work > MOST_WORK) {
            return refused(path, doing + " take about " + rounded(work) + " multiplications: " + remedy);
        }
        double bytes = BiasProbe.bytes(truncation, model, bias.length());
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > (double) heap) {
            return refused(path, doing + " take " + (long) bytes + " bytes, the Java heap has " + heap + ": " + remedy);
        }
        return List.of();
    }

    private static List<Objection> refused(String path, String message) {
        return List.of(Objection.error(path, message));
    }

    private static String computing(Arguments estimator, BiasSpec bias, RenewalTruncation truncation) {
        double steps = bias.length();
        boolean together = truncation.together(bias.sequences());
        double passes = steps * (steps - 1) / 2 * (together ? 1 : bias.sequences());
        return "the moments of estimator '" + estimator.text("type") + "' over " + bias.length() + " steps"
                + (together ? "" : " of " + bias.sequences() + " sequences cut independently")
                + " are those of " + String.format(Locale.ROOT, "%.0f", passes) + " backward passes, which";
    }

    private static String rounded(double work) {
        return String.format(Locale.ROOT, "%.0e", work);
    }
}
