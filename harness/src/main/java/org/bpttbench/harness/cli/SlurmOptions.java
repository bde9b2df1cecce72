package org.bpttbench.harness.cli;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a job script asks of the cluster. */
final class SlurmOptions {
    /** Minutes, or days, hours, minutes and seconds as SLURM writes them. */
    private static final Pattern TIME =
            Pattern.compile("[0-9]{1,7}|[0-9]{1,4}(:[0-5]?[0-9]){1,2}|[0-9]{1,3}-[0-9]{1,2}(:[0-5]?[0-9]){0,2}");

    private static final int USUAL_TASKS = 8;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "Shards, each a task of the job array; 8 by default, or as many as there are runs.")
    private @Nullable Integer tasks;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs that a task makes at a time, and processors that it asks for; 1 by default.")
    private @Nullable Integer jobs;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description =
                    "Limit of each task, as in 8h, 90m or as SLURM writes it, 1-12:00:00; the cluster's own by default.")
    private @Nullable String time;

    /** @param runs of the sweep: more tasks than those would have nothing to do */
    int tasks(int runs) {
        int wanted = tasks == null ? Math.min(USUAL_TASKS, runs) : tasks;
        if (wanted < 1 || wanted > runs) {
            throw new UsageException("--tasks is " + wanted + ": the sweep has " + runs + " runs, so 1 to " + runs);
        }
        return wanted;
    }

    int jobs() {
        int wanted = jobs == null ? 1 : jobs;
        if (wanted < 1) {
            throw new UsageException("--jobs is " + wanted + ": must be at least 1");
        }
        return wanted;
    }

    /** As SLURM has it. */
    Optional<String> time() {
        return Optional.ofNullable(time).map(SlurmOptions::slurmTime);
    }

    private static String slurmTime(String text) {
        if (TIME.matcher(text).matches()) {
            return text;
        }
        if (text.matches("[1-9][0-9]{0,5}h")) {
            return text.replace("h", ":00:00");
        }
        if (text.matches("[1-9][0-9]{0,6}m")) {
            return text.replace("m", "");
        }
        throw new UsageException("--time is '" + text + "': must be as in 8h, 90m, 08:00:00 or 1-12:00:00");
    }

    /** The first that was given, for a table, which has none of them. */
    Optional<String> given() {
        if (tasks != null) {
            return Optional.of("--tasks");
        }
        if (jobs != null) {
            return Optional.of("--jobs");
        }
        return time != null ? Optional.of("--time") : Optional.empty();
    }
}
