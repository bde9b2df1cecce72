package org.bpttbench.harness.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.bpttbench.experiments.run.RunnerEnd;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.report.Words;

/** What is said where a limit ended a sweep before all its runs were made. */
final class StoppedShort {
    private final Sweep sweep;
    private final String budget;
    private final Predicate<String> done;

    /**
     * @param budget as the user wrote it, if there was one
     * @param done tells of a run id whether the run has a result
     */
    StoppedShort(Sweep sweep, String budget, Predicate<String> done) {
        this.sweep = sweep;
        this.budget = budget;
        this.done = done;
    }

    /** Empty if no limit did. */
    Optional<String> sentence(RunnerEnd end) {
        return why(end).map(why -> why + ": " + state() + "; the same command goes on");
    }

    private Optional<String> why(RunnerEnd end) {
        return switch (end.why()) {
            case ALL_MADE, ASKED -> Optional.empty();
            case FAILURES ->
                Optional.of("stopped after " + Words.count(end.failures(), "run")
                        + " that failed or timed out (--max-failures)");
            case TIME_OVER -> Optional.of("the budget of " + budget + " is over");
            case NEXT_TOO_LONG ->
                Optional.of("stopped, as another replicate of all settings is expected to take "
                        + Durations.words(seconds(end.expected())) + " and the budget of " + budget + " has "
                        + Durations.words(seconds(end.left())) + " left");
        };
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private String state() {
        List<RunSpec> runs = sweep.runs();
        int replicates = sweep.choosing() + sweep.replicates();
        long complete = IntStream.range(0, replicates)
                .filter(replicate -> runs.stream()
                        .filter(run -> run.replicate() == replicate)
                        .allMatch(run -> done.test(run.id())))
                .count();
        long made = runs.stream().filter(run -> done.test(run.id())).count();
        return complete + " of " + Words.count(replicates, "replicate") + " of all "
                + Words.count(sweep.settings().size(), "setting") + " are complete, " + made + " of "
                + Words.count(runs.size(), "run") + " are done";
    }
}
