package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.inference.Interval;

/**
 * A setting against its reference: replicates with the same number start from the same weights and see the same data, so
 * that they are compared one by one. Mean and interval are over the pairs that ended well in both; the test is over all
 * that came to a result, a diverged run ranked worst, two diverged ones as equal.
 *
 * @param reference what is compared with
 * @param contrast of setting less reference
 * @param pHolm its p value, paid for by the look and adjusted for a family of rows, where there is a test
 */
public record Difference(Setting reference, Contrast contrast, OptionalDouble pHolm) {

    /** What p would have to reach; with too few pairs it cannot. */
    static final double SIGNIFICANCE = 0.05;

    static Difference of(SettingRuns setting, SettingRuns reference, String metric, boolean lowerIsBetter) {
        List<Contrast.Couple> couples = couples(reference, setting, record -> ranked(record, metric, lowerIsBetter));
        return new Difference(reference.setting(), Contrast.paired(couples, "diverged"), OptionalDouble.empty());
    }

    /** Of the replicates that both settings have: equal numbers are paired. */
    static List<Contrast.Couple> couples(
            SettingRuns baseline, SettingRuns candidate, Function<RunRecord, Optional<Double>> figure) {
        Map<Integer, RunRecord> others = baseline.byReplicate();
        List<Contrast.Couple> couples = new ArrayList<>();
        for (RunRecord own : candidate.results()) {
            Optional.ofNullable(others.get(own.replicate()))
                    .flatMap(figure)
                    .ifPresent(theirs ->
                            figure.apply(own).ifPresent(value -> couples.add(new Contrast.Couple(theirs, value))));
        }
        return couples;
    }

    /** The metric at the end, the worst there is of a run that diverged. */
    static Optional<Double> ranked(RunRecord record, String metric, boolean lowerIsBetter) {
        return record.outcome() == Outcome.DIVERGED
                ? Optional.of(FinalValues.worst(lowerIsBetter))
                : SettingRuns.end(record, metric);
    }

    /** The same without a test. */
    Difference untested() {
        return new Difference(reference, contrast.untested(), OptionalDouble.empty());
    }

    /** The same at a look: one that costs much takes more pairs than others do to show anything, and that is said. */
    Difference at(int look) {
        boolean few = contrast.pValue().isPresent()
                && Looks.paid(contrast.smallestP(), look) > SIGNIFICANCE
                && !contrast.notes().contains(Contrast.TOO_FEW);
        return few ? new Difference(reference, contrast.noted(Contrast.TOO_FEW), pHolm) : this;
    }

    Difference adjusted(double pOfFamily) {
        return new Difference(
                reference, contrast, Double.isNaN(pOfFamily) ? OptionalDouble.empty() : OptionalDouble.of(pOfFamily));
    }

    /** Of setting less reference; empty without a pair that ended well. */
    public OptionalDouble mean() {
        return contrast.difference();
    }

    /** Of the mean, Student's at 95 %; empty with fewer than two pairs that ended well. */
    public Optional<Interval> interval() {
        return contrast.interval();
    }

    /** By exact signed ranks; empty without a pair. */
    public OptionalDouble pValue() {
        return contrast.pValue();
    }

    /** What a reader must know of the figures, words with a space between: see {@code columns.csv}. */
    public String note() {
        return contrast.replicates() == 0 ? "" : String.join(" ", contrast.notes());
    }
}
