package org.bpttbench.core.gradient;

/** Takes the gradients of a stream. A trainer moves θ (and loads it into the network) before it returns; a probe does not. */
@FunctionalInterface
public interface GradientSink {
    /**
     * @param gradient {@code [R×P]}, one for each draw: a sum over the window's time steps and a mean over lanes with the
     *     fixed divisor B. Belongs to the stream: to be read (or scaled in place) before returning, not kept
     * @param window where it comes from; not to be kept or modified
     */
    void accept(double[] gradient, Window window);

    /** Told when a sequence has ended, after its last gradient. */
    default void endOfSequence() {
        // Most sinks do not care.
    }

    /**
     * Told where a stream keeps little, which is when to save it: after each window, and after {@link #endOfSequence} where
     * that has come.
     */
    default void betweenWindows() {
        // Most sinks do not care.
    }
}
