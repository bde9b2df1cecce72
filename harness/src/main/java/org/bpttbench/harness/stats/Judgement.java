package org.bpttbench.harness.stats;

/**
 * A verdict and, where there is none, why.
 *
 * @param reason a word with hyphens; empty unless undecided
 */
public record Judgement(Verdict verdict, String reason) {
    /** The estimator has chance in it and no interval has been put around its figures. */
    static final Judgement NOT_JUDGED = new Judgement(Verdict.UNDECIDED, "not-judged");

    /** The exact gradient is zero: nothing is large or small beside it. */
    static final Judgement ZERO_GRADIENT = new Judgement(Verdict.UNDECIDED, "zero-gradient");

    /** No replicate came to the checkpoint with finite figures. */
    static final Judgement DIVERGED = new Judgement(Verdict.UNDECIDED, "diverged");

    /** Of a figure without chance. */
    static Judgement exact(double relativeBias, double margin) {
        return new Judgement(relativeBias < margin ? Verdict.EQUIVALENT : Verdict.BIASED, "");
    }
}
