package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.harness.stats.BiasEstimate;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.Judgement;

/** The rows of {@code bias.csv} for the terminal. */
final class BiasTable {
    private static final int AT = 1;

    private BiasTable() {}

    static ArmTable of(List<BiasResult> results, Grouping grouping) {
        ArmTable table = new ArmTable()
                .text("setting", 0)
                .number("step", 0)
                .number("relative\nbias", 0)
                .text("95 %\ninterval", 2)
                .number("projection", 3)
                .number("relative\nvariance", 1)
                .number("backward\nper step", 4)
                .number("peak tape\nsteps", 5)
                .text("verdict", 0);
        boolean oneCheckpoint = same(results, BiasResult::at);
        for (BiasResult result : results) {
            List<String> cells = cells(result, grouping);
            if (oneCheckpoint) {
                cells.set(AT, "");
            }
            table.row(grouping.group().apply(result.setting()), cells);
        }
        return table;
    }

    /** What all rows have in common. */
    static String title(List<BiasResult> results) {
        BiasResult first = results.get(0);
        List<String> parts = new ArrayList<>();
        if (same(results, result -> result.spec().length())) {
            parts.add(first.spec().length() + " steps");
        }
        if (same(results, result -> result.spec().sequences())) {
            parts.add(Words.count(first.spec().sequences(), "sequence"));
        }
        int replicates = results.stream()
                .mapToInt(result -> result.measured().size())
                .max()
                .orElse(0);
        parts.add(Words.count(replicates, "replicate"));
        if (same(results, result -> result.spec().margin())) {
            parts.add("margin " + Json.write(first.spec().margin()));
        }
        String checkpoint = same(results, BiasResult::at) ? " at step " + first.at() : "";
        return "Bias" + checkpoint + ": " + String.join(", ", parts);
    }

    private static List<String> cells(BiasResult result, Grouping grouping) {
        List<String> cells = new ArrayList<>();
        cells.add(grouping.name().apply(result.setting()));
        cells.add(Long.toString(result.at()));
        cells.add(ShownBias.text(result, Digits.FEW));
        cells.add(ShownBias.interval(result)
                .map(interval -> Digits.interval(interval, Digits.FEW))
                .orElse(""));
        cells.add(figure(result, estimate -> OptionalDouble.of(estimate.projection())));
        cells.add(figure(result, estimate -> OptionalDouble.of(estimate.relativeVariance())));
        boolean measured = !result.measured().isEmpty();
        cells.add(measured ? Digits.of(result.mean(BiasMeasurement.Walk::backwardSteps), Digits.FEW) : Digits.NONE);
        cells.add(measured ? Long.toString((long) result.largest(BiasMeasurement.Walk::tapeSteps)) : Digits.NONE);
        cells.add(verdict(result.judgement()));
        return cells;
    }

    /** A bias is large unless it says otherwise. */
    private static String verdict(Judgement judgement) {
        String reason = judgement.reason();
        boolean plain = reason.isEmpty() || judgement.equals(Judgement.ABOVE_MARGIN);
        return judgement.verdict().key() + (plain ? "" : " (" + reason + ')');
    }

    private static String figure(BiasResult result, Function<BiasEstimate, OptionalDouble> figure) {
        return Digits.of(result.estimate().map(figure).orElse(OptionalDouble.empty()), Digits.FEW);
    }

    private static boolean same(List<BiasResult> results, Function<BiasResult, ?> property) {
        Set<Object> seen = new LinkedHashSet<>();
        results.forEach(result -> seen.add(property.apply(result)));
        return seen.size() == 1;
    }
}
