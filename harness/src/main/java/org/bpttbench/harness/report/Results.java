package org.bpttbench.harness.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.stats.AccuracyResult;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.Looks;
import org.bpttbench.harness.stats.SettingRuns;

/**
 * What a sweep came to, computed once: CSV files, terminal, figures and page are all made of it.
 *
 * @param settings what the journal has of each, in sweep order
 * @param bias setting by setting, checkpoint by checkpoint
 * @param accuracy setting by setting, metric by metric
 */
public record Results(
        Sweep sweep,
        Journal journal,
        List<SettingRuns> settings,
        List<BiasResult> bias,
        List<AccuracyResult> accuracy) {

    public static Results of(Sweep sweep, Journal journal, TaskShelf tasks) {
        List<SettingRuns> settings = SettingRuns.of(sweep, journal);
        Looks looks = Looks.of(journal);
        return new Results(
                sweep,
                journal,
                settings,
                BiasResult.of(settings, looks),
                AccuracyResult.of(sweep, settings, tasks, looks));
    }

    /** One sentence that answers what the sweep asks. */
    public String answer() {
        return new Answer(sweep, new Labels(sweep)).of(settings, bias, accuracy);
    }

    /** The metric by which the arms of one task are ranked. */
    public Optional<String> decisive(List<AccuracyResult> ofOneTask) {
        return Decisive.metric(sweep, ofOneTask);
    }

    /** The results of each task: metrics of different tasks are not one scale. */
    public List<List<AccuracyResult>> accuracyByTask() {
        return Decisive.byTask(accuracy);
    }

    /** Wall time of training a step, the median of the runs that ended well; empty if none trained. */
    public OptionalDouble nanosPerStep(SettingRuns runs) {
        return RuntimeRows.nanosPerStep(runs);
    }

    /** What simple methods reach on the tasks' data, a line each. */
    public List<String> baselines() {
        return FinalTable.baselines(settings, accuracy);
    }
}
