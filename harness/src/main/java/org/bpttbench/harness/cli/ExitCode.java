package org.bpttbench.harness.cli;

/** What the process returns. */
final class ExitCode {
    static final int FINE = 0;
    static final int RUNS_FAILED = 1;
    static final int USAGE = 2;
    static final int CHECK_FAILED = 3;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
