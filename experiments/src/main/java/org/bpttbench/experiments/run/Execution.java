package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.init.Initializers;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.measure.DrawPlan;
import org.bpttbench.experiments.spec.AccuracySpec;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.DrawsSpec;
import org.bpttbench.experiments.spec.InitSpec;
import org.bpttbench.experiments.spec.ModelSpec;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Models;
import org.bpttbench.experiments.task.Split;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.train.DivergedException;
import org.bpttbench.experiments.train.InitialWeights;
import org.bpttbench.experiments.train.Trainer;
import org.bpttbench.variants.Estimators;
import org.jspecify.annotations.Nullable;

/**
 * One run, from initial weights to its record: train to the next checkpoint, measure there, go on. Every seed is a path
 * below the sweep's seed and the replicate; none contains the estimator, so that all arms see the same data, weights and
 * draws.
 */
final class Execution {
    private final RunSpec spec;
    private final Setting setting;
    private final Task task;
    private final Model model;
    private final Network network;
    private final Seeds seeds;
    private final GradientEstimator estimator;
    private final double[] theta;
    private final List<CurvePoint> curves = new ArrayList<>();
    private final List<BiasMeasurement> bias = new ArrayList<>();
    private @Nullable Trainer trainer;
    private long nanos;

    Execution(RunSpec spec, Task task, Kernels kernels) {
        this.spec = spec;
        this.setting = spec.setting();
        this.task = task;
        this.model = Models.build(task, setting.model().map(ModelSpec::arguments));
        this.network = new Network(model, kernels);
        this.seeds = Seeds.of(setting.seed()).at("replicate").at(spec.replicate());
        this.estimator = Estimators.CATALOG.create("type", setting.estimator());
        this.theta = weights(setting.init()).draw(model.layout(), seeds);
        network.load(theta);
    }

    private static InitialWeights weights(InitSpec init) {
        return new InitialWeights(
                Initializers.CATALOG.create("type", init.recurrent()),
                Initializers.CATALOG.create("type", init.input()),
                Initializers.CATALOG.create("type", init.readout()),
                init.bias(),
                init.forget());
    }

    RunRecord run(String provenance) {
        try {
            setting.train().ifPresent(this::openTrainer);
            for (long checkpoint : checkpoints()) {
                advanceTo(checkpoint);
                visit(checkpoint);
            }
            finish();
            return record(Outcome.DONE, "", provenance);
        } catch (DivergedException e) {
            return record(Outcome.DIVERGED, String.valueOf(e.getMessage()), provenance);
        }
    }

    private void openTrainer(TrainSpec train) {
        boolean endless = task.episode().isEmpty();
        long steps = lastStep(train);
        long sequence = task.episode().orElse(train.sequence().orElse(steps));
        Source source = task.open(model, train.lanes(), seeds.at("task"));
        Coin coin = Coin.of(seeds.at("cuts").generator());
        trainer = new Trainer(network, theta, train, estimator, source, coin, endless, sequence, steps);
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
        setting.bias().ifPresent(measured -> measured.at().forEach(at -> steps.add(reached(at))));
        setting.accuracy().ifPresent(accuracy -> {
            for (long step = accuracy.every(); step < end; step += accuracy.every()) {
                steps.add(step);
            }
        });
        return steps;
    }

    private void advanceTo(long step) {
        if (trainer != null) {
            long start = System.nanoTime();
            trainer.advanceTo(step);
            nanos += System.nanoTime() - start;
        }
    }

    private void visit(long step) {
        long end = setting.train().map(this::lastStep).orElse(0L);
        Optional<AccuracySpec> accuracy = setting.accuracy();
        if (accuracy.isPresent() && (step % accuracy.get().every() == 0 || step == end)) {
            Split split = accuracy.get().on().map(Split::of).orElse(Split.VALID);
            evaluate(step, split);
        }
        setting.bias()
                .ifPresent(measured -> measured.at().stream()
                        .filter(at -> reached(at) == step)
                        .forEach(at -> bias.add(measure(measured, at))));
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
            evaluate(trainer == null ? 0 : trainer.step(), Split.TEST);
        }
    }

    private void evaluate(long step, Split split) {
        task.evaluate(network, theta, split).forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new DivergedException(metric(name, split) + " is " + value + " at step " + step);
            }
            curves.add(new CurvePoint(step, metric(name, split), value));
        });
    }

    private String metric(String name, Split split) {
        return task.splits() ? split.key() + '.' + name : name;
    }

    private BiasMeasurement measure(BiasSpec spec, long step) {
        Seeds measuring = seeds.at("measure");
        Source source = task.open(model, spec.sequences(), measuring.at("task"));
        BiasProbe probe = new BiasProbe(network, source, spec.sequences(), spec.burnIn(), spec.length());
        if (spec.exact() || !estimator.traits().random()) {
            return probe.compute(estimator, step);
        }
        DrawsSpec wanted = spec.draws().orElseThrow();
        Seeds pilot = measuring.at("pilot").at(step);
        int draws = wanted.forMargin()
                ? probe.plan(estimator, DrawPlan.AFFORDABLE, pilot).draws(spec.margin(), wanted.most())
                : wanted.most();
        return probe.measure(estimator, step, draws, measuring.at("cuts").at(step));
    }

    private RunRecord record(Outcome outcome, String message, String provenance) {
        RunRecord.Training training = trainer == null
                ? RunRecord.Training.NONE
                : new RunRecord.Training(
                        trainer.step(),
                        trainer.updates(),
                        trainer.tally().backwardLaneSteps(),
                        estimator.tapeSteps(setting.train().orElseThrow().lanes(), trainer.tally()),
                        trainer.tally().largestWeight(),
                        RunRecord.Norms.of(trainer.norms(), trainer.clippedNorms()),
                        nanos);
        return new RunRecord(
                spec.id(),
                setting.id(),
                spec.replicate(),
                setting.identity(),
                outcome,
                message,
                training,
                curves,
                setting.accuracy().isPresent() ? baselines() : Map.of(),
                bias,
                provenance);
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
