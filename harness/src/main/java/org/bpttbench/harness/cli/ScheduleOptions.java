package org.bpttbench.harness.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpttbench.experiments.run.RunCosts;
import org.bpttbench.experiments.run.RunLimits;
import org.bpttbench.experiments.run.RunLimits.Budget;
import org.bpttbench.experiments.run.RunOrder;
import org.bpttbench.experiments.spec.RunSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which order runs are made, and when that stops short. */
final class ScheduleOptions {
    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "replicate-major",
            description =
                    "Which runs come first: replicate-major (the first replicate of all settings, then the second),"
                            + " longest-first (by the times that plan shows) or as-written (setting by setting). ${DEFAULT-VALUE} by"
                            + " default. No result depends on it.")
    private String order = "";

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description =
                    "Stop after this time, as in 8h or 90m, with what is on its way saved, and report what there is:"
                            + " the same command goes on. Runs come replicate by replicate, and another replicate of all settings is"
                            + " begun only if it is expected to end in time.")
    private @Nullable String budget;

    @Option(
            names = "--timeout-per-run",
            paramLabel = "TIME",
            description =
                    "The most that a run may take in this process, as in 30m. It then ends as timed-out and the others"
                            + " go on; run again, with a longer time, to go on from where it was.")
    private @Nullable String timeout;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            description = "Begin no more runs after N that failed or timed out, and leave those on their way, saved.")
    private @Nullable Integer failures;

    @Option(names = "--fail-fast", description = "The same as --max-failures 1.")
    private boolean failFast;

    /** Tells the first of the options that is wrong, before anything is done. */
    void check() {
        order();
        budget();
        timeout();
        failures();
    }

    /** @param runs in the order of the sweep */
    List<RunSpec> sorted(List<RunSpec> runs, RunCosts costs) {
        return order().sorted(runs, costs);
    }

    /** @param costs learn from the runs that end */
    RunLimits limits(RunCosts costs) {
        return new RunLimits(budget().map(time -> new Budget(time, costs)), timeout(), failures());
    }

    private RunOrder order() {
        return Arrays.stream(RunOrder.values())
                .filter(each -> each.key().equals(order))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "--order is '" + order + "': must be replicate-major, longest-first or as-written"));
    }

    private Optional<Duration> budget() {
        return Optional.ofNullable(budget).map(text -> Durations.of("--budget", text));
    }

    private Optional<Duration> timeout() {
        return Optional.ofNullable(timeout).map(text -> Durations.of("--timeout-per-run", text));
    }

    private OptionalInt failures() {
        if (failures == null) {
            return failFast ? OptionalInt.of(1) : OptionalInt.empty();
        }
        if (failFast) {
            throw new UsageException(
                    "--fail-fast is --max-failures 1, and --max-failures is " + failures + ": give one of them");
        }
        if (failures < 1) {
            throw new UsageException("--max-failures is " + failures + ": must be a whole number, at least 1");
        }
        return OptionalInt.of(failures);
    }

    /** What the user wrote. */
    String budgetText() {
        return String.valueOf(budget);
    }
}
