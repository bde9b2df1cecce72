package org.bpttbench.core.gradient;

import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/** What a stream counts. Written by the stream. */
public final class Tally implements Checkpointed {
    long forwardLaneSteps;
    long repeatedLaneSteps;
    long backwardLaneSteps;
    long emissions;
    long losses;
    double lossSum;
    long segments;
    long segmentSteps;
    long longestSegment;
    long longestWindow;
    long keptSteps;
    double keptBytes;
    double largestWeight = 1.0;

    /** Steps run forward, times lanes. */
    public long forwardLaneSteps() {
        return forwardLaneSteps;
    }

    /** Steps run forward again because they were not kept, times lanes. */
    public long repeatedLaneSteps() {
        return repeatedLaneSteps;
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

    /** The most steps on the tape of a stream that does not keep its windows whole; 0 for one that does. */
    public long keptSteps() {
        return keptSteps;
    }

    /** The most bytes that such a stream keeps, be it on the tape or beside it. */
    public double keptBytes() {
        return keptBytes;
    }

    /** The largest |W[t,s]| seen: the largest product of carries from a loss back to a step. */
    public double largestWeight() {
        return largestWeight;
    }

    /** Adds what another stream has counted. */
    public void add(Tally other) {
        forwardLaneSteps += other.forwardLaneSteps;
        repeatedLaneSteps += other.repeatedLaneSteps;
        backwardLaneSteps += other.backwardLaneSteps;
        emissions += other.emissions;
        losses += other.losses;
        lossSum += other.lossSum;
        segments += other.segments;
        segmentSteps += other.segmentSteps;
        longestSegment = Math.max(longestSegment, other.longestSegment);
        longestWindow = Math.max(longestWindow, other.longestWindow);
        keptSteps = Math.max(keptSteps, other.keptSteps);
        keptBytes = Math.max(keptBytes, other.keptBytes);
        largestWeight = Math.max(largestWeight, other.largestWeight);
    }

    @Override
    public void save(StateWriter out) {
        out.section("tally");
        out.putLongs(
                forwardLaneSteps,
                repeatedLaneSteps,
                backwardLaneSteps,
                emissions,
                losses,
                segments,
                segmentSteps,
                longestSegment,
                longestWindow,
                keptSteps);
        out.putDoubles(lossSum, keptBytes, largestWeight);
    }

    @Override
    public void load(StateReader in) {
        in.section("tally");
        long[] counts = new long[10];
        in.readLongs(counts);
        int at = 0;
        forwardLaneSteps = counts[at++];
        repeatedLaneSteps = counts[at++];
        backwardLaneSteps = counts[at++];
        emissions = counts[at++];
        losses = counts[at++];
        segments = counts[at++];
        segmentSteps = counts[at++];
        longestSegment = counts[at++];
        longestWindow = counts[at++];
        keptSteps = counts[at];
        double[] figures = new double[3];
        in.readDoubles(figures);
        lossSum = figures[0];
        keptBytes = figures[1];
        largestWeight = figures[2];
    }

    /**
     * Counts steps that were run forward for the first time.
     *
     * @return the losses among them
     */
    long countForward(Tape tape, int from, int to) {
        long before = losses;
        forwardLaneSteps += (long) (to - from) * tape.lanes();
        for (int row = from * tape.lanes(); row < to * tape.lanes(); row++) {
            if (tape.masks()[row]) {
                losses++;
                lossSum += tape.losses()[row];
            }
        }
        return losses - before;
    }

    /** Counts what a stream keeps that does not keep its windows whole. */
    void countKept(long steps, double bytes) {
        keptSteps = Math.max(keptSteps, steps);
        keptBytes = Math.max(keptBytes, bytes);
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
