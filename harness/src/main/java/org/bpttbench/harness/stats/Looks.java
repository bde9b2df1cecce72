package org.bpttbench.harness.stats;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.RequestRecord;
import org.bpttbench.experiments.spec.MeasurementKey;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.inference.SignedRank;

/**
 * How often what is measured was looked at before with fewer draws or replicates, and what that costs. Whoever makes more of
 * them because the first were not enough tests once more on data that contain the old: by the fourth doubling one unbiased
 * estimator in seven would be called biased. So a level of 5 % is shared out among all looks that there may ever be:
 *
 * <pre>
 * p_look = min(1, p/w),   w = 0.8 at look 1,   w = 0.2/2^(look−1) from look 2 on,   Σ w = 1
 * </pre>
 *
 * <p>A look is a request of which every run had ended, as the journal has it: a pure function of the journal.
 */
public final class Looks {
    private static final double FIRST = 0.8;
    private static final double OTHERS = 0.2;

    private final Map<String, Set<Size>> bias = new HashMap<>();
    private final Map<String, Set<Size>> accuracy = new HashMap<>();

    private Looks() {}

    /**
     * How large a measurement was.
     *
     * @param draws of a replicate; 0 without any, as of accuracy
     */
    public record Size(long draws, int replicates) {
        private static final Comparator<Size> ORDER =
                Comparator.comparingDouble(Size::data).thenComparingLong(Size::draws);

        /** Its draws in all replicates together; of accuracy its replicates. */
        private double data() {
            return (double) Math.max(1, draws) * replicates;
        }

        /**
         * Whether it comes before another. All sizes have an order, also where neither has the other's data in it: no two looks spend
         * the same part of the level.
         */
        boolean isSmallerThan(Size other) {
            return ORDER.compare(this, other) < 0;
        }
    }

    /** Of all requests that the journal has. */
    public static Looks of(Journal journal) {
        Looks looks = new Looks();
        for (RequestRecord request : journal.requests()) {
            request.bias()
                    .forEach(each -> looks.bias
                            .computeIfAbsent(place(each.key(), each.at()), key -> new HashSet<>())
                            .add(new Size(each.draws(), each.replicates())));
            request.accuracy()
                    .forEach(each -> looks.accuracy
                            .computeIfAbsent(each.key(), key -> new HashSet<>())
                            .add(new Size(0, each.replicates())));
        }
        return looks;
    }

    private static String place(String key, long at) {
        return key + '@' + at;
    }

    /**
     * Which look at the bias of a setting at a checkpoint it is, counted from 1: one more than there were smaller ones that
     * computed a p.
     *
     * @param now as it is looked at
     * @param pWasPossible whether a look of a size could have computed a p: not if something forbade it that is known
     *     without the draws
     */
    int bias(Setting setting, long at, Size now, Predicate<Size> pWasPossible) {
        return bias.isEmpty() ? 1 : look(bias, place(MeasurementKey.ofBias(setting), at), now, pWasPossible);
    }

    /** Which look at what a setting has learned it is. So few replicates that no p could be small are none. */
    int accuracy(Setting setting, int replicates) {
        return accuracy.isEmpty()
                ? 1
                : look(
                        accuracy,
                        MeasurementKey.ofAccuracy(setting),
                        new Size(0, replicates),
                        before -> SignedRank.smallestP(before.replicates()) <= Difference.SIGNIFICANCE);
    }

    private static int look(Map<String, Set<Size>> sizes, String key, Size now, Predicate<Size> pWasPossible) {
        return 1
                + (int) sizes.getOrDefault(key, Set.of()).stream()
                        .filter(before -> before.isSmallerThan(now) && pWasPossible.test(before))
                        .count();
    }

    /** w, the part of the level that a look may spend; never 0. */
    public static double share(int look) {
        if (look < 1) {
            throw new IllegalArgumentException("look " + look + ": they are counted from 1");
        }
        return look == 1 ? FIRST : Math.max(Double.MIN_NORMAL, Math.scalb(OTHERS, 1 - look));
    }

    /** p_look: what is compared with the level, after Holm's correction. NaN of NaN, where there is no test. */
    public static double paid(double pValue, int look) {
        return Math.min(1.0, pValue / share(look));
    }
}
