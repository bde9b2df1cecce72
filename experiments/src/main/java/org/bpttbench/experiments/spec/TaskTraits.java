package org.bpttbench.experiments.spec;

import java.util.OptionalLong;

/**
 * What the sweep file's rules need to know of a task.
 *
 * @param ownSystem brings its own recurrent system, so that no {@code model} is wanted
 * @param splits has training, validation and test data
 * @param episode steps of an episode; absent if the task is an endless stream
 * @param data hash of the content of the data it reads, empty if it reads none; enters the ids of its runs
 */
public record TaskTraits(boolean ownSystem, boolean splits, OptionalLong episode, String data) {
    static final TaskTraits UNKNOWN = new TaskTraits(false, false, OptionalLong.empty(), "");

    public boolean endless() {
        return episode.isEmpty();
    }
}
