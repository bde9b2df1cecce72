package org.bpttbench.harness.inference;

import java.util.Arrays;
import java.util.Optional;

/**
 * The rank-sum test of Wilcoxon (1945) and of Mann and Whitney (1947) that two independent samples come from one law,
 * two-sided and exact: the law of the second sample's ranks' sum over all ways of choosing as many out of all, given the
 * ranks, ties sharing the middle one; what differs by {@link Rounding} alone is tied. An infinite value, which stands for a run that diverged, ranks beyond all finite ones.
 *
 * @param first values of the first sample
 * @param second values of the second
 * @param statistic U, the pairs of a value of each in which the second's is the larger, ties counted half
 * @param pValue twice the smaller tail, at most 1; 1 where a sample is empty
 */
public record RankSum(int first, int second, double statistic, double pValue) {

    /**
     * @param first not modified; may be infinite
     * @param second as well
     * @return empty if a value is NaN, which has no rank
     */
    public static Optional<RankSum> test(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        if (Arrays.stream(all).anyMatch(Double::isNaN)) {
            return Optional.empty();
        }
        int[] ranks = MiddleRanks.doubled(all);
        int sum = 0;
        for (int i = first.length; i < ranks.length; i++) {
            sum += ranks[i];
        }
        double smallest = second.length * (second.length + 1) / 2.0;
        return Optional.of(
                new RankSum(first.length, second.length, sum / 2.0 - smallest, pValue(ranks, second.length, sum)));
    }

    /** Which sample has the larger values: 1 the second, −1 the first, 0 neither. */
    public int sign() {
        return (int) Math.signum(statistic - first * second / 2.0);
    }

    /** The smallest p that samples of such sizes can give without ties: 2 over the number of ways to choose. */
    public static double smallestP(int first, int second) {
        double ways = 1;
        for (int i = 1; i <= Math.min(first, second); i++) {
            ways *= (double) (first + second - i + 1) / i;
        }
        return Math.min(1, 2 / ways);
    }

    private static double pValue(int[] ranks, int chosen, int sum) {
        double[] law = law(ranks, chosen);
        double below = 0;
        double above = 0;
        for (int s = 0; s < law.length; s++) {
            below += s <= sum ? law[s] : 0;
            above += s >= sum ? law[s] : 0;
        }
        return Math.min(1, 2 * Math.min(below, above));
    }

    /** Probability of each sum of so many ranks, chosen one after the other as if out of an urn. */
    private static double[] law(int[] ranks, int chosen) {
        int most = Arrays.stream(ranks).sum();
        double[][] law = new double[chosen + 1][most + 1];
        law[0][0] = 1;
        for (int i = 0; i < ranks.length; i++) {
            double left = ranks.length - i;
            for (int count = Math.min(i, chosen); count >= 0; count--) {
                double take = (chosen - count) / left;
                for (int sum = most; sum >= 0; sum--) {
                    double here = law[count][sum];
                    if (here > 0) {
                        law[count][sum] = here * (1 - take);
                        if (take > 0) {
                            law[count + 1][sum + ranks[i]] += here * take;
                        }
                    }
                }
            }
        }
        return law[chosen];
    }
}
