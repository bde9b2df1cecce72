package org.bpttbench.experiments.task;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.head.Loss;

/**
 * A task that shows symbols, then blanks, then a cue, and wants the symbols back in their order at the end, blanks until
 * then. Every step has a loss. A network without memory gets the blanks right and guesses the symbols.
 */
interface RecallTask extends EpisodeTask {
    /** How many symbols are shown. */
    int shown();

    /** Of how many kinds. */
    int kinds();

    /** The step at which the cue is shown. */
    int cue();

    @Override
    default void write(Episode episode, UniformRandomProvider random) {
        int blank = kinds();
        for (int step = 0; step < steps(); step++) {
            episode.token(step, blank);
            episode.label(step, blank);
        }
        episode.token(cue(), blank + 1);
        for (int i = 0; i < shown(); i++) {
            int symbol = random.nextInt(kinds());
            episode.token(i, symbol);
            episode.label(judgedFrom() + i, symbol);
        }
    }

    /** The symbols, the blank and the cue. */
    @Override
    default int inputs() {
        return kinds() + 2;
    }

    @Override
    default boolean tokens() {
        return true;
    }

    /** The symbols and the blank. */
    @Override
    default int outputs() {
        return kinds() + 1;
    }

    @Override
    default Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    /** Blanks are no achievement: only the symbols that are recalled are judged. */
    @Override
    default int judgedFrom() {
        return steps() - shown();
    }

    @Override
    default boolean judgesSteps() {
        return true;
    }

    @Override
    default OptionalLong memoryLag() {
        return OptionalLong.of(judgedFrom());
    }

    @Override
    default Map<String, Double> chance() {
        return Map.of(
                CROSS_ENTROPY,
                shown() * StrictMath.log(kinds()) / steps(),
                ERROR_RATE,
                1.0 - StrictMath.pow(kinds(), -shown()),
                STEP_ERROR_RATE,
                1.0 - 1.0 / kinds());
    }
}
