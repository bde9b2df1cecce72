package org.bpttbench.experiments.train;

import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/** Mean and maximum of the norms of a run's gradients; those that are not finite do not count. */
public final class NormTally implements Checkpointed {
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

    @Override
    public void save(StateWriter out) {
        out.section("norms");
        out.putLong(count);
        out.putDoubles(mean, max);
    }

    @Override
    public void load(StateReader in) {
        in.section("norms");
        count = in.readLong();
        double[] figures = new double[2];
        in.readDoubles(figures);
        mean = figures[0];
        max = figures[1];
    }
}
