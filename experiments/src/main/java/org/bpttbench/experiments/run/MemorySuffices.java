package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.ModelSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SettingCheck;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Models;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.train.Clip;
import org.bpttbench.experiments.train.Optimizers;
import org.bpttbench.variants.Estimators;

/** Refuses beforehand what cannot fit in memory, with the bytes it would take. */
record MemorySuffices(TaskShelf tasks) implements SettingCheck {
    /** A tape doubles when it is full: for a moment the old arrays stand beside the new. */
    private static final double GROWTH = 3.0;

    @Override
    public List<Objection> check(Setting setting) {
        Task task = tasks.get(setting);
        Model model = Models.build(task, setting.model().map(ModelSpec::arguments));
        List<Objection> objections = new ArrayList<>();
        if (!fitsAnArray(model)) {
            return List.of(Objection.error("model.units", "the model has more parameters than a Java array can hold"));
        }
        setting.train().ifPresent(train -> train(setting, train, task, model, objections));
        setting.bias().ifPresent(bias -> measure(bias, folds(setting), task, model, objections));
        return objections;
    }

    /** Whether θ can be one array. */
    static boolean fitsAnArray(Model model) {
        try {
            return model.layout().size() <= Integer.MAX_VALUE - Long.BYTES;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static void train(Setting setting, TrainSpec train, Task task, Model model, List<Objection> objections) {
        double perStep =
                GROWTH * (double) model.tape(train.lanes(), task.tokens()).bytesPerStep();
        long own = tapeSteps(setting.estimator(), train, task);
        String path = train.sequence().isPresent() ? "train.sequence" : "estimator";
        refuse(perStep * (double) own, path, own, train.lanes(), objections);
        Optional<Arguments> along = setting.bias().flatMap(BiasSpec::along);
        if (along.isPresent() && objections.isEmpty()) {
            long beside = tapeSteps(along.get(), train, task);
            double both = perStep * ((double) own + (double) beside);
            refuse(both, "measure.bias.along", own + beside, train.lanes(), objections);
        }
    }

    private static long tapeSteps(Arguments estimator, TrainSpec train, Task task) {
        long sequence = task.episode().orElse(train.sequence().orElse(train.steps()));
        boolean endless = task.episode().isEmpty();
        StreamPlan plan = new StreamPlan(train.lanes(), 1, train.steps(), sequence, endless);
        return Estimators.CATALOG.create("type", estimator).plannedTapeSteps(plan);
    }

    /** Sets of batch means in memory together: of the estimates, of them clipped, of the optimiser's steps on them. */
    private static int folds(Setting setting) {
        return setting.train()
                .map(train -> 1 + (Clip.of(train).equals(Clip.NONE) ? 0 : 1) + (bends(train) ? 1 : 0))
                .orElse(1);
    }

    private static boolean bends(TrainSpec train) {
        return !Optimizers.CATALOG.create("type", train.optimizer()).create(1).affine();
    }

    private static void measure(BiasSpec bias, int folds, Task task, Model model, List<Objection> objections) {
        long parameters = model.layout().size();
        double tape = GROWTH
                * bias.length()
                * (double) model.tape(bias.sequences(), task.tokens()).bytesPerStep();
        double means = (double) Double.BYTES
                * folds
                * (double) parameters
                * bias.draws()
                        .map(draws -> Math.min(BiasProbe.BATCHES, draws.most()))
                        .orElse(1);
        refuse(2 * tape + means, "measure.bias.length", bias.length(), bias.sequences(), objections);
    }

    private static void refuse(double bytes, String path, long steps, int lanes, List<Objection> objections) {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > (double) heap) {
            objections.add(Objection.error(
                    path,
                    "does not fit in memory: " + steps + " steps × " + lanes + " lanes on the tape take up to "
                            + (long) bytes + " bytes, the Java heap has " + heap));
        }
    }
}
