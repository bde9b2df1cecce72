package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.PairedMean;
import org.bpttbench.harness.inference.SignedRank;

/**
 * A setting against its reference: replicates with the same number start from the same weights and see the same data, so
 * that they are compared one by one. Mean and interval are over the pairs that ended well in both; the test is over all
 * that came to a result, a diverged run ranked worst, two diverged ones as equal.
 *
 * @param reference what is compared with
 * @param pairs replicates that the test is over
 * @param finite how many of them ended well in both
 * @param identical whether those, two or more, all differ by the same
 * @param mean of setting less reference; empty without a pair that ended well
 * @param interval of the mean, Student's at 95 %; empty with fewer than two such pairs
 * @param test exact signed ranks; empty without a pair
 * @param pHolm its p value adjusted for a family of rows, where there is a test
 */
public record Difference(
        Setting reference,
        int pairs,
        int finite,
        boolean identical,
        OptionalDouble mean,
        Optional<Interval> interval,
        Optional<SignedRank> test,
        OptionalDouble pHolm) {

    /** What p would have to reach; with too few pairs it cannot. */
    static final double SIGNIFICANCE = 0.05;

    private static final double LEVEL = 0.95;

    static Difference of(SettingRuns setting, SettingRuns reference, String metric, boolean lowerIsBetter) {
        Map<Integer, RunRecord> others = reference.byReplicate();
        double[] all = setting.results().stream()
                .flatMap(own -> Optional.ofNullable(others.get(own.replicate()))
                        .flatMap(other -> pair(own, other, metric, lowerIsBetter))
                        .stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] ended = setting.results().stream()
                .flatMap(own ->
                        Optional.ofNullable(others.get(own.replicate()))
                                .flatMap(other -> ended(own, other, metric))
                                .stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        return new Difference(
                reference.setting(),
                all.length,
                ended.length,
                ended.length > 1 && Arrays.stream(ended).distinct().count() == 1,
                Arrays.stream(ended).average(),
                PairedMean.interval(ended, LEVEL),
                all.length == 0 ? Optional.empty() : Optional.of(SignedRank.test(all)),
                OptionalDouble.empty());
    }

    Difference adjusted(double pOfFamily) {
        return new Difference(
                reference,
                pairs,
                finite,
                identical,
                mean,
                interval,
                test,
                Double.isNaN(pOfFamily) ? OptionalDouble.empty() : OptionalDouble.of(pOfFamily));
    }

    /** What a reader must know of the figures, words with a space between: see {@code columns.csv}. */
    public String note() {
        List<String> words = new ArrayList<>();
        if (test.filter(present -> SignedRank.smallestP(present.pairs()) > SIGNIFICANCE)
                .isPresent()) {
            words.add("too-few-pairs");
        }
        if (finite < pairs) {
            words.add("diverged");
        }
        if (identical) {
            words.add("identical");
        }
        return String.join(" ", words);
    }

    private static Optional<Double> ended(RunRecord own, RunRecord other, String metric) {
        return SettingRuns.end(own, metric)
                .flatMap(value -> SettingRuns.end(other, metric).map(theirs -> value - theirs));
    }

    private static Optional<Double> pair(RunRecord own, RunRecord other, String metric, boolean lowerIsBetter) {
        if (own.outcome() == Outcome.DIVERGED && other.outcome() == Outcome.DIVERGED) {
            return Optional.of(0.0);
        }
        return ranked(own, metric, lowerIsBetter)
                .flatMap(value -> ranked(other, metric, lowerIsBetter).map(theirs -> value - theirs));
    }

    private static Optional<Double> ranked(RunRecord record, String metric, boolean lowerIsBetter) {
        return record.outcome() == Outcome.DIVERGED
                ? Optional.of(FinalValues.worst(lowerIsBetter))
                : SettingRuns.end(record, metric);
    }
}
