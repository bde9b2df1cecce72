package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.TapePlan;
import org.bpttbench.core.tape.TapeShape;
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
    /** The parameter by which an estimator is told what it may keep. */
    private static final String MEMORY = "memory";

    @Override
    public List<Objection> check(Setting setting) {
        Task task = tasks.get(setting);
        Model model = Models.build(task, setting.model().map(ModelSpec::arguments));
        List<Objection> objections = new ArrayList<>();
        if (!fitsAnArray(model)) {
            return List.of(Objection.error("model.units", "the model has more parameters than a Java array can hold"));
        }
        double weights = 2.0 * Double.BYTES * model.layout().size();
        if (weights > (double) Runtime.getRuntime().maxMemory()) {
            return List.of(Objection.error(
                    "model.units",
                    "does not fit in memory: " + model.layout().size() + " parameters and a gradient of them take "
                            + (long) weights + " bytes, the Java heap has "
                            + Runtime.getRuntime().maxMemory()));
        }
        setting.train().ifPresent(train -> train(setting, train, task, model, objections));
        setting.bias().ifPresent(bias -> measure(setting, bias, task, model, objections));
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
        TapeShape shape = model.tape(train.lanes(), task.tokens());
        StreamPlan plan = plan(train, task);
        Optional<TapePlan> own = planned("estimator", setting.estimator(), plan, shape, objections);
        String sequence = train.sequence().isPresent() ? "train.sequence" : "estimator";
        String path = setting.estimator().has(MEMORY) ? "estimator." + MEMORY : sequence;
        own.ifPresent(tape -> refuse(tape.bytes(), path, tape.steps(), train.lanes(), tape.advice(), objections));
        Optional<Arguments> along = setting.bias().flatMap(BiasSpec::along);
        if (along.isPresent()) {
            String alongPath = "measure.bias.along";
            Optional<TapePlan> other = planned(alongPath, along.get(), plan, shape, objections);
            if (own.isPresent() && other.isPresent() && objections.isEmpty()) {
                double both = own.get().bytes() + other.get().bytes();
                long steps = own.get().steps() + other.get().steps();
                refuse(both, alongPath, steps, train.lanes(), other.get().advice(), objections);
            }
        }
    }

    static StreamPlan plan(TrainSpec train, Task task) {
        long sequence = task.episode().orElse(train.sequence().orElse(train.steps()));
        return new StreamPlan(
                train.lanes(), 1, train.steps(), sequence, task.episode().isEmpty());
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

    /** What an estimator would take; empty, with the reason told, if the memory it was given does not suffice. */
    private static Optional<TapePlan> planned(
            String path, Arguments arguments, StreamPlan plan, TapeShape shape, List<Objection> objections) {
        GradientEstimator estimator = Estimators.CATALOG.create("type", arguments);
        Optional<String> shortage = estimator.shortage(plan, shape);
        shortage.ifPresent(why -> objections.add(Objection.error(path + '.' + MEMORY, why)));
        return shortage.isPresent() ? Optional.empty() : Optional.of(estimator.plannedTape(plan, shape));
    }

    private static void measure(Setting setting, BiasSpec bias, Task task, Model model, List<Objection> objections) {
        TapeShape shape = model.tape(bias.sequences(), task.tokens());
        StreamPlan plan = StreamPlan.measured(bias.sequences(), 1, bias.length());
        planned("estimator", setting.estimator(), plan, shape, objections);
        double bytes = measured(setting, bias, model, shape);
        refuse(bytes, "measure.bias.length", bias.length(), bias.sequences(), "", objections);
    }

    /** Bytes of the recorded sequence and its run, which stay whole beside the estimator's own tape, and of batch means. */
    static double measured(Setting setting, BiasSpec bias, Model model, TapeShape shape) {
        double tapes = 2 * TapePlan.growing(bias.length(), shape).bytes();
        double means = (double) Double.BYTES
                * folds(setting)
                * (double) model.layout().size()
                * bias.draws()
                        .map(draws -> Math.min(BiasProbe.BATCHES, draws.most()))
                        .orElse(1);
        return tapes + means;
    }

    private static void refuse(
            double bytes, String path, long steps, int lanes, String advice, List<Objection> objections) {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > (double) heap) {
            objections.add(Objection.error(
                    path,
                    "does not fit in memory: " + steps + " steps × " + lanes + " lanes on the tape take up to "
                            + (long) bytes + " bytes, the Java heap has " + heap
                            + (advice.isEmpty() ? "" : "; " + advice)));
        }
    }
}
