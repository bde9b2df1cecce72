package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.MeanNorm;

/**
 * What draws say of an estimator's bias with its uncertainty: one statistic for interval, test and verdict, {@link MeanNorm}.
 * Replicates are strata of one long vector, as in {@link BiasEstimate}: batch m of the vector is made of batch m of every
 * replicate, over √R. Verdicts of equivalence ask every replicate by itself.
 */
public final class BiasInference {
    private static final double LEVEL = 0.95;

    /** With fewer, the test of no bias is wrong too often. */
    static final int FEWEST_DRAWS = 100;

    private final MeanNorm norm;
    private final Interval interval;
    private final List<MeanNorm> replicates;

    private BiasInference(MeanNorm norm, Interval interval, List<MeanNorm> replicates) {
        this.norm = norm;
        this.interval = interval;
        this.replicates = replicates;
    }

    /** Empty if the draws are too few, if none differs from another, or if they are not in the same batches in all replicates. */
    static Optional<BiasInference> of(List<Stratum> strata, BiasEstimate estimate) {
        int batches = strata.get(0).batches();
        boolean alike = strata.stream().allMatch(stratum -> stratum.batches() == batches);
        if (!alike || batches < FEWEST_DRAWS || strata.stream().allMatch(Stratum::isStill)) {
            return Optional.empty();
        }
        List<MeanNorm> replicates = strata.stream()
                .flatMap(stratum -> MeanNorm.of(batches, stratum.triangle(), stratum.squaredBias()).stream())
                .toList();
        if (replicates.size() < strata.size()) {
            return Optional.empty();
        }
        Optional<MeanNorm> norm = strata.size() == 1
                ? Optional.of(replicates.get(0))
                : MeanNorm.of(batches, triangle(strata), estimate.squaredBias());
        return norm.flatMap(own -> own.interval(LEVEL).map(interval -> new BiasInference(own, interval, replicates)));
    }

    /** Of relative_bias; its point estimate may lie below. 0 lies inside exactly where p is at least 0.05. */
    public Interval relativeBias() {
        return interval;
    }

    /** Of no bias at all; never 0. */
    public double pValue() {
        return norm.pValue();
    }

    /**
     * The smallest margin within which the bias of every replicate lies.
     *
     * @param alpha the probability that it is too small, on one side half of it
     */
    double smallestMargin(double alpha) {
        return replicates.stream()
                .mapToDouble(replicate -> replicate.upper(1.0 - alpha))
                .max()
                .orElseThrow();
    }

    private static double[] triangle(List<Stratum> strata) {
        double[] sum = new double[strata.get(0).triangle().length];
        for (Stratum stratum : strata) {
            double[] own = stratum.triangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += own[i] / strata.size();
            }
        }
        return sum;
    }
}
