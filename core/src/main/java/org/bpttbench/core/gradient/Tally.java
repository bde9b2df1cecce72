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

    /** Stretches without a cut, over all rows, each counted in the window that injects its losses. */
    public long segments() {
        return segments;
    }

    /** Mean of the steps whose losses a segment injects: its length without its lookback; 0 before the first. */
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
        if (window.carries() == null && window.injections() == null) {
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
        int injected = 0;
        // best = the largest weight with which a loss of this segment reaches step j; 0 as long as there is none.
        double best = 0.0;
        for (int j = last; j >= 0; j--) {
            double carry = j == last ? 1.0 : Math.abs(window.carry(j, row));
            if (carry == 0.0) {
                close(close - (j + 1), injected);
                close = j + 1;
                injected = 0;
            }
            best *= carry;
            if (window.injects(j, row)) {
                best = Math.max(1.0, best);
                injected++;
            }
            largestWeight = Math.max(largestWeight, best);
        }
        close(close, injected);
    }

    /** A stretch that injects nothing is a segment of another window: one that was, or one that is still open. */
    private void close(int steps, int injected) {
        if (injected > 0) {
            segments++;
            segmentSteps += injected;
            longestSegment = Math.max(longestSegment, steps);
        }
    }
}
