package org.bpttbench.harness.calibration;

import org.bpttbench.variants.truncation.Artbp;
import org.bpttbench.variants.truncation.ConstantLaw;
import org.bpttbench.variants.truncation.CutLaw;
import org.bpttbench.variants.truncation.Cuts;
import org.bpttbench.variants.truncation.PolynomialLaw;

/**
 * How heavy the tail of a draw is: ARTBP on a system that keeps the share {@code a} of its state. A link that is not cut
 * multiplies the adjoint by a/(1 − c), which grows with the segment where it is above 1.
 *
 * @param name lower case, with hyphens
 * @param a share of the state that is kept from one step to the next
 * @param law how likely a cut is at each age
 * @param lawName in words
 * @param mean of the law's segments, in steps
 */
record Tail(String name, double a, CutLaw law, String lawName, double mean) {
    /** Hardly a tail: a/(1 − c) = 0.56. */
    static final Tail LIGHT = constant("light", 0.5, 10);

    /** a/(1 − c) is above 1 in young segments alone. */
    static final Tail MODERATE = new Tail("moderate", 0.9, new PolynomialLaw(6, 10), "polynomial, alpha 6", 10);

    /** a/(1 − c) = 0.98: with 200 draws and a loss at every step not far from what the guard lets pass. */
    static final Tail EDGE = constant("edge", 0.9, 12);

    /** a/(1 − c) = 1.1: the guard must stop it. */
    static final Tail HEAVY = constant("heavy", 0.99, 10);

    /**
     * Segments ten times as long as a sequence: hardly a draw has a cut, and 200 draws of one lane have twenty in all. Every
     * segment gets as far as there are events; what is rare are the cuts themselves.
     */
    static final Tail RARE = constant("rare", 0.9, 1000);

    /** Forty times as long: five cuts in all, so that many a row has none where it matters, and nothing in it shows that. */
    static final Tail RAREST = constant("rarest", 0.9, 4000);

    private static Tail constant(String name, double a, double mean) {
        return new Tail(name, a, new ConstantLaw(mean), "constant", mean);
    }

    Artbp estimator(Lanes lanes) {
        return new Artbp(new Cuts(mean, law, lanes.shared()));
    }
}
