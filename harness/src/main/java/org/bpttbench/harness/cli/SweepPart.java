package org.bpttbench.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpttbench.experiments.run.CheckpointFolder;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Shard;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;

/**
 * What a command is to see to: all runs of a sweep, or those of a shard.
 *
 * @param shard empty for all
 * @param runs of that, in the order of the sweep
 * @param folder of the results
 */
record SweepPart(Sweep sweep, Optional<Shard> shard, List<RunSpec> runs, Path folder) {

    static SweepPart of(Sweep sweep, Optional<Shard> shard, Path folder) {
        return new SweepPart(sweep, shard, shard.map(part -> part.of(sweep)).orElseGet(sweep::runs), folder);
    }

    /** Runs without a result, in the order of the sweep. */
    List<RunSpec> missing(Journal journal) {
        return runs.stream().filter(run -> !journal.isDone(run.id())).toList();
    }

    /** Removes checkpoints that are of no use any more, but not what others may be making. */
    void tidy(Journal journal) throws IOException {
        Set<String> own = runs.stream().map(RunSpec::id).collect(Collectors.toSet());
        new CheckpointFolder(folder).tidy(run -> shard.isEmpty() || own.contains(run), journal::isDone);
    }
}
