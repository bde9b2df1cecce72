package org.bpttbench.harness.cli;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.bpttbench.experiments.run.Shard;

/** Which of the tasks of a job array this process is, from the variables that the scheduler sets for it. */
final class ArrayTask {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final String REMEDY = "; give --shard I/N instead";

    private final Map<String, String> variables;

    /** @param variables of the environment */
    ArrayTask(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * The first task is the first shard, whatever number the array begins with.
     *
     * @throws UsageException if it cannot be made out
     */
    Shard shard() {
        if (has("SLURM_ARRAY_TASK_ID")) {
            return slurm();
        }
        if (has("PBS_ARRAY_INDEX")) {
            throw new UsageException("--shard auto: PBS_ARRAY_INDEX is " + variables.get("PBS_ARRAY_INDEX")
                    + ", but PBS does not tell of how many; with '#PBS -J 1-8', give --shard $PBS_ARRAY_INDEX/8");
        }
        if (has("SGE_TASK_ID")) {
            return sge();
        }
        throw new UsageException("--shard auto: this is no task of a job array: none of SLURM_ARRAY_TASK_ID,"
                + " PBS_ARRAY_INDEX and SGE_TASK_ID is set" + REMEDY);
    }

    private Shard slurm() {
        String id = "SLURM_ARRAY_TASK_ID";
        long first = number("SLURM_ARRAY_TASK_MIN");
        long step = optional("SLURM_ARRAY_TASK_STEP").orElse(1);
        long count = number("SLURM_ARRAY_TASK_COUNT");
        long last = optional("SLURM_ARRAY_TASK_MAX").orElse(first + (count - 1) * Math.max(1, step));
        // An array such as 1,2,7 has a count, but its tasks cannot tell their places.
        if (step < 1 || last < first || (last - first) / step + 1 != count) {
            throw new UsageException("--shard auto: " + count + " tasks from " + first + " to " + last + " in steps of "
                    + step + " do not come out even: the array must be a range, as in --array=1-8" + REMEDY);
        }
        return shard(id, first, step, count);
    }

    /** Outside an array it says {@code undefined}. */
    private boolean has(String variable) {
        String value = variables.getOrDefault(variable, "");
        return !value.isEmpty() && !value.equals("undefined");
    }

    private Shard sge() {
        long first = number("SGE_TASK_FIRST");
        long last = number("SGE_TASK_LAST");
        long step = number("SGE_TASK_STEPSIZE");
        if (step < 1 || last < first) {
            throw new UsageException("--shard auto: SGE_TASK_FIRST, _LAST and _STEPSIZE are " + first + ", " + last
                    + " and " + step + ": no range" + REMEDY);
        }
        return shard("SGE_TASK_ID", first, step, (last - first) / step + 1);
    }

    private Shard shard(String variable, long first, long step, long count) {
        long id = number(variable);
        long place = (id - first) / step;
        if (id < first || first + place * step != id || place >= count) {
            throw new UsageException("--shard auto: " + variable + " is " + id + ", which is none of the " + count
                    + " tasks from " + first + " in steps of " + step + REMEDY);
        }
        return new Shard((int) place + 1, (int) count);
    }

    private OptionalLong optional(String variable) {
        return has(variable) ? OptionalLong.of(number(variable)) : OptionalLong.empty();
    }

    private long number(String variable) {
        if (!has(variable)) {
            throw new UsageException("--shard auto: " + variable + " is not set" + REMEDY);
        }
        String value = variables.getOrDefault(variable, "");
        if (!NUMBER.matcher(value).matches()) {
            throw new UsageException(
                    "--shard auto: " + variable + " is '" + value + "', which is no number of a task" + REMEDY);
        }
        return Long.parseLong(value);
    }
}
