package org.bpttbench.harness.inference;

import java.util.Arrays;
import java.util.Optional;

/**
 * Wilcoxon's (1945) signed-rank test that paired differences are symmetric about zero, two-sided and exact: the law of
 * the positive ranks' sum over all 2ⁿ signs, given the ranks, ties sharing the middle one. Zeros are dropped, as Wilcoxon
 * did. What differs by {@link Rounding} alone is tied, or zero. An infinite difference, where one run of a pair diverged, ranks above all finite ones.
 *
 * @param pairs n, without zeros
 * @param statistic W⁺, the sum of the ranks of positive differences
 * @param pValue twice the smaller tail, at most 1; 1 without pairs
 */
public record SignedRank(int pairs, double statistic, double pValue) {

    /**
     * @param differences not modified; may be infinite
     * @return empty if a difference is NaN: neither is it 0, nor does it have a rank
     */
    public static Optional<SignedRank> test(double... differences) {
        if (Arrays.stream(differences).anyMatch(Double::isNaN)) {
            return Optional.empty();
        }
        double[] kept = Arrays.stream(differences)
                .filter(difference -> !Rounding.same(difference, 0))
                .toArray();
        int[] ranks = MiddleRanks.doubled(Arrays.stream(kept).map(Math::abs).toArray());
        int positive = 0;
        for (int i = 0; i < kept.length; i++) {
            positive += kept[i] > 0 ? ranks[i] : 0;
        }
        return Optional.of(new SignedRank(kept.length, positive / 2.0, pValue(ranks, positive)));
    }

    /** The direction of most of the ranks: 1 if differences are rather positive, −1 negative, 0 neither. */
    public int sign() {
        return (int) Math.signum(statistic - pairs * (pairs + 1.0) / 4);
    }

    /** The smallest p that n pairs without zeros can give, 2^(1−n): with fewer than 6 it is never below 0.05. */
    public static double smallestP(int pairs) {
        return Math.min(1, StrictMath.pow(2, 1.0 - pairs));
    }

    private static double pValue(int[] ranks, int positive) {
        double[] law = law(ranks);
        double below = 0;
        double above = 0;
        for (int sum = 0; sum < law.length; sum++) {
            below += sum <= positive ? law[sum] : 0;
            above += sum >= positive ? law[sum] : 0;
        }
        return Math.min(1, 2 * Math.min(below, above));
    }

    /** Probability of each sum of those ranks whose coin falls on its head. */
    private static double[] law(int[] ranks) {
        double[] law = new double[Arrays.stream(ranks).sum() + 1];
        law[0] = 1;
        int reach = 0;
        for (int rank : ranks) {
            reach += rank;
            for (int sum = reach; sum >= 0; sum--) {
                law[sum] = (law[sum] + (sum >= rank ? law[sum - rank] : 0)) / 2;
            }
        }
        return law;
    }
}
