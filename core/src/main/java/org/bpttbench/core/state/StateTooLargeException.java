package org.bpttbench.core.state;

/** A state needs more room than it may take. */
public final class StateTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateTooLargeException(String message) {
        super(message);
    }
}
