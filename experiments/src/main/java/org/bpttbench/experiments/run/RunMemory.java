package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.tape.TapeShape;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.ModelSpec;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Models;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.train.Optimizers;

/**
 * Bytes that a run of a setting takes at its peak: no more than these, as far as can be told, and often a third of them,
 * since a tape that doubles is counted with the one that it replaces. Data that all runs share do not count.
 */
public final class RunMemory {
    /** Vectors as long as θ: θ, the network's copies of it, a gradient, one that is pending, one to be kept. */
    private static final int VECTORS = 6;

    private RunMemory() {}

    /**
     * How many runs fit into memory together.
     *
     * @param jobs that fit, at least 1
     * @param wanted jobs that were asked for, no more than there are runs
     * @param bytes that so many of the largest would take together
     * @param largest bytes of the largest run
     * @param heap bytes that there are
     */
    public record Fit(int jobs, int wanted, double bytes, double largest, long heap) {}

    /**
     * Whether so many runs fit, whichever come together.
     *
     * @param runs those that are to be made
     * @param jobs at a time
     * @param heap bytes for all of them
     */
    public static Fit fit(List<RunSpec> runs, int jobs, long heap, TaskShelf tasks) {
        Map<String, Double> known = new HashMap<>();
        List<Double> largest = new ArrayList<>();
        for (RunSpec run : runs) {
            Setting setting = run.setting();
            largest.add(known.computeIfAbsent(setting.id(), id -> bytes(setting, tasks.get(setting))));
        }
        largest.sort(Comparator.reverseOrder());
        int wanted = Math.max(1, Math.min(jobs, runs.size()));
        double sum = 0;
        int fitting = 0;
        for (double bytes : largest.subList(0, Math.min(wanted, largest.size()))) {
            sum += bytes;
            if (sum <= (double) heap) {
                fitting++;
            }
        }
        return new Fit(Math.max(1, fitting), wanted, sum, largest.isEmpty() ? 0 : largest.get(0), heap);
    }

    /** Of one run. */
    public static double bytes(Setting setting, Task task) {
        Model model = Models.build(task, setting.model().map(ModelSpec::arguments));
        double training = setting.train()
                .map(train -> training(setting, train, task, model))
                .orElse(0.0);
        double measuring = setting.bias()
                .map(bias -> measuring(setting, bias, task, model))
                .orElse(0.0);
        return VECTORS * vector(model) + training + measuring;
    }

    private static double vector(Model model) {
        return (double) Double.BYTES * model.layout().size();
    }

    /** Tapes and optimisers of all trajectories. */
    private static double training(Setting setting, TrainSpec train, Task task, Model model) {
        Optional<Arguments> along = Execution.along(setting);
        boolean leftOut = along.isPresent() && setting.accuracy().isEmpty();
        double own = leftOut ? 0 : trajectory(setting.estimator(), train, task, model);
        return own + along.map(other -> trajectory(other, train, task, model)).orElse(0.0);
    }

    private static double trajectory(Arguments estimator, TrainSpec train, Task task, Model model) {
        TapeShape shape = model.tape(train.lanes(), task.tokens());
        int moments =
                Optimizers.CATALOG.create("type", train.optimizer()).create(1).state().length;
        double tape = RunWork.estimator(estimator)
                .plannedTape(MemorySuffices.plan(train, task), shape)
                .bytes();
        return tape + (VECTORS + moments) * vector(model);
    }

    private static double measuring(Setting setting, BiasSpec bias, Task task, Model model) {
        TapeShape shape = model.tape(bias.sequences(), task.tokens());
        GradientEstimator estimator = RunWork.estimator(setting.estimator());
        double own = estimator
                .plannedTape(StreamPlan.measured(bias.sequences(), 1, bias.length()), shape)
                .bytes();
        double computed = bias.exact() && estimator instanceof RenewalTruncation truncation
                ? BiasProbe.bytes(truncation, model, bias.length())
                : BiasProbe.gradientBytes(model);
        return own + MemorySuffices.measured(setting, bias, model, shape) + computed;
    }
}
