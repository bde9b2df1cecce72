package org.bpttbench.harness.stats;

import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.CurvePoint;
import org.bpttbench.experiments.run.RunRecord;

/**
 * Two settings that are compared.
 *
 * @param baseline what is taken off
 * @param candidate from what
 * @param paired whether replicates with one number have seed and data in common
 */
public record SettingPair(SettingRuns baseline, SettingRuns candidate, boolean paired) {

    /** Numbers of the replicates that came to a result in the baseline alone. */
    public List<Integer> baselineAlone() {
        return alone(baseline, candidate);
    }

    /** Numbers of the replicates that came to a result in the candidate alone. */
    public List<Integer> candidateAlone() {
        return alone(candidate, baseline);
    }

    private static List<Integer> alone(SettingRuns own, SettingRuns other) {
        List<Integer> theirs = numbers(other).toList();
        return numbers(own).filter(number -> !theirs.contains(number)).toList();
    }

    private static Stream<Integer> numbers(SettingRuns runs) {
        return runs.results().stream().map(RunRecord::replicate);
    }

    /** Whether on both sides all replicates, two or more, are one and the same run: nothing is random in them. */
    boolean repeats() {
        return repeats(baseline) && repeats(candidate);
    }

    private static boolean repeats(SettingRuns runs) {
        List<RunRecord> results = runs.results();
        if (results.size() < 2) {
            return false;
        }
        List<CurvePoint> first = results.get(0).curves();
        return !first.isEmpty()
                && results.stream()
                        .allMatch(run -> run.curves().equals(first)
                                && run.outcome() == results.get(0).outcome());
    }
}
