package org.bpttbench.harness.stats;

/**
 * A verdict and what is to be known of it.
 *
 * @param reason a word with hyphens: why there is no verdict, or how much is known of the size of a bias; empty where it is
 *     equivalent
 */
public record Judgement(Verdict verdict, String reason) {
    /** The exact gradient is zero: nothing is large or small beside it. */
    static final Judgement ZERO_GRADIENT = new Judgement(Verdict.UNDECIDED, "zero-gradient");

    /** A gradient or a draw left the range of numbers. */
    static final Judgement OVERFLOW = new Judgement(Verdict.UNDECIDED, "overflow");

    /** A replicate did not come to the checkpoint. */
    static final Judgement DIVERGED = new Judgement(Verdict.UNDECIDED, "diverged");

    /** The draws show neither that there is a bias nor that it lies within the margin. */
    static final Judgement DRAWS = new Judgement(Verdict.UNDECIDED, "draws");

    /** Too much of the variance lies where hardly any draw has been: intervals and tests do not hold. */
    static final Judgement TAIL = new Judgement(Verdict.UNDECIDED, "tail");

    /** No smaller than the margin. */
    public static final Judgement ABOVE_MARGIN = new Judgement(Verdict.BIASED, "above-margin");

    /** A bias was shown, not that it is large. */
    static final Judgement SIZE_OPEN = new Judgement(Verdict.BIASED, "size-open");

    private static final Judgement EQUIVALENT = new Judgement(Verdict.EQUIVALENT, "");

    /** Of a whole sweep. */
    static final double SIGNIFICANCE = 0.05;

    /**
     * Of figures without chance.
     *
     * @param largest relative bias of a replicate
     */
    static Judgement exact(double largest, double margin) {
        return largest < margin ? EQUIVALENT : ABOVE_MARGIN;
    }

    /**
     * Of draws, in this order: equivalent where the bias of every replicate lies within the margin, biased where it is not
     * zero. What is not significant is never called unbiased.
     *
     * @param smallestMargin that the bias of every replicate lies within, together with all rows of the sweep
     * @param pHolm of no bias, adjusted for all rows of the sweep
     * @param low lower limit of the bias
     */
    static Judgement sampled(double smallestMargin, double pHolm, double low, double margin) {
        if (smallestMargin < margin) {
            return EQUIVALENT;
        }
        return pHolm < SIGNIFICANCE ? biased(low, margin) : DRAWS;
    }

    /** Where no test of the draws holds: a bias that is larger than chance can make it whatever its tail, if there is one. */
    static Judgement guarded(double low, double margin) {
        return low > 0 ? biased(low, margin) : TAIL;
    }

    private static Judgement biased(double low, double margin) {
        return low >= margin ? ABOVE_MARGIN : SIZE_OPEN;
    }
}
