package org.bpttbench.experiments.measure;

import org.bpttbench.core.gradient.RenewalTruncation;

/** What a renewal truncation does on its links, by the age of the segment, found by asking it. Immutable. */
final class Links {
    /** A carry whose mean is this close to 1 is compensated: (1−c)·(1/(1−c)) rounds. */
    private static final double ROUNDING = 1e-12;

    private final double[] cuts;
    private final double[] carries;

    /** @param steps the oldest age that is asked for */
    Links(RenewalTruncation truncation, int steps) {
        this.cuts = new double[steps + 1];
        this.carries = new double[steps + 1];
        for (int age = 1; age <= steps; age++) {
            RenewalTruncation.Link link = truncation.link(age);
            cuts[age] = link.cut();
            carries[age] = link.carry();
        }
    }

    int steps() {
        return cuts.length - 1;
    }

    /** c(k). */
    double cut(int age) {
        return cuts[age];
    }

    /** What the link behind this age multiplies the adjoint by, where it is not cut. */
    double carry(int age) {
        return carries[age];
    }

    /** What it passes on average: 1 where the truncation compensates for its cuts. */
    double meanCarry(int age) {
        return (1.0 - cuts[age]) * carries[age];
    }

    /** Whether every link passes 1 on average, so that how old a segment is changes no expectation. */
    boolean compensated() {
        for (int age = 1; age < steps(); age++) {
            if (Math.abs(meanCarry(age) - 1.0) > ROUNDING) {
                return false;
            }
        }
        return true;
    }

    /** Whether all links are alike. */
    boolean ageless() {
        for (int age = 2; age < steps(); age++) {
            if (cuts[age] != cuts[1] || carries[age] != carries[1]) {
                return false;
            }
        }
        return true;
    }
}
