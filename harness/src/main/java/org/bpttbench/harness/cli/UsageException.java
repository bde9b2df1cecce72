package org.bpttbench.harness.cli;

/** Something the user can mend: printed as it is, without a stack trace; exit code 2. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
