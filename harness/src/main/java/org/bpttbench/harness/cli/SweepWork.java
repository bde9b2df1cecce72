package org.bpttbench.harness.cli;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.Fingerprint;
import org.bpttbench.experiments.run.Holder;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunCosts;
import org.bpttbench.experiments.run.RunPolicy;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.Shard;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.report.Labels;
import org.bpttbench.harness.report.Words;

/**
 * What there is to do for a sweep.
 *
 * @param part of a sweep, whose results folder exists
 * @param before what its journal holds
 * @param missing runs that are to be made, in the order in which they are
 * @param workers that make them
 */
record SweepWork(SweepPart part, Journal before, List<RunSpec> missing, int workers) {

    /**
     * Tells of the work, from its beginning, which stands in the log on return.
     *
     * @param command that asked for it
     * @param costs of the runs; learn from those that end
     */
    RunWatch watch(Screen screen, boolean quiet, String command, Kernels kernels, RunCosts costs, RunPolicy policy) {
        Function<Setting, String> labels = new Labels(part.sweep())::of;
        RunLog log = new RunLog(part.folder(), labels, InstantSource.system(), screen::say);
        log.start(command + "\n" + start(kernels));
        ProgressFile file =
                new ProgressFile(part.folder(), part.shard().map(Shard::label).orElse(""), command, workers);
        return new RunWatch(screen, quiet, progress(costs, policy), log, file, labels, System::nanoTime);
    }

    private SweepProgress progress(RunCosts costs, RunPolicy policy) {
        Set<RunSpec> made = new HashSet<>(missing);
        Map<RunSpec, Outcome> ended = new HashMap<>();
        for (RunSpec run : part.runs()) {
            RunRecord record = before.runs().get(run.id());
            if (record != null && !made.contains(run)) {
                ended.put(run, record.outcome());
            }
        }
        // Under a budget they are taught by who hands out the runs.
        boolean taught = policy.limits().budget().isPresent();
        return new SweepProgress(
                part.runs(),
                ended,
                costs::seconds,
                taught ? (run, record) -> {} : costs::add,
                workers,
                System::nanoTime);
    }

    private String start(Kernels kernels) {
        return missing.size() + " of " + Words.count(part.runs().size(), "run") + " to make, " + workers
                + " at a time; code " + Fingerprint.current() + ", backend " + kernels.name() + ", "
                + System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version") + ", process "
                + ProcessHandle.current().pid() + " on " + Holder.thisHost();
    }
}
