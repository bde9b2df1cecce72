package org.bpttbench.core.init;

import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/** A law of initial weights. Immutable; all randomness comes from the generator it is handed. */
@FunctionalInterface
public interface Initializer {
    /**
     * Fills one weight matrix {@code [fanIn×fanOut]}, row-major; a recurrent matrix is square, one for each gate.
     *
     * @param matrix overwritten
     */
    void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random);

    /** Why a matrix of that shape cannot be filled; empty if it can. */
    default Optional<String> refusal(int fanIn, int fanOut) {
        return Optional.empty();
    }

    /** @throws IllegalArgumentException with the {@link #refusal}, if there is one */
    default void requireFit(int fanIn, int fanOut) {
        refusal(fanIn, fanOut).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }
}
