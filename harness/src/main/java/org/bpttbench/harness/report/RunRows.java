package org.bpttbench.harness.report;

import java.util.stream.Stream;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.stats.AccuracyResult;
import org.bpttbench.harness.stats.Difference;
import org.bpttbench.harness.stats.FinalValues;
import org.bpttbench.harness.stats.SettingRuns;

/** Rows of {@code accuracy.csv}, {@code curves.csv} and {@code runs.csv}. */
final class RunRows {
    private RunRows() {}

    static Row accuracy(Sweep sweep, AccuracyResult result) {
        FinalValues values = result.values();
        Row row = new Row(result.setting())
                .put("metric", result.metric())
                .put("unit", result.declared().unit())
                .put("replicates", values.replicates())
                .put("diverged", values.diverged())
                .put("updates", result.updates())
                .put("mean", values.mean())
                .put("median", values.median())
                .put("iqm", values.interquartileMean());
        result.chosen().ifPresent(chosen -> row.put("chosen", chosenValue(sweep, chosen)));
        result.toTarget()
                .ifPresent(steps -> row.put("steps_to_target", steps.median()).put("censored", steps.censored()));
        // What falls on diverged runs is no number.
        result.interquartile()
                .ifPresent(interval -> row.put("iqm_low", interval.low()).put("iqm_high", interval.high()));
        result.difference().ifPresent(paired -> compared(paired, result.look(), row));
        return row.put("note", result.note());
    }

    private static void compared(Difference paired, int look, Row row) {
        row.put("reference", paired.reference().id())
                .put("difference", paired.mean())
                .put("p_value", paired.pValue())
                .put("p_holm", paired.pHolm());
        if (paired.pValue().isPresent()) {
            row.put("look", look);
        }
        paired.interval()
                .ifPresent(
                        interval -> row.put("difference_low", interval.low()).put("difference_high", interval.high()));
    }

    /** As the sweep's own column shows it, so that the two can be compared. */
    private static String chosenValue(Sweep sweep, Setting chosen) {
        String among = sweep.choose().map(Sweep.Choose::among).orElseThrow();
        String column = sweep.flatten(chosen).get(among);
        return column != null ? column : chosen.value(among).map(Json::write).orElse("");
    }

    static Stream<Row> curves(SettingRuns runs) {
        return runs.all().stream()
                .flatMap(record -> record.curves().stream()
                        .map(point -> run(runs.setting(), record)
                                .put("step", point.step())
                                .put("metric", point.metric())
                                .put("value", point.value())));
    }

    static Stream<Row> runs(SettingRuns runs) {
        return runs.all().stream().map(record -> outcome(runs.setting(), record));
    }

    /** What training did is empty where there was no training, and where a run broke and left no figures. */
    private static Row outcome(Setting setting, RunRecord record) {
        Row row = run(setting, record).put("outcome", record.outcome().key()).put("message", record.message());
        if (setting.train().isPresent() && record.outcome().isResult()) {
            row.put("updates", record.training().updates())
                    .put("backward_steps", record.training().backwardSteps())
                    .put("peak_tape_steps", record.training().tapeSteps())
                    .put("max_weight", record.training().maxWeight());
            record.training()
                    .norms()
                    .ifPresent(norms -> row.put("gradient_norm_mean", norms.mean())
                            .put("gradient_norm_max", norms.max())
                            .put("clipped_norm_mean", norms.clippedMean())
                            .put("clipped_norm_max", norms.clippedMax()));
        }
        return row;
    }

    private static Row run(Setting setting, RunRecord record) {
        return new Row(setting).put("run", record.run()).put("replicate", record.replicate());
    }
}
