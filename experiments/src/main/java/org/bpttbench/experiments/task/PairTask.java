package org.bpttbench.experiments.task;

import java.util.OptionalLong;
import org.bpttbench.core.head.Loss;

/** A task that reads pairs of a value and a marker and puts out one number at the end. */
interface PairTask extends EpisodeTask {
    @Override
    default int inputs() {
        return 2;
    }

    @Override
    default boolean tokens() {
        return false;
    }

    @Override
    default int outputs() {
        return 1;
    }

    @Override
    default Loss loss() {
        return Loss.SQUARED_ERROR;
    }

    @Override
    default double tolerance() {
        return 0.04;
    }

    /** From a mark on the first pair to the end. */
    @Override
    default OptionalLong memoryLag() {
        return OptionalLong.of(steps() - 1L);
    }
}
