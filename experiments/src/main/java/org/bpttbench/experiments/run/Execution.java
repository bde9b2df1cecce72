package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.measure.DrawPlan;
import org.bpttbench.experiments.spec.AccuracySpec;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.DrawsSpec;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Split;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.train.DivergedException;
import org.bpttbench.variants.Estimators;

/**
 * One run, from initial weights to its record: train to the next checkpoint, measure there, go on. Where bias is measured
 * along the training of another estimator, two trainings go on side by side, and the setting's own is left out if no accuracy
 * is measured: nothing would be read off it, and the record says that it took no step. The outcome is that of the setting's own
 * training if there is one; a trajectory beside it that diverges ends the measurements and is told in the message.
 *
 * <p>It can be saved between the windows of its trainings and between its measurements. A fresh execution of the same run that
 * takes up such a state goes on from there to the same record, bit for bit.
 */
final class Execution implements Checkpointed {
    private final RunSpec spec;
    private final Setting setting;
    private final Task task;
    private final Beginning beginning;
    private final GradientEstimator estimator;
    private final Trajectory own;
    private final Trajectory measured;
    private final List<CurvePoint> curves = new ArrayList<>();
    private final List<BiasMeasurement> bias = new ArrayList<>();
    private Runnable atRest = () -> {};
    private long nanos;
    private long workingSince;
    private boolean working;
    /** Legs done: two a checkpoint, that of the setting's own training and that of the measurement. */
    private int legs;

    Execution(RunSpec spec, Task task, Kernels kernels) {
        this.spec = spec;
        this.setting = spec.setting();
        this.task = task;
        this.beginning = Beginning.of(spec, task);
        this.estimator = Estimators.CATALOG.create("type", setting.estimator());
        Optional<Arguments> along = along(setting);
        this.own = along.isPresent() && setting.accuracy().isEmpty()
                ? Trajectory.still(beginning, estimator, kernels)
                : trajectory(estimator, kernels);
        this.measured = along.map(other -> trajectory(Estimators.CATALOG.create("type", other), kernels))
                .orElse(own);
    }

    /** The estimator whose training is measured along, if it is another and leads anywhere before the last measurement. */
    static Optional<Arguments> along(Setting setting) {
        boolean moved =
                setting.train().isPresent() && setting.bias().stream().anyMatch(measuring -> lastAt(measuring) > 0);
        return setting.bias()
                .flatMap(BiasSpec::along)
                .filter(other ->
                        moved && !other.values().equals(setting.estimator().values()));
    }

    private Trajectory trajectory(GradientEstimator trained, Kernels kernels) {
        return setting.train()
                .map(train -> Trajectory.trained(beginning, trained, train, lastStep(train), kernels))
                .orElseGet(() -> Trajectory.still(beginning, trained, kernels));
    }

    RunRecord run(String provenance) {
        workingSince = System.nanoTime();
        working = true;
        int leg = 0;
        for (long checkpoint : checkpoints()) {
            leg(
                    leg++,
                    () -> own.follow(() -> {
                        own.advanceTo(checkpoint);
                        evaluateAt(checkpoint);
                    }));
            leg(
                    leg++,
                    () -> setting.bias()
                            .ifPresent(measuring -> measured.follow(() -> measureAt(checkpoint, measuring))));
        }
        own.follow(this::finish);
        nanos = nanos();
        working = false;
        return record(provenance);
    }

    private void leg(int number, Runnable leg) {
        if (number >= legs) {
            leg.run();
            legs = number + 1;
            atRest.run();
        }
    }

    /**
     * Has itself told whenever it can be saved: very often.
     *
     * @param listener may save this, and may throw to leave the run; not a {@link DivergedException}
     */
    void whenAtRest(Runnable listener) {
        atRest = listener;
        own.whenAtRest(listener);
        measured.whenAtRest(listener);
    }

    /** Wall time so far, in all processes that worked on this run: all of it, training or not. */
    long nanos() {
        return working ? nanos + System.nanoTime() - workingSince : nanos;
    }

    /** Time steps trained so far; of the training along which bias is measured, if the setting's own is left out. */
    long position() {
        return Math.max(own.position(), measured.position());
    }

    /** Time steps trained at the end, if all goes well. */
    long end() {
        return setting.train().map(this::lastStep).orElse(0L);
    }

    /** Measurements of bias made so far. */
    int measured() {
        return bias.size();
    }

    @Override
    public void save(StateWriter out) {
        out.section("run");
        out.putInt(legs);
        out.putLong(nanos());
        out.putText(Json.write(curves.stream().map(CurvePoint::toTree).toList()));
        out.putText(Json.write(bias.stream().map(BiasMeasurement::toTree).toList()));
        own.save(out);
        if (measured != own) {
            measured.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        in.section("run");
        legs = in.readInt();
        nanos = in.readLong();
        read(in.readText(), CurvePoint::of, curves);
        read(in.readText(), BiasMeasurement::of, bias);
        own.load(in);
        if (measured != own) {
            measured.load(in);
        }
    }

    @SuppressWarnings("unchecked") // written as a list of maps with text keys
    private static <T> void read(String json, Function<Arguments, T> reader, List<T> into) {
        into.clear();
        for (Object item : (List<Object>) Json.read(json)) {
            into.add(reader.apply(new Arguments((Map<String, ?>) item)));
        }
    }

    /** The planned end, or the end of the episode that it falls into. */
    private long lastStep(TrainSpec train) {
        long episode = task.episode().orElse(1);
        return (train.steps() + episode - 1) / episode * episode;
    }

    private SortedSet<Long> checkpoints() {
        long end = setting.train().map(this::lastStep).orElse(0L);
        SortedSet<Long> steps = new TreeSet<>();
        steps.add(0L);
        steps.add(end);
        setting.bias().ifPresent(measuring -> measuring.at().forEach(at -> steps.add(reached(at))));
        setting.accuracy().ifPresent(accuracy -> {
            for (long step = accuracy.every(); step < end; step += accuracy.every()) {
                steps.add(step);
            }
        });
        return steps;
    }

    private void evaluateAt(long step) {
        long end = setting.train().map(this::lastStep).orElse(0L);
        Optional<AccuracySpec> accuracy = setting.accuracy();
        if (accuracy.isPresent() && (step % accuracy.get().every() == 0 || step == end)) {
            Split split = accuracy.get().on().map(Split::of).orElse(Split.VALID);
            evaluate(step, split);
        }
    }

    private void measureAt(long step, BiasSpec measuring) {
        if (step <= lastOf(measuring)) {
            measured.advanceTo(step);
        }
        for (long at : measuring.at()) {
            if (reached(at) == step && bias.stream().noneMatch(done -> done.at() == at)) {
                bias.add(measure(measuring, at));
                atRest.run();
            }
        }
    }

    private long lastOf(BiasSpec measuring) {
        return reached(lastAt(measuring));
    }

    private static long lastAt(BiasSpec measuring) {
        return measuring.at().get(measuring.at().size() - 1);
    }

    /** Where a measurement asked for at a step is made: at the planned end, when the episode in course has ended. */
    private long reached(long at) {
        return setting.train()
                .map(train -> at >= train.steps() ? lastStep(train) : at)
                .orElse(0L);
    }

    /** Test data are touched once, at the end. */
    private void finish() {
        boolean tested =
                setting.accuracy().flatMap(AccuracySpec::on).map("test"::equals).orElse(false);
        if (setting.accuracy().isPresent() && task.splits() && !tested) {
            evaluate(own.step(), Split.TEST);
        }
    }

    private void evaluate(long step, Split split) {
        task.evaluate(own.network(), own.theta(), split).forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new DivergedException(metric(name, split) + " is " + value + " at step " + step);
            }
            curves.add(new CurvePoint(step, metric(name, split), value));
        });
    }

    private String metric(String name, Split split) {
        return task.splits() ? split.key() + '.' + name : name;
    }

    private BiasMeasurement measure(BiasSpec measuring, long step) {
        BiasProbe probe = beginning.probe(measuring, measured.network(), measured.frozen(estimator));
        if (measuring.exact() || !estimator.traits().random()) {
            return probe.compute(estimator, step);
        }
        DrawsSpec wanted = measuring.draws().orElseThrow();
        int draws = wanted.forMargin()
                ? probe.plan(estimator, DrawPlan.Effort.FULL, beginning.pilot(step))
                        .draws(measuring.margin(), wanted.most())
                : wanted.most();
        return probe.measure(estimator, step, draws, beginning.cuts(step));
    }

    private RunRecord record(String provenance) {
        Trajectory telling = own.trains() ? own : measured;
        return new RunRecord(
                spec.id(),
                setting.id(),
                spec.replicate(),
                setting.identity(),
                telling.divergence().isPresent() ? Outcome.DIVERGED : Outcome.DONE,
                message(),
                own.training(),
                curves,
                setting.accuracy().isPresent() ? baselines() : Map.of(),
                bias,
                provenance,
                OptionalLong.of(nanos()));
    }

    private String message() {
        List<String> messages = new ArrayList<>(own.divergence().stream().toList());
        if (measured != own) {
            String other =
                    along(setting).map(arguments -> arguments.text("type")).orElse("");
            measured.divergence().map(why -> "along '" + other + "': " + why).ifPresent(messages::add);
        }
        return String.join("; ", messages);
    }

    private Map<String, Map<String, Double>> baselines() {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        if (task.splits()) {
            for (Split split : List.of(Split.VALID, Split.TEST)) {
                task.baselines(split).forEach((name, methods) -> all.put(metric(name, split), methods));
            }
        }
        return all;
    }
}
