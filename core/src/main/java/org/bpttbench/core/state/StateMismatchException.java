package org.bpttbench.core.state;

/** A state is not that of the object that is to take it up. */
public final class StateMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public StateMismatchException(String message) {
        super(message);
    }
}
