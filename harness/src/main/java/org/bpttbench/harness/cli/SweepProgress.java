package org.bpttbench.harness.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunInFlight;
import org.bpttbench.experiments.run.RunListener;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How far a sweep is. Shares are weighted by what runs are predicted to take, and count what has been done of the runs on
 * their way; what is left is expected to take as long for its weight as what this process has done did. Thread-safe.
 */
final class SweepProgress implements RunListener {
    private static final double NANOS = 1e9;

    /** Before that many seconds what has been done tells nothing of what is left; */
    private static final double EARLIEST = 2;

    /** and before that many it has to be so much of it: compilers and pages need their time first. */
    private static final double EARLY = 60;

    private static final double TELLING = 0.01;

    /** Seconds for which predictions are good, though runs may have ended that would change them. */
    private static final double PREDICTED = 5;

    private final List<RunSpec> runs;
    private final ToDoubleFunction<RunSpec> costs;
    private final BiConsumer<RunSpec, RunRecord> lesson;
    private final int workers;
    private final LongSupplier nanoTime;
    private final long started;

    private final Map<RunSpec, Integer> numbers = new HashMap<>();
    /** Of each run, a run of its setting by whose cost all of the setting are known. */
    private final int[] same;

    private final double[] weights;
    private final @Nullable Outcome[] outcomes;
    /** Of each run, how much of it this process has done. */
    private final double[] doneHere;

    private final Map<RunSpec, InFlight> inFlight = new LinkedHashMap<>();
    private boolean learnt = true;
    private double predictedAt = Double.NEGATIVE_INFINITY;

    private record InFlight(RunInFlight run, long since) {}

    /**
     * @param runs of the sweep, or of the part of it that is wanted
     * @param ended what those came to that need not be made
     * @param costs what runs are predicted to take, in any unit
     * @param lesson told of runs that end, for the costs to learn from
     * @param workers that make runs
     * @param nanoTime the time, of which only differences count
     */
    SweepProgress(
            List<RunSpec> runs,
            Map<RunSpec, Outcome> ended,
            ToDoubleFunction<RunSpec> costs,
            BiConsumer<RunSpec, RunRecord> lesson,
            int workers,
            LongSupplier nanoTime) {
        this.runs = List.copyOf(runs);
        this.costs = costs;
        this.lesson = lesson;
        this.workers = workers;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.same = new int[runs.size()];
        this.weights = new double[runs.size()];
        this.outcomes = new Outcome[runs.size()];
        this.doneHere = new double[runs.size()];
        Map<Setting, Integer> first = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            RunSpec run = runs.get(i);
            numbers.put(run, i);
            Integer known = first.putIfAbsent(run.setting(), i);
            same[i] = known == null ? i : known;
            outcomes[i] = ended.get(run);
        }
    }

    /**
     * A moment of it.
     *
     * @param total runs
     * @param counts runs that have ended, by outcome, those among them that were there before
     * @param share done of all that there is to compute, in [0, 1]
     * @param elapsed seconds of this process
     * @param left seconds, as far as can be told
     * @param running in the order in which they began
     */
    record State(
            int total,
            Map<Outcome, Integer> counts,
            double share,
            double elapsed,
            OptionalDouble left,
            List<Running> running) {

        int ended() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }

        int count(Outcome outcome) {
            return counts.getOrDefault(outcome, 0);
        }
    }

    /**
     * A run on its way.
     *
     * @param step of training
     * @param end of training; 0 for a run that does not train
     * @param share of it that is done
     * @param seconds in this process
     */
    record Running(RunSpec spec, long step, long end, double share, double seconds) {}

    @Override
    public synchronized void began(RunInFlight run) {
        inFlight.put(run.spec(), new InFlight(run, nanoTime.getAsLong()));
    }

    @Override
    public synchronized void ended(RunSpec spec, RunRecord record, int done, int total) {
        InFlight before = inFlight.remove(spec);
        Integer number = numbers.get(spec);
        if (number == null) {
            return;
        }
        outcomes[number] = record.outcome();
        if (before != null) {
            // One that diverged or broke was not made to its end, and was over so much the sooner.
            double share = record.outcome() == Outcome.DONE ? 1 : before.run.share();
            doneHere[number] = share - before.run.startShare();
        }
        lesson.accept(spec, record);
        learnt = true;
    }

    /** As it is now. */
    synchronized State state() {
        double elapsed = seconds(started);
        predict(elapsed);
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        double all = 0;
        double past = 0;
        double here = 0;
        double longest = 0;
        for (int i = 0; i < weights.length; i++) {
            all += weights[i];
            here += weights[i] * doneHere[i];
            Outcome outcome = outcomes[i];
            if (outcome != null) {
                past += weights[i];
                counts.merge(outcome, 1, Integer::sum);
            } else {
                InFlight now = inFlight.get(runs.get(i));
                double share = now == null ? 0 : now.run.share();
                past += weights[i] * share;
                here += now == null ? 0 : weights[i] * (share - now.run.startShare());
                longest = Math.max(longest, weights[i] * (1 - share));
            }
        }
        double left = Math.max((all - past) / here, longest * workers / here) * elapsed;
        boolean known = elapsed >= EARLY ? here > 0 : elapsed >= EARLIEST && here > TELLING * (all - past);
        return new State(
                weights.length,
                counts,
                all > 0 ? Math.min(1, past / all) : 1,
                elapsed,
                known ? OptionalDouble.of(left) : OptionalDouble.empty(),
                running());
    }

    private List<Running> running() {
        List<Running> running = new ArrayList<>();
        inFlight.values()
                .forEach(each -> running.add(new Running(
                        each.run.spec(), each.run.step(), each.run.end(), each.run.share(), seconds(each.since))));
        return running;
    }

    private void predict(double now) {
        if (learnt && now - predictedAt >= PREDICTED) {
            Arrays.setAll(weights, i -> same[i] == i ? costs.applyAsDouble(runs.get(i)) : weights[same[i]]);
            learnt = false;
            predictedAt = now;
        }
    }

    private double seconds(long since) {
        return (nanoTime.getAsLong() - since) / NANOS;
    }
}
