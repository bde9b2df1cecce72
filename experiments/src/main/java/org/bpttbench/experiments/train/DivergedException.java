package org.bpttbench.experiments.train;

/** Training has left the finite: an outcome, not a failure. The message says what went first and where. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
