package org.bpttbench.harness.report;

import java.util.List;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.SettingRuns;
import org.bpttbench.harness.stats.Verdict;

/** What a sweep came to, for the terminal. */
public final class Summary {
    private Summary() {}

    /** @param width columns of the terminal */
    public static String text(Sweep sweep, Journal journal, TaskShelf tasks, int width) {
        List<BiasResult> bias = BiasResult.of(SettingRuns.of(sweep, journal));
        long biased = bias.stream()
                .filter(result -> result.judgement().verdict() == Verdict.BIASED)
                .count();
        return sweep.name() + ": " + biased + " of " + bias.size() + " measurements are biased";
    }
}
