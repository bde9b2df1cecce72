package org.bpttbench.experiments.measure;

import java.util.Arrays;

/**
 * Sums the squares of increments, weighed by the probability of the age and by the variance of the flip; of all links, or of
 * every so many as a systematic sample.
 */
final class Increments {
    private final AgeChain chain;
    private final Reading reading;
    private final int stride;
    private final double[] groups;
    private final double[] ages;
    private final double[] squares;

    /** @param stride 1 for all links */
    Increments(AgeChain chain, Reading reading, int stride) {
        this.chain = chain;
        this.stride = stride;
        this.reading = reading;
        this.groups = new double[reading.groups()];
        this.ages = new double[chain.steps() + 1];
        this.squares = new double[groups.length];
    }

    /** Whether the increments of the link behind this step are asked for. */
    boolean wants(int step) {
        return step % stride == 0;
    }

    /**
     * @param step whose link the flip decides
     * @param age of the segment there
     * @param increment {@code [D]}: by how much the outcome moves the expectation, over {@code scale}
     */
    void add(int step, int age, double scale, double[] increment) {
        double cut = chain.cut(age);
        double weight = chain.probability(step, age) * cut * (1.0 - cut) * scale * scale * stride;
        Arrays.fill(squares, 0.0);
        reading.addSquares(weight, increment, squares);
        for (int g = 0; g < groups.length; g++) {
            groups[g] += squares[g];
            ages[age] += squares[g];
        }
    }

    TruncationVariance sum() {
        return new TruncationVariance(groups, ages);
    }
}
