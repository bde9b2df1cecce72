package org.bpttbench.harness.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.figure.Names;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.report.Digits;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.ShownBias;
import org.bpttbench.harness.stats.AccuracyResult;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.Difference;
import org.bpttbench.harness.stats.SettingRuns;

/** The tables of a page. */
record Tables(Results results, Names names) {

    /** Estimator × verdict, bias, variance, cost. */
    PageTable bias() {
        PageTable table = new PageTable("bias", "bias by setting and checkpoint")
                .heads(
                        "estimator",
                        "setting",
                        "step",
                        "verdict",
                        "relative bias",
                        "95 % interval",
                        "relative variance",
                        "steps kept",
                        "component along g",
                        "backward per step",
                        "ns per step");
        Map<Setting, OptionalDouble> times = new HashMap<>();
        results.settings().forEach(runs -> times.put(runs.setting(), results.nanosPerStep(runs)));
        for (BiasResult result : results.bias()) {
            boolean measured = !result.measured().isEmpty();
            table.row()
                    .wide(names.estimator(result.setting()))
                    .text(names.rest(result.setting()))
                    .whole(result.at())
                    .word(verdict(result), result.judgement().verdict().key())
                    .number(ShownBias.text(result, Digits.FEW), ShownBias.point(result))
                    .figures(result.sampled()
                            .map(sampled -> interval(sampled.inference().relativeBias(), Digits.FEW))
                            .orElse(""))
                    .number(figure(result.estimate().map(estimate -> estimate.relativeVariance())), Digits.FEW)
                    .count(
                            measured
                                    ? OptionalDouble.of(result.largest(walk -> walk.tapeSteps()))
                                    : OptionalDouble.empty())
                    .number(figure(result.estimate().map(estimate -> estimate.projection())), Digits.FEW)
                    .number(
                            measured
                                    ? OptionalDouble.of(result.mean(walk -> walk.backwardSteps()))
                                    : OptionalDouble.empty(),
                            Digits.FEW)
                    .number(times.getOrDefault(result.setting(), OptionalDouble.empty()), Digits.FEW);
        }
        return table;
    }

    private static String verdict(BiasResult result) {
        String reason = result.judgement().reason();
        return result.judgement().verdict().key() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    private static OptionalDouble figure(Optional<Double> figure) {
        return figure.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static String interval(Interval interval, int digits) {
        return Digits.interval(interval, digits);
    }

    PageTable accuracy() {
        PageTable table = new PageTable("accuracy", "metrics by setting at the end of training")
                .heads(
                        "estimator",
                        "setting",
                        "metric",
                        "median",
                        "interquartile mean",
                        "95 % interval",
                        "runs",
                        "diverged",
                        "updates",
                        "steps to target",
                        "less reference",
                        "95 % interval",
                        "p (Holm)");
        for (AccuracyResult result : results.accuracy()) {
            Optional<Difference> difference = result.difference();
            table.row()
                    .wide(names.estimator(result.setting()))
                    .text(names.rest(result.setting())
                            + (result.chosen().isPresent() && result.isOffered() ? " (chosen)" : ""))
                    .text(result.metric())
                    .number(result.values().median(), Digits.METRIC)
                    .number(result.values().interquartileMean(), Digits.METRIC)
                    .figures(result.interquartile()
                            .map(interval -> interval(interval, Digits.METRIC))
                            .orElse(""))
                    .whole(result.values().replicates())
                    .whole(result.values().diverged())
                    .count(result.updates())
                    .count(result.toTarget().map(steps -> steps.median()).orElse(OptionalDouble.empty()))
                    .number(difference.map(Difference::mean).orElse(OptionalDouble.empty()), Digits.METRIC)
                    .figures(difference
                            .flatMap(Difference::interval)
                            .map(interval -> interval(interval, Digits.METRIC))
                            .orElse(""))
                    .number(difference.map(Difference::pHolm).orElse(OptionalDouble.empty()), Digits.FEW);
        }
        return table;
    }

    /** Those that diverged, failed or took too long, with what they say. */
    PageTable trouble() {
        PageTable table = new PageTable("trouble", "runs that did not end well")
                .heads("estimator", "setting", "replicate", "outcome", "message", "run");
        results.settings()
                .forEach(runs -> runs.all().stream()
                        .filter(record -> record.outcome() != Outcome.DONE)
                        .forEach(record -> start(table, runs, record).text(record.run())));
        return table;
    }

    PageTable runs() {
        PageTable table = new PageTable("runs", "all runs")
                .heads(
                        "estimator",
                        "setting",
                        "replicate",
                        "outcome",
                        "message",
                        "updates",
                        "largest weight",
                        "seconds",
                        "run");
        results.settings()
                .forEach(runs -> runs.all()
                        .forEach(record -> start(table, runs, record)
                                .whole(record.training().updates())
                                .number(record.training().maxWeight(), Digits.FEW)
                                .number(record.training().nanos() / 1e9, Digits.FEW)
                                .text(record.run())));
        return table;
    }

    private PageTable.Row start(PageTable table, SettingRuns runs, RunRecord record) {
        return table.row()
                .wide(names.estimator(runs.setting()))
                .text(names.rest(runs.setting()))
                .whole(record.replicate())
                .word(record.outcome().key(), record.outcome().key())
                .message(record.message());
    }
}
