package org.bpttbench.experiments.measure;

import org.bpttbench.core.gradient.RenewalTruncation;

/**
 * How old the segment is at each step of a sequence that a renewal truncation cuts: the law of the ages, found by asking
 * the truncation for its links. Steps count from 0, ages from 1; the segment of step 0 has age 1 there. Immutable.
 *
 * <p>With c(k) the chance of a cut behind age k, S(n) = Π_{k≤n} (1 − c(k)) and ρ_a the probability that a segment starts at
 * step a, step j has age k with probability ρ_{j−k+1}·S(k−1).
 */
final class AgeChain {
    private final int steps;
    private final Links links;
    private final double[] survival;
    private final double[] starts;

    /** @param steps of the sequence */
    AgeChain(RenewalTruncation truncation, int steps) {
        this.steps = steps;
        this.links = new Links(truncation, steps);
        this.survival = new double[steps + 1];
        this.starts = new double[steps];
        survival[0] = 1.0;
        for (int age = 1; age <= steps; age++) {
            survival[age] = survival[age - 1] * (1.0 - links.cut(age));
        }
        starts[0] = 1.0;
        for (int step = 1; step < steps; step++) {
            for (int start = 0; start < step; start++) {
                starts[step] += starts[start] * survival[step - 1 - start] * links.cut(step - start);
            }
        }
    }

    int steps() {
        return steps;
    }

    /** c(k). */
    double cut(int age) {
        return links.cut(age);
    }

    /** What the link behind this age multiplies the adjoint by, where it is not cut. */
    double carry(int age) {
        return links.carry(age);
    }

    /** What it passes on average: 1 where the truncation compensates for its cuts. */
    double meanCarry(int age) {
        return links.meanCarry(age);
    }

    /** The probability that the segment has this age at this step. */
    double probability(int step, int age) {
        return starts[step - age + 1] * survival[age - 1];
    }

    /** The probability that a segment starts at this step. */
    double start(int step) {
        return starts[step];
    }

    /** The probability that no cut lies between two steps. */
    double passes(int from, int to) {
        double sum = 0;
        for (int start = 0; start <= from; start++) {
            sum += starts[start] * survival[to - start];
        }
        return sum;
    }

    /** The expected number of segments. */
    double expectedSegments() {
        double sum = 0;
        for (double start : starts) {
            sum += start;
        }
        return sum;
    }

    /** Whether every link passes 1 on average, so that how old a segment is changes no expectation. */
    boolean compensated() {
        return links.compensated();
    }

    /** Whether all links are alike. */
    boolean ageless() {
        return links.ageless();
    }
}
