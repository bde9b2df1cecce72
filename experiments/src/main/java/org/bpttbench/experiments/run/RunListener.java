package org.bpttbench.experiments.run;

import org.bpttbench.experiments.spec.RunSpec;

/** Told of the progress of a {@link Runner}, one call at a time. */
public interface RunListener {
    /** Keeps it all to itself. */
    RunListener NONE = (spec, record, done, total) -> {};

    /**
     * @param record what the run came to
     * @param done runs ended so far by this runner
     * @param total runs that it was given
     */
    void ended(RunSpec spec, RunRecord record, int done, int total);

    /**
     * A run begins, or goes on, in this process.
     *
     * @param run tells at any time, until the run has ended, how far it is
     */
    default void began(RunInFlight run) {
        // Nothing to most.
    }

    /** A run broke; told before {@link #ended}, whose record has no more than the first words of it. */
    default void failed(RunSpec spec, Throwable why) {
        // Nothing to most.
    }

    /**
     * A run goes on where an earlier process left it.
     *
     * @param step of training
     * @param end the step at which training ends
     */
    default void resumed(RunSpec spec, long step, long end) {
        // Nothing to most.
    }

    /** Something that the user should know, a sentence. */
    default void note(String sentence) {
        // Nothing to most.
    }
}
