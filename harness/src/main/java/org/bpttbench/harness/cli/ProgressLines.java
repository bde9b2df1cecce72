package org.bpttbench.harness.cli;

import java.io.PrintWriter;
import java.util.StringJoiner;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunListener;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;

/** A plain line every few seconds, one for whatever did not end well, and one at the end. */
final class ProgressLines implements RunListener {
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final Sweep sweep;
    private final PrintWriter err;
    private long last = System.nanoTime();

    ProgressLines(Sweep sweep, PrintWriter err) {
        this.sweep = sweep;
        this.err = err;
    }

    @Override
    public void ended(RunSpec spec, RunRecord record, int done, int total) {
        long now = System.nanoTime();
        boolean well = record.outcome() == Outcome.DONE;
        if (!well || done == total || now - last >= PAUSE_NANOS) {
            last = now;
            String trouble = well ? "" : ", " + record.outcome().key() + ": " + record.message();
            err.println(done + "/" + total + " runs: " + label(spec) + trouble);
            err.flush();
        }
    }

    private String label(RunSpec spec) {
        StringJoiner words = new StringJoiner(" ");
        sweep.flatten(spec.setting()).forEach((path, value) -> {
            if (!value.isEmpty()) {
                words.add(path.equals("estimator.type") ? value : path.replaceFirst("^estimator\\.", "") + '=' + value);
            }
        });
        return words.add("replicate " + spec.replicate()).toString();
    }
}
