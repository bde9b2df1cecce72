package org.bpttbench.experiments.measure;

import java.util.Arrays;

/**
 * Sums the squares of increments, weighed by the probability of the age and by the variance of the flip; of all links, or of
 * every so many as a systematic sample.
 */
final class Increments {
    private final Reading reading;
    private final int stride;
    private final double[] groups;
    private final double[] ages;
    private final double[] squares;

    /** @param stride 1 for all links */
    Increments(int steps, Reading reading, int stride) {
        this.stride = stride;
        this.reading = reading;
        this.groups = new double[reading.groups()];
        this.ages = new double[steps + 1];
        this.squares = new double[groups.length];
    }

    /** Whether the increments of the link behind this step are asked for. */
    boolean wants(int step) {
        return step % stride == 0;
    }

    /**
     * @param age of the segment at the flip
     * @param weight probability of the age times variance of the flip, c·(1 − c)
     * @param increment {@code [D]}: by how much the outcome of the flip moves the expectation
     */
    void add(int age, double weight, double[] increment) {
        Arrays.fill(squares, 0.0);
        reading.addSquares(weight * stride, increment, squares);
        for (int g = 0; g < groups.length; g++) {
            groups[g] += squares[g];
            ages[age] += squares[g];
        }
    }

    TruncationVariance sum() {
        return new TruncationVariance(groups, ages);
    }
}
