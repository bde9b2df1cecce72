package org.bpttbench.harness.stats;

import java.util.OptionalDouble;

/**
 * A verdict and, where there is none, why.
 *
 * @param reason a word with hyphens; empty unless undecided
 */
public record Judgement(Verdict verdict, String reason) {
    /** The exact gradient is zero: nothing is large or small beside it. */
    static final Judgement ZERO_GRADIENT = new Judgement(Verdict.UNDECIDED, "zero-gradient");

    /** No replicate came to the checkpoint with finite figures. */
    static final Judgement DIVERGED = new Judgement(Verdict.UNDECIDED, "diverged");

    /** The draws show neither that there is a bias nor that it lies within the margin. */
    static final Judgement DRAWS = new Judgement(Verdict.UNDECIDED, "draws");

    /** Too much of the variance lies where hardly any draw has been: intervals and tests do not hold. */
    static final Judgement TAIL = new Judgement(Verdict.UNDECIDED, "tail");

    private static final Judgement EQUIVALENT = new Judgement(Verdict.EQUIVALENT, "");
    private static final Judgement BIASED = new Judgement(Verdict.BIASED, "");

    /** Expected segments of an age below which its variance counts as unseen. */
    static final double SEGMENTS_SEEN = 50;

    private static final double MOST_UNSEEN = 0.2;
    private static final double SIGNIFICANCE = 0.05;

    /** Of a figure without chance. */
    static Judgement exact(double relativeBias, double margin) {
        return relativeBias < margin ? EQUIVALENT : BIASED;
    }

    /**
     * Of draws, in this order: not at all where the tail is unseen; equivalent where the bias lies within the margin;
     * biased where it is not zero. What is not significant is never called unbiased.
     *
     * @param unseenVariance share of the variance at ages that hardly a segment reached; empty if not known
     * @param smallestMargin that the bias lies within, together with all rows of the sweep
     * @param pHolm of no bias, adjusted for all rows of the sweep
     */
    static Judgement sampled(OptionalDouble unseenVariance, double smallestMargin, double pHolm, double margin) {
        if (tail(unseenVariance)) {
            return TAIL;
        }
        if (smallestMargin < margin) {
            return EQUIVALENT;
        }
        return pHolm < SIGNIFICANCE ? BIASED : DRAWS;
    }

    /** Whether intervals and tests do not hold. */
    static boolean tail(OptionalDouble unseenVariance) {
        return unseenVariance.orElse(0.0) > MOST_UNSEEN;
    }
}
