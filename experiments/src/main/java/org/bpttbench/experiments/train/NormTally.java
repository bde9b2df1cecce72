package org.bpttbench.experiments.train;

/** Mean and maximum of the norms of a run's gradients; those that are not finite do not count. */
public final class NormTally {
    private long count;
    private double mean;
    private double max;

    void add(double norm) {
        if (norm < Double.POSITIVE_INFINITY) {
            count++;
            // A running mean and not a sum: norms of exploding gradients may add up to more than a double holds.
            mean += (norm - mean) / (double) count;
            max = Math.max(max, norm);
        }
    }

    /** Of how many gradients. */
    public long count() {
        return count;
    }

    /** 0 without any. */
    public double mean() {
        return mean;
    }

    /** 0 without any. */
    public double max() {
        return max;
    }
}
