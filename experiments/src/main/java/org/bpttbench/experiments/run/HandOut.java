package org.bpttbench.experiments.run;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bpttbench.experiments.run.RunLimits.Budget;
import org.bpttbench.experiments.run.RunnerEnd.Why;
import org.bpttbench.experiments.spec.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * Hands runs out to workers, one after another, as long as the limits let it. Under a budget they come replicate by
 * replicate, otherwise in the order in which they were given. Thread-safe.
 */
final class HandOut {
    private static final double NANOS = 1e9;

    private final List<RunSpec> specs;
    private final int workers;
    private final RunLimits limits;
    private final LongSupplier nanoTime;
    private final Map<RunSpec, Long> onTheirWay = new HashMap<>();
    private Runnable begun = () -> {};
    private long started;
    private int next;
    private int failures;
    private @Nullable RunnerEnd end;
    /** Read by runs at every window. */
    private volatile boolean leaving;

    /**
     * @param workers among whom the runs are divided
     * @param nanoTime the time, of which only differences count
     */
    HandOut(List<RunSpec> specs, int workers, RunLimits limits, LongSupplier nanoTime) {
        this.specs = limits.budget().isPresent() ? byReplicate(specs) : List.copyOf(specs);
        this.workers = workers;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Has something done when the first run is handed out, which is when a budget begins. Before any is. */
    void whenBegun(Runnable action) {
        begun = action;
    }

    private static List<RunSpec> byReplicate(List<RunSpec> specs) {
        return specs.stream()
                .sorted(Comparator.comparingInt(RunSpec::replicate))
                .toList();
    }

    /** All that there are to hand out. */
    int size() {
        return specs.size();
    }

    /** The next run to be made; empty if there is none, or none that may be begun. */
    synchronized Optional<RunSpec> next() {
        if (end == null && next == specs.size()) {
            end = RunnerEnd.of(Why.ALL_MADE, failures);
        }
        if (end == null && isAnotherReplicate()) {
            limits.budget().ifPresent(this::judge);
        }
        if (end != null) {
            return Optional.empty();
        }
        if (next == 0) {
            started = nanoTime.getAsLong();
            begun.run();
        }
        RunSpec spec = specs.get(next++);
        onTheirWay.put(spec, nanoTime.getAsLong());
        return Optional.of(spec);
    }

    private boolean isAnotherReplicate() {
        return next > 0 && specs.get(next).replicate() != specs.get(next - 1).replicate();
    }

    /** Does not begin a replicate that would be broken off; one of which nothing is known is begun. */
    private void judge(Budget budget) {
        int replicate = specs.get(next).replicate();
        List<RunSpec> round = specs.subList(next, specs.size()).stream()
                .filter(spec -> spec.replicate() == replicate)
                .toList();
        boolean known = round.stream().noneMatch(spec -> budget.costs().basis(spec.setting()) == RunCosts.Basis.GUESS);
        double expected = expected(round, budget.costs());
        double left = budget.time().toNanos() / NANOS - secondsSince(started);
        if (known && expected > left) {
            end = new RunnerEnd(Why.NEXT_TOO_LONG, failures, replicate, duration(expected), duration(left));
        }
    }

    /** Seconds from now until a round has ended if it is begun now. */
    private double expected(List<RunSpec> round, RunCosts costs) {
        double sum = 0;
        double longest = 0;
        for (RunSpec spec : round) {
            double seconds = costs.seconds(spec);
            sum += seconds;
            longest = Math.max(longest, seconds);
        }
        for (Map.Entry<RunSpec, Long> run : onTheirWay.entrySet()) {
            sum += Math.max(0, costs.seconds(run.getKey()) - secondsSince(run.getValue()));
        }
        return Math.max(longest, sum / workers);
    }

    private double secondsSince(long then) {
        return (nanoTime.getAsLong() - then) / NANOS;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (Math.max(0, seconds) * NANOS));
    }

    /** To be told of every run that was handed out and has come to a record. */
    synchronized void ended(RunSpec spec, RunRecord record) {
        onTheirWay.remove(spec);
        limits.budget().ifPresent(budget -> budget.costs().add(spec, record));
        if (!record.outcome().isResult()) {
            failures++;
            if (limits.failures().isPresent() && failures >= limits.failures().getAsInt()) {
                leave(Why.FAILURES);
            }
        }
    }

    /** To be told when the budget is over. */
    synchronized void timeIsOver() {
        leave(Why.TIME_OVER);
    }

    /** Failures stay the reason if time is over besides; where nothing is left to be made neither is one. */
    private void leave(Why why) {
        boolean allMade = next == specs.size() && onTheirWay.isEmpty();
        if (!allMade && !leaving) {
            end = RunnerEnd.of(why, failures);
            leaving = true;
        }
    }

    /** Whether runs on their way are to be left as soon as they can be gone on with. */
    boolean leaving() {
        return leaving;
    }

    /** Once all workers have ended. */
    synchronized RunnerEnd end() {
        RunnerEnd reason = end == null ? RunnerEnd.of(Why.ASKED, failures) : end;
        return new RunnerEnd(reason.why(), failures, reason.replicate(), reason.expected(), reason.left());
    }
}
