package org.bpttbench.harness.cli;

import java.nio.file.Path;
import java.util.List;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Shard;
import org.bpttbench.experiments.spec.RunSpec;

/** What a shard has to say at its end that has not seen the whole sweep. */
final class ShardEnd {
    private final SweepPart part;
    private final Shard shard;
    private final Journal journal;

    /** @param part that the shard is */
    ShardEnd(SweepPart part, Shard shard, Journal journal) {
        this.part = part;
        this.shard = shard;
        this.journal = journal;
    }

    /** Runs of the sweep of which the folder knows nothing: one that failed is no reason for the others to wait. */
    long missing() {
        return missing(part.sweep().runs());
    }

    private long missing(List<RunSpec> runs) {
        return runs.stream()
                .filter(run -> !journal.runs().containsKey(run.id()))
                .count();
    }

    String text() {
        List<RunSpec> mine = part.runs();
        Path folder = part.folder();
        return "Shard " + shard + ": " + (mine.size() - missing(mine)) + " of its " + mine.size() + " runs are made; "
                + missing() + " of the sweep's "
                + part.sweep().runs().size() + " are still missing in " + folder + ".\n"
                + "Next: the shard that ends last in this folder writes the CSV files and the report, as bptt report "
                + folder
                + " does;\nshards with folders of their own: bptt merge TARGET " + folder + " …";
    }
}
