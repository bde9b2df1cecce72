package org.bpttbench.experiments.run;

import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.experiments.measure.MeasureWork;
import org.bpttbench.experiments.spec.AccuracySpec;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.DrawsSpec;
import org.bpttbench.experiments.spec.ModelSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Models;
import org.bpttbench.experiments.task.Split;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.variants.Estimators;
import org.bpttbench.variants.truncation.Tbptt;

/**
 * What a run of a setting has to compute, counted in multiplications, about. It knows nothing of the machine; a rate makes
 * it into a time.
 *
 * @param training of all trajectories, from the first step to the last
 * @param evaluation of all checkpoints of the curves
 * @param measuring of bias, at all checkpoints
 */
record RunWork(double training, double evaluation, double measuring) {
    /** What a time step takes beside its products, whatever the lanes and the width. */
    private static final double STEP = 500;

    /** Above zero also where there is nothing to do. */
    double total() {
        return Math.max(STEP, training + evaluation + measuring);
    }

    /** With as many draws as the setting may make. */
    static RunWork of(Setting setting, Task task) {
        return of(
                setting,
                task,
                setting.bias().flatMap(BiasSpec::draws).map(DrawsSpec::most).orElse(1));
    }

    /** @param draws of each measurement that draws */
    static RunWork of(Setting setting, Task task, int draws) {
        Model model = Models.build(task, setting.model().map(ModelSpec::arguments));
        return new RunWork(
                setting.train()
                        .map(train -> training(setting, train, task, model))
                        .orElse(0.0),
                setting.accuracy()
                        .map(accuracy -> evaluation(setting, accuracy, task, model))
                        .orElse(0.0),
                setting.bias()
                        .map(bias -> bias.at().size()
                                * (measurement(setting, bias, model, draws) + pilot(setting, bias, model)))
                        .orElse(0.0));
    }

    private static double training(Setting setting, TrainSpec train, Task task, Model model) {
        double steps = steps(train, task);
        Optional<Arguments> along = Execution.along(setting);
        double other = along.map(arguments -> steps * perStep(estimator(arguments), train.lanes(), model))
                .orElse(0.0);
        boolean leftOut = along.isPresent() && setting.accuracy().isEmpty();
        return leftOut ? other : other + steps * perStep(estimator(setting.estimator()), train.lanes(), model);
    }

    /** The planned end, or the end of the episode that it falls into. */
    static long steps(TrainSpec train, Task task) {
        long episode = task.episode().orElse(1);
        return (train.steps() + episode - 1) / episode * episode;
    }

    /** Of a time step of all lanes, forward and backward. */
    static double perStep(GradientEstimator estimator, int lanes, Model model) {
        double backward = estimator instanceof Tbptt blocks
                ? ((double) blocks.length() + blocks.lookback()) / blocks.length()
                : 1.0;
        return STEP + lanes * MeasureWork.perStep(model) * (1 + 2 * backward);
    }

    private static double evaluation(Setting setting, AccuracySpec accuracy, Task task, Model model) {
        double last = setting.train().map(train -> steps(train, task)).orElse(0L);
        Split split = accuracy.on().map(Split::of).orElse(Split.VALID);
        double times = Math.ceil(last / accuracy.every()) + 1;
        boolean tested = task.splits() && split != Split.TEST;
        return times * evaluation(split, task, model) + (tested ? evaluation(Split.TEST, task, model) : 0);
    }

    /** Of one. */
    static double evaluation(Split split, Task task, Model model) {
        return STEP + task.evaluatedSteps(split) * MeasureWork.perStep(model);
    }

    private static double pilot(Setting setting, BiasSpec bias, Model model) {
        return MeasureWork.pilot(bias, estimator(setting.estimator()), model);
    }

    /** Of one, but for the pilot that tells how many draws it is to make. */
    static double measurement(Setting setting, BiasSpec bias, Model model, int draws) {
        boolean moving = setting.train()
                .map(train -> train.update() == TrainSpec.Update.WINDOW)
                .orElse(false);
        return STEP + MeasureWork.of(bias, estimator(setting.estimator()), model, draws, moving);
    }

    static GradientEstimator estimator(Arguments arguments) {
        return Estimators.CATALOG.create("type", arguments);
    }
}
