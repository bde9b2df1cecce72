package org.bpttbench.harness.cli;

import picocli.CommandLine.Option;

/** How many runs go on at a time. */
final class JobsOption {
    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "0",
            description = "Runs at a time; one a processor by default, and fewer where memory does not suffice.")
    private int jobs;

    int workers() {
        if (jobs < 0) {
            throw new UsageException("--jobs is " + jobs + ": must be at least 1, or 0 for one a processor");
        }
        return jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs;
    }
}
