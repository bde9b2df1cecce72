package org.bpttbench.harness.inference;

/** Ranks of values, from 1, ties sharing the middle one. */
final class MiddleRanks {
    private MiddleRanks() {}

    /** Twice the rank of each, a whole number; infinite values rank as they compare. */
    static int[] doubled(double[] values) {
        int[] ranks = new int[values.length];
        for (int i = 0; i < ranks.length; i++) {
            int smaller = 0;
            int equal = 0;
            for (double other : values) {
                smaller += other < values[i] ? 1 : 0;
                equal += other == values[i] ? 1 : 0;
            }
            ranks[i] = 2 * smaller + equal + 1;
        }
        return ranks;
    }
}
