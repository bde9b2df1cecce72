package org.bpttbench.harness.cli;

import java.nio.file.Path;
import java.util.List;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Shard;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;

/** What a shard has to say at its end that has not seen the whole sweep. */
final class ShardEnd {
    private final Sweep sweep;
    private final Journal journal;
    private final Shard shard;

    ShardEnd(Sweep sweep, Journal journal, Shard shard) {
        this.sweep = sweep;
        this.journal = journal;
        this.shard = shard;
    }

    /** Runs of the sweep of which the folder knows nothing: one that failed is no reason for the others to wait. */
    long missing() {
        return missing(sweep.runs());
    }

    private long missing(List<RunSpec> runs) {
        return runs.stream()
                .filter(run -> !journal.runs().containsKey(run.id()))
                .count();
    }

    String text(Path folder) {
        List<RunSpec> mine = shard.of(sweep);
        return "Shard " + shard + ": " + (mine.size() - missing(mine)) + " of its " + mine.size() + " runs are made; "
                + missing() + " of the sweep's "
                + sweep.runs().size() + " are still missing in " + folder + ".\n"
                + "Next: the shard that ends last in this folder writes the CSV files and the report, as bptt report "
                + folder
                + " does;\nshards with folders of their own: bptt merge TARGET " + folder + " …";
    }
}
