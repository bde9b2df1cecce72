package org.bpttbench.experiments.spec;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bpttbench.core.catalog.Arguments;

/**
 * How a setting trains.
 *
 * @param steps time steps of each lane
 * @param lanes sequences advanced side by side
 * @param sequence steps after which the adjoint is cut and the estimator sees an end: the episode's, or the one given;
 *     absent on an endless stream that names none
 * @param clip {@code type} is {@code none}, {@code norm} with the largest norm under {@code norm}, or {@code value} with the
 *     largest magnitude of an entry under {@code value}
 */
public record TrainSpec(
        long steps, int lanes, OptionalLong sequence, Arguments optimizer, Per per, Update update, Arguments clip) {

    /** The unit of a gradient. */
    public enum Per {
        /** Emissions as they are: sums over steps. */
        STEP,
        /** Emissions divided by the window's nominal length. */
        WINDOW
    }

    /** When parameters move. */
    public enum Update {
        /** At each emission. */
        WINDOW,
        /** Once a sequence, by the sum of its emissions. */
        SEQUENCE
    }

    static TrainSpec of(Arguments train) {
        return new TrainSpec(
                train.whole("steps"),
                train.integer("lanes"),
                train.has("sequence") ? OptionalLong.of(train.whole("sequence")) : OptionalLong.empty(),
                train.nested("optimizer"),
                train.text("per").equals("window") ? Per.WINDOW : Per.STEP,
                train.text("update").equals("sequence") ? Update.SEQUENCE : Update.WINDOW,
                train.nested("clip"));
    }

    /** The largest norm of a gradient, if gradients are clipped by norm. */
    public OptionalDouble clipNorm() {
        return bound("norm");
    }

    /** The largest magnitude of a gradient's entry, if gradients are clipped by value. */
    public OptionalDouble clipValue() {
        return bound("value");
    }

    private OptionalDouble bound(String name) {
        return clip.has(name) ? OptionalDouble.of(clip.real(name)) : OptionalDouble.empty();
    }
}
