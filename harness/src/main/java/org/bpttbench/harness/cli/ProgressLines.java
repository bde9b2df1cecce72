package org.bpttbench.harness.cli;

import java.io.PrintWriter;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunListener;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.report.Labels;

/** A plain line every few seconds, one for whatever did not end well, and one at the end. */
final class ProgressLines implements RunListener {
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final Labels labels;
    private final PrintWriter err;
    private long last = System.nanoTime();

    ProgressLines(Sweep sweep, PrintWriter err) {
        this.labels = new Labels(sweep);
        this.err = err;
    }

    @Override
    public void resumed(RunSpec spec, long step, long end) {
        note("run " + spec.id() + " goes on at step " + step + " of " + end + ": " + labels.of(spec.setting())
                + ", replicate " + spec.replicate());
    }

    @Override
    public void note(String sentence) {
        err.println(sentence);
        err.flush();
    }

    @Override
    public void ended(RunSpec spec, RunRecord record, int done, int total) {
        long now = System.nanoTime();
        boolean well = record.outcome() == Outcome.DONE;
        if (!well || done == total || now - last >= PAUSE_NANOS) {
            last = now;
            String trouble = well ? "" : ", " + record.outcome().key() + ": " + record.message();
            err.println(done + "/" + total + " runs: " + labels.of(spec.setting()) + ", replicate " + spec.replicate()
                    + trouble);
            err.flush();
        }
    }
}
