package org.bpttbench.harness.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpttbench.experiments.run.Shard;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of the runs to make. */
final class ShardOption {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Make one of N equal parts of the runs, as in 3/8, counted from 1: for several machines, on one results"
                            + " folder or each on its own ('bptt merge' joins them). auto: the part that SLURM_ARRAY_TASK_ID, with the"
                            + " MIN, COUNT and STEP of the array, or SGE_TASK_ID says.")
    private @Nullable String shard;

    /** Empty for all runs. */
    Optional<Shard> shard() {
        return Optional.ofNullable(shard)
                .map(text -> text.equals("auto") ? new ArrayTask(System.getenv()).shard() : parsed(text));
    }

    private static Shard parsed(String text) {
        Matcher form = FORM.matcher(text);
        try {
            if (form.matches()) {
                return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
            }
        } catch (IllegalArgumentException e) {
            // The same answer.
        }
        throw new UsageException(
                "--shard is '" + text + "': must be I/N with 1 ≤ I ≤ N, as in 3/8 for the third of eight, or auto");
    }
}
