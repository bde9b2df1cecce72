package org.bpttbench.experiments.run;

import java.util.Optional;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.measure.DrawPlan;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.variants.Estimators;

/**
 * Tells how many draws the margins of settings need at their initial weights, in replicate 0, before anything is run. Stops
 * to tell when a given amount of work is spent, counted in multiplications, so that the answer does not depend on the
 * machine. Writes nothing. Belongs to one thread.
 */
public final class DrawForecast {
    private final TaskShelf tasks;
    private final Kernels kernels;
    private double left;

    /** @param work multiplications, about, that all answers together may take */
    public DrawForecast(TaskShelf tasks, Kernels kernels, double work) {
        this.tasks = tasks;
        this.kernels = kernels;
        this.left = work;
    }

    /** Whether the setting draws at all. */
    public static boolean applies(Setting setting) {
        return setting.bias().flatMap(BiasSpec::draws).isPresent()
                && estimator(setting).traits().random();
    }

    /** How the draws of such a setting come to be; empty where it would take too much work to tell. */
    public Optional<DrawPlan> plan(Setting setting) {
        BiasSpec bias = setting.bias().orElseThrow();
        GradientEstimator estimator = estimator(setting);
        Beginning beginning = Beginning.of(new RunSpec(setting, 0), tasks.get(setting));
        double work = BiasProbe.planWork(
                estimator, DrawPlan.Effort.QUICK, beginning.model(), bias.sequences(), bias.burnIn(), bias.length());
        if (work > left) {
            return Optional.empty();
        }
        left -= work;
        BiasProbe probe = beginning.probe(bias, beginning.network(kernels, beginning.theta()), Optional.empty());
        return Optional.of(probe.plan(estimator, DrawPlan.Effort.QUICK, beginning.pilot(0)));
    }

    private static GradientEstimator estimator(Setting setting) {
        return Estimators.CATALOG.create("type", setting.estimator());
    }
}
