package org.bpttbench.core.gradient;

/** What a stream counts. Written by the stream. */
public final class Tally {
    long forwardLaneSteps;
    long backwardLaneSteps;
    long emissions;
    long losses;
    double lossSum;
    long segments;
    long segmentSteps;
    long longestSegment;
    long longestWindow;
    double largestWeight = 1.0;

    /** Steps run forward, times lanes. */
    public long forwardLaneSteps() {
        return forwardLaneSteps;
    }

    /** Adjoint rows pulled back over a step; rows whose adjoint is exactly zero are not counted. */
    public long backwardLaneSteps() {
        return backwardLaneSteps;
    }

    public long emissions() {
        return emissions;
    }

    /** Losses seen: unmasked lanes and steps. */
    public long losses() {
        return losses;
    }

    /** Their sum. */
    public double lossSum() {
        return lossSum;
    }

    /** Stretches without a cut, over all rows. */
    public long segments() {
        return segments;
    }

    /** Mean steps of a segment without its lookback; 0 before the first. */
    public double meanSegment() {
        return segments == 0 ? 0 : (double) segmentSteps / segments;
    }

    /** Steps of the longest stretch without a cut, its lookback among them. */
    public long longestSegment() {
        return longestSegment;
    }

    /** Steps of the longest window. */
    public long longestWindow() {
        return longestWindow;
    }

    /** The largest |W[t,s]| seen: the largest product of carries from a loss back to a step. */
    public double largestWeight() {
        return largestWeight;
    }

    /** Adds what another stream has counted. */
    public void add(Tally other) {
        forwardLaneSteps += other.forwardLaneSteps;
        backwardLaneSteps += other.backwardLaneSteps;
        emissions += other.emissions;
        losses += other.losses;
        lossSum += other.lossSum;
        segments += other.segments;
        segmentSteps += other.segmentSteps;
        longestSegment = Math.max(longestSegment, other.longestSegment);
        longestWindow = Math.max(longestWindow, other.longestWindow);
        largestWeight = Math.max(largestWeight, other.largestWeight);
    }

    /** Counts the segments and weights of a window. */
    void observe(Window window) {
        longestWindow = Math.max(longestWindow, window.steps());
        if (window.carries() == null) {
            segments += window.rows();
            segmentSteps += (long) window.rows() * window.newSteps();
            longestSegment = Math.max(longestSegment, window.steps());
            return;
        }
        for (int row = 0; row < window.rows(); row++) {
            observe(window, row);
        }
    }

    private void observe(Window window, int row) {
        int last = window.steps() - 1;
        int close = window.steps();
        // best = the largest product of carries from here to a later step of the same segment, an empty one included.
        double best = 1.0;
        for (int j = last - 1; j >= 0; j--) {
            double carry = Math.abs(window.carry(j, row));
            if (carry == 0.0) {
                close(close - (j + 1), Math.max(0, close - Math.max(j + 1, window.lookback())));
                close = j + 1;
            }
            best = Math.max(1.0, carry * best);
            largestWeight = Math.max(largestWeight, best);
        }
        close(close, close - Math.min(close, window.lookback()));
    }

    private void close(int steps, int newSteps) {
        segments++;
        segmentSteps += newSteps;
        longestSegment = Math.max(longestSegment, steps);
    }
}
