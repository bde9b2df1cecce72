package org.bpttbench.harness.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A job script for SLURM: an array of which each task is a shard, all on one results folder.
 *
 * @param name of the sweep
 * @param launcher of this project, absolute
 * @param folder to start in, absolute
 * @param sweep what {@code bptt run} takes: the sweep, its overrides and options
 * @param results absolute
 */
record SlurmScript(String name, Path launcher, Path folder, List<String> sweep, Path results) {

    SlurmScript {
        sweep = List.copyOf(sweep);
    }

    /**
     * The script.
     *
     * @throws UsageException if a path cannot stand in it
     */
    String text(SlurmOptions options, int runs) {
        int tasks = options.tasks(runs);
        List<String> lines = new ArrayList<>(List.of(
                "#!/bin/sh",
                "#SBATCH --job-name=bptt-" + name,
                "#SBATCH --array=1-" + tasks,
                "#SBATCH --ntasks=1",
                "#SBATCH --cpus-per-task=" + options.jobs()));
        options.time().ifPresent(time -> lines.add("#SBATCH --time=" + time));
        lines.addAll(List.of(
                "# Two minutes before its time is over, each task saves where its runs are.",
                "#SBATCH --signal=B:INT@120",
                "#",
                "# Made by 'bptt export slurm'. Submit this file with sbatch, as often as need be, also single tasks of it: what is done",
                "# is not made again. Memory is asked for with #SBATCH --mem, and allowed to Java in BPTT_JAVA_OPTS, as in -Xmx4g.",
                "# The task that ends last writes the CSV files and the report. With its figures as PNG too, when all are over:",
                "#   sbatch --dependency=afterany:JOBID --wrap "
                        + quoted(command(List.of("report", results.toString()))),
                "set -eu",
                "cd -- " + quoted(folder.toString()),
                "# Of a part that is submitted again too, the shards are those of the whole array.",
                "export SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=" + tasks + " SLURM_ARRAY_TASK_STEP=1"
                        + " SLURM_ARRAY_TASK_COUNT=" + tasks,
                "exec " + command(run(options.jobs()))));
        return String.join("\n", lines) + "\n";
    }

    private List<String> run(int jobs) {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(sweep);
        words.addAll(List.of("--shard", "auto", "--jobs", Integer.toString(jobs), "--out", results.toString()));
        return words;
    }

    private String command(List<String> words) {
        return quoted(launcher.toString()) + " "
                + words.stream().map(SlurmScript::quoted).collect(Collectors.joining(" "));
    }

    /** As one word for a shell, with nothing in it that means anything to it. */
    static String quoted(String word) {
        if (word.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException("'" + word + "' has control characters: no job script can be made with that");
        }
        return Shell.quoted(word);
    }
}
