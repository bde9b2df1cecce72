package org.bpttbench.experiments.run;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.spec.AccuracySpec;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Split;
import org.bpttbench.experiments.task.Task;

/**
 * Tells {@link RunCosts} how long runs will take on this machine, by doing a moment of each kind of work that the settings
 * have: the first steps of a training, one evaluation, a measurement of few draws. Settings that differ in nothing that costs
 * time are tried once, the dearest first; what the time does not suffice for is not tried. Writes nothing.
 */
public final class CostTrial {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final double NANOS = 1e9;

    /** Seconds for one kind of setting, at most, and the fewest that tell anything. */
    private static final double LONGEST = 1.5;

    private static final double SHORTEST = 0.02;

    /** Parts of the time for a kind; the rest is for measuring. */
    private static final double FOR_TRAINING = 0.3;

    private static final double FOR_EVALUATION = 0.1;

    /** Seconds for a multiplication, where no training has told: rather too many, so as not to begin what takes too long. */
    private static final double SLOW = 2e-9;

    /** A window run forward and not yet back is about a third of its work. */
    private static final double FORWARD_ONLY = 3.0;

    private static final int FEWEST_DRAWS = 4;

    /** By how much draws are multiplied, and what that does to the time, guessed low: not all of it is for draws. */
    private static final int MORE = 8;

    private static final double AT_LEAST = 1.5;

    private final TaskShelf tasks;
    private final Kernels kernels;
    private final ToIntFunction<Setting> draws;

    /** @param draws that a setting will make at each measurement */
    public CostTrial(TaskShelf tasks, Kernels kernels, ToIntFunction<Setting> draws) {
        this.tasks = tasks;
        this.kernels = kernels;
        this.draws = draws;
    }

    /**
     * What was found of a kind of setting.
     *
     * @param training seconds for a multiplication of it
     * @param evaluation the same
     * @param measuring of a measurement
     */
    private record Found(double training, double evaluation, Line measuring) {
        double seconds(RunWork work, int measurements) {
            return work.training() * training
                    + work.evaluation() * evaluation
                    + (measurements == 0 ? 0 : measurements * measuring.at(work.measuring() / measurements));
        }
    }

    /**
     * A time that grows with work, above what does not.
     *
     * @param work that took so many seconds
     * @param rate seconds for every multiplication more
     */
    private record Line(double work, double seconds, double rate) {
        /** From the origin. */
        static Line of(double rate) {
            return new Line(0, 0, rate);
        }

        /** Through two measurements, as far as they make sense: no more can be for more work than is for all of it. */
        static Line through(Line first, double work, double seconds) {
            double rate = (seconds - first.seconds) / (work - first.work);
            return new Line(work, seconds, Math.min(Math.max(0, rate), seconds / work));
        }

        double at(double other) {
            return other < work ? seconds * other / work : seconds + rate * (other - work);
        }
    }

    /** The trial is over. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Tries settings and tells what they take.
     *
     * @param pending settings with the number of their runs that are to be made; a run that is shorter than its trial is not
     *     made more often than that
     * @param time for all trials together, about
     */
    public void run(Map<Setting, Integer> pending, Duration time, RunCosts costs) {
        long deadline = System.nanoTime() + time.toNanos();
        List<List<Setting>> kinds = kinds(pending);
        pass(kinds, pending, deadline, costs);
        // What was tried first was tried by code that was not compiled yet.
        pass(
                kinds.stream()
                        .filter(kind -> expected(kind, pending, costs) > LONGEST)
                        .toList(),
                pending,
                deadline,
                costs);
    }

    private static double expected(List<Setting> kind, Map<Setting, Integer> pending, RunCosts costs) {
        return kind.stream()
                .mapToDouble(setting -> costs.seconds(setting) * pending.getOrDefault(setting, 0))
                .sum();
    }

    private void pass(List<List<Setting>> kinds, Map<Setting, Integer> pending, long deadline, RunCosts costs) {
        for (int i = 0; i < kinds.size(); i++) {
            double left = (deadline - System.nanoTime()) / NANOS;
            if (left < SHORTEST) {
                return;
            }
            double slice = Math.min(LONGEST, Math.max(SHORTEST, left / (kinds.size() - i)));
            List<Setting> kind = kinds.get(i);
            int runs = kind.stream()
                    .mapToInt(setting -> pending.getOrDefault(setting, 0))
                    .sum();
            found(kind.get(0), slice, runs)
                    .ifPresent(found -> kind.forEach(setting -> costs.tried(setting, seconds(found, setting))));
        }
    }

    /** Settings whose steps and draws cost the same, the most work first. */
    private List<List<Setting>> kinds(Map<Setting, Integer> pending) {
        Map<List<Object>, List<Setting>> kinds = new LinkedHashMap<>();
        pending.keySet()
                .forEach(setting -> kinds.computeIfAbsent(kind(setting), key -> new ArrayList<>())
                        .add(setting));
        Map<List<Setting>, Double> work = new LinkedHashMap<>();
        kinds.values()
                .forEach(kind -> work.put(
                        kind,
                        kind.stream()
                                .mapToDouble(setting -> work(setting).total() * pending.getOrDefault(setting, 0))
                                .sum()));
        return work.entrySet().stream()
                .sorted(Map.Entry.<List<Setting>, Double>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<Object> kind(Setting setting) {
        List<Object> kind = new ArrayList<>();
        kind.add(setting.task().values());
        kind.add(setting.value("model").orElse(""));
        kind.add(setting.estimator().values());
        setting.train().ifPresent(train -> {
            kind.add(train.lanes());
            kind.add(train.sequence());
            kind.add(train.optimizer().text("type"));
            kind.add(train.per());
            kind.add(train.update());
            kind.add(train.clip().text("type"));
        });
        setting.bias().ifPresent(bias -> {
            kind.add(bias.length());
            kind.add(bias.burnIn());
            kind.add(bias.sequences());
            kind.add(bias.exact());
            kind.add(bias.along().map(Arguments::values));
        });
        kind.add(setting.accuracy().flatMap(AccuracySpec::on));
        return kind;
    }

    private RunWork work(Setting setting) {
        return RunWork.of(setting, tasks.get(setting), draws.applyAsInt(setting));
    }

    private double seconds(Found found, Setting setting) {
        int measurements = setting.bias().map(bias -> bias.at().size()).orElse(0);
        return found.seconds(work(setting), measurements);
    }

    /** Empty if nothing could be told, for whatever reason: a plan is no place to fail. */
    private Optional<Found> found(Setting setting, double slice, int runs) {
        try {
            Beginning beginning = Beginning.of(new RunSpec(setting, 0), tasks.get(setting));
            OptionalDouble training = setting.train().isPresent()
                    ? training(beginning, setting.train().get(), FOR_TRAINING * slice, runs)
                    : OptionalDouble.empty();
            double expected = training.orElse(SLOW);
            OptionalDouble evaluation = evaluation(beginning, FOR_EVALUATION * slice, expected);
            Optional<Line> measuring = measuring(beginning, (1 - FOR_TRAINING - FOR_EVALUATION) * slice, expected);
            if (training.isEmpty() && evaluation.isEmpty() && measuring.isEmpty()) {
                return Optional.empty();
            }
            double any = training.orElse(evaluation.orElse(SLOW));
            return Optional.of(
                    new Found(training.orElse(any), evaluation.orElse(any), measuring.orElseGet(() -> Line.of(any))));
        } catch (RuntimeException | OutOfMemoryError e) {
            return Optional.empty();
        }
    }

    private OptionalDouble training(Beginning beginning, TrainSpec train, double seconds, int runs) {
        Setting setting = beginning.setting();
        boolean leftOut = setting.accuracy().isEmpty();
        Arguments trained = Execution.along(setting).filter(other -> leftOut).orElse(setting.estimator());
        GradientEstimator estimator = RunWork.estimator(trained);
        long end = RunWork.steps(train, beginning.task());
        Pace pace = new Pace(seconds);
        for (int run = 0; run < runs && !pace.over(); run++) {
            Trajectory trajectory = Trajectory.trained(beginning, estimator, train, end, kernels);
            pace.begin();
            trajectory.whenAtRest(() -> {
                if (pace.rest(trajectory)) {
                    throw new Enough();
                }
            });
            try {
                trajectory.follow(() -> trajectory.advanceTo(end));
            } catch (Enough e) {
                // As was wished.
            }
            pace.look(trajectory);
        }
        double perStep = RunWork.perStep(estimator, train.lanes(), beginning.model());
        OptionalDouble step = pace.secondsPerStep();
        return step.isPresent() ? OptionalDouble.of(step.getAsDouble() / perStep) : step;
    }

    private OptionalDouble evaluation(Beginning beginning, double seconds, double expected) {
        Optional<AccuracySpec> accuracy = beginning.setting().accuracy();
        if (accuracy.isEmpty()) {
            return OptionalDouble.empty();
        }
        Task task = beginning.task();
        Split split = accuracy.get().on().map(Split::of).orElse(Split.VALID);
        double work = RunWork.evaluation(split, task, beginning.model());
        if (work * expected > seconds) {
            return OptionalDouble.empty();
        }
        double[] theta = beginning.theta();
        Network network = beginning.network(kernels, theta);
        long deadline = System.nanoTime() + (long) (seconds * NANOS);
        double took;
        do {
            long before = worked();
            task.evaluate(network, theta, split);
            took = (worked() - before) / NANOS;
        } while (System.nanoTime() + took * NANOS < deadline);
        return OptionalDouble.of(took / work);
    }

    /** Measures with more and more draws, the first time twice, as long as the time suffices for the next; the last tell. */
    private Optional<Line> measuring(Beginning beginning, double seconds, double expected) {
        Setting setting = beginning.setting();
        if (setting.bias().isEmpty()) {
            return Optional.empty();
        }
        BiasSpec bias = setting.bias().get();
        GradientEstimator estimator = RunWork.estimator(setting.estimator());
        boolean drawn = estimator.traits().random() && !bias.exact();
        int most = drawn ? BiasProbe.roundedDraws(Math.max(1, draws.applyAsInt(setting))) : 1;
        long deadline = System.nanoTime() + (long) (seconds * NANOS);
        int count = Math.min(FEWEST_DRAWS, most);
        double work = RunWork.measurement(setting, bias, beginning.model(), count);
        if (work * expected > seconds) {
            return Optional.empty();
        }
        double took = measure(beginning, bias, estimator, count);
        if (System.nanoTime() + took * NANOS < deadline) {
            took = measure(beginning, bias, estimator, count);
        }
        Line line = new Line(work, took, took / work);
        while (count < most && System.nanoTime() + AT_LEAST * took * NANOS < deadline) {
            count = BiasProbe.roundedDraws(Math.min(most, MORE * count));
            took = measure(beginning, bias, estimator, count);
            line = Line.through(line, RunWork.measurement(setting, bias, beginning.model(), count), took);
        }
        return Optional.of(line);
    }

    /** @return seconds that it took */
    private double measure(Beginning beginning, BiasSpec bias, GradientEstimator estimator, int count) {
        long end = beginning
                .setting()
                .train()
                .map(train -> RunWork.steps(train, beginning.task()))
                .orElse(0L);
        Trajectory start = beginning
                .setting()
                .train()
                .map(train -> Trajectory.trained(beginning, estimator, train, end, kernels))
                .orElseGet(() -> Trajectory.still(beginning, estimator, kernels));
        long before = worked();
        BiasProbe probe = beginning.probe(bias, start.network(), start.frozen(estimator));
        if (bias.exact()) {
            probe.compute(estimator, 0);
        } else {
            probe.measure(estimator, 0, count, beginning.pilot(0));
        }
        return (worked() - before) / NANOS;
    }

    /** Nanoseconds that this thread has worked, so that the machine's other work does not count; wall time if unknown. */
    private static long worked() {
        return THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
                ? THREADS.getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    /** Steps and the time they take, from when the code has warmed up, and in whole windows if any ended. */
    private static final class Pace {
        /** Between two looks at the time that was worked, which is dear to ask for. */
        private static final long PAUSE = 1_000_000;

        private final long limit;
        private final long started = System.nanoTime();
        private long looked;
        private long before;
        private long nanosBefore;
        private long stepsBefore;
        private long updates;
        private long steps;
        private long nanos;
        private long endedSteps;
        private long endedNanos;
        private long warmSteps;
        private long warmNanos;

        Pace(double seconds) {
            limit = (long) (seconds * NANOS);
        }

        boolean over() {
            return System.nanoTime() - started > limit;
        }

        /** A training begins. */
        void begin() {
            before = worked();
            looked = System.nanoTime();
            nanosBefore = nanos;
            stepsBefore = steps;
            updates = 0;
        }

        /** @return whether the time is over */
        boolean rest(Trajectory trajectory) {
            long now = System.nanoTime();
            if (now - looked >= PAUSE) {
                looked = now;
                look(trajectory);
            }
            return now - started > limit;
        }

        void look(Trajectory trajectory) {
            nanos = nanosBefore + worked() - before;
            steps = stepsBefore + trajectory.position();
            if (trajectory.updates() > updates) {
                updates = trajectory.updates();
                endedNanos = nanos;
                endedSteps = steps;
                if (2 * (System.nanoTime() - started) <= limit) {
                    warmNanos = nanos;
                    warmSteps = steps;
                }
            }
        }

        OptionalDouble secondsPerStep() {
            if (endedSteps > warmSteps) {
                return OptionalDouble.of((endedNanos - warmNanos) / NANOS / (endedSteps - warmSteps));
            }
            if (warmSteps > 0) {
                return OptionalDouble.of(warmNanos / NANOS / warmSteps);
            }
            return steps > 0 ? OptionalDouble.of(FORWARD_ONLY * nanos / NANOS / steps) : OptionalDouble.empty();
        }
    }
}
