package org.bpttbench.core.gradient;

import org.bpttbench.core.tape.TapeShape;

/**
 * The memory that a stream is planned to take.
 *
 * @param steps the most on its tape
 * @param bytes the most at its peak, with all that is kept beside the tape
 * @param advice how the estimator could be told to take less, with the bytes; empty if it could not
 */
public record TapePlan(long steps, double bytes, String advice) {
    /** A tape doubles when it is full: for a moment the old arrays stand beside the new. */
    private static final double GROWTH = 3.0;

    /** The same with advice. */
    public TapePlan advised(String other) {
        return new TapePlan(steps, bytes, other);
    }

    /** Of a tape that grows until it holds so many steps. */
    public static TapePlan growing(long steps, TapeShape shape) {
        return new TapePlan(steps, GROWTH * (double) shape.bytesPerStep() * (double) steps, "");
    }
}
