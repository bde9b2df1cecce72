package org.bpttbench.experiments.run;

import java.util.HashMap;
import java.util.Map;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/**
 * How long runs take, as far as is known: the mean of the runs of the same setting that have ended; else what trying it for a
 * moment has told; else what it has to compute, at the rate at which the settings of the sweep whose times are known got on;
 * else the same at a rate that is a guess. Learns from the runs that end. Thread-safe.
 */
public final class RunCosts {
    /** Seconds for a multiplication, about: what is taken while nothing has been timed. */
    private static final double GUESS = 1e-9;

    private static final double NANO = 1e-9;

    /** What a prediction rests on. */
    public enum Basis {
        /** Runs of the setting that have ended. */
        RUNS,
        /** A trial of the setting on this machine. */
        TRIAL,
        /** Other settings' times, and how much there is to compute. */
        OTHERS,
        /** How much there is to compute. */
        GUESS
    }

    private final TaskShelf tasks;
    private final Map<String, RunWork> works = new HashMap<>();
    private final Map<String, Times> ended = new HashMap<>();
    private final Map<String, Double> tried = new HashMap<>();
    private final Map<String, Setting> timed = new HashMap<>();

    /** Of the runs of one setting. */
    private static final class Times {
        private double sum;
        private int count;

        void add(double seconds) {
            sum += seconds;
            count++;
        }

        double mean() {
            return sum / count;
        }
    }

    private RunCosts(TaskShelf tasks) {
        this.tasks = tasks;
    }

    /**
     * What the journal tells of the sweep's settings; nothing is tried.
     *
     * @param journal may hold runs of other settings, which do not count
     */
    public static RunCosts of(Sweep sweep, Journal journal, TaskShelf tasks) {
        RunCosts costs = new RunCosts(tasks);
        Map<String, Setting> settings = new HashMap<>();
        sweep.settings().forEach(setting -> settings.put(setting.id(), setting));
        for (RunRecord record : journal.runs().values()) {
            Setting setting = settings.get(record.setting());
            if (setting != null) {
                costs.add(setting, record);
            }
        }
        return costs;
    }

    /** A run's wall time, above zero; predictions of one instance can be compared and added, whatever they rest on. */
    public synchronized double seconds(RunSpec spec) {
        return seconds(spec.setting());
    }

    /** The same of any run of a setting. */
    public synchronized double seconds(Setting setting) {
        return switch (basis(setting)) {
            case RUNS -> Math.max(NANO, known(setting));
            case TRIAL -> tried.getOrDefault(setting.id(), NANO);
            case OTHERS -> work(setting).total() * rate();
            case GUESS -> work(setting).total() * GUESS;
        };
    }

    public synchronized Basis basis(Setting setting) {
        if (ended.containsKey(setting.id())) {
            return Basis.RUNS;
        }
        if (tried.containsKey(setting.id())) {
            return Basis.TRIAL;
        }
        return timed.isEmpty() ? Basis.GUESS : Basis.OTHERS;
    }

    /** Learns the time of a run. One that did not come to a result tells nothing. */
    public synchronized void add(RunSpec spec, RunRecord record) {
        add(spec.setting(), record);
    }

    private void add(Setting setting, RunRecord record) {
        double seconds = seconds(setting, record);
        if (seconds > 0) {
            ended.computeIfAbsent(setting.id(), id -> new Times()).add(seconds);
            timed.put(setting.id(), setting);
        }
    }

    /** 0 if the record does not tell. */
    private double seconds(Setting setting, RunRecord record) {
        if (!record.outcome().isResult()) {
            return 0;
        }
        if (record.nanos().isPresent()) {
            return record.nanos().getAsLong() * NANO;
        }
        // Written by a version that timed the training alone.
        RunWork work = work(setting);
        boolean whole = record.outcome() == Outcome.DONE && work.training() > 0;
        return whole ? record.training().nanos() * NANO * (work.total() / work.training()) : 0;
    }

    /**
     * Takes over what a trial has told; times of runs stay the better ones.
     *
     * @param seconds of a run
     */
    synchronized void tried(Setting setting, double seconds) {
        tried.put(setting.id(), Math.max(NANO, seconds));
        timed.put(setting.id(), setting);
    }

    private double known(Setting setting) {
        Times times = ended.get(setting.id());
        return times == null ? tried.getOrDefault(setting.id(), NANO) : times.mean();
    }

    /** Seconds for a multiplication in the settings that have been timed. */
    private double rate() {
        double seconds = 0;
        double multiplications = 0;
        for (Setting setting : timed.values()) {
            seconds += known(setting);
            multiplications += work(setting).total();
        }
        return seconds / multiplications;
    }

    private RunWork work(Setting setting) {
        return works.computeIfAbsent(setting.id(), id -> RunWork.of(setting, tasks.get(setting)));
    }
}
