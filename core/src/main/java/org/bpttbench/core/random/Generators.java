package org.bpttbench.core.random;

import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.bpttbench.core.state.StateMismatchException;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/** Saves and restores random generators. */
public final class Generators {
    private static final String SECTION = "generator";

    private Generators() {}

    /** @throws UnsupportedOperationException if the generator's state cannot be had; that of {@link Seeds#generator} can */
    public static void save(UniformRandomProvider generator, StateWriter out) {
        RandomProviderState state = restorable(generator).saveState();
        if (!(state instanceof RandomProviderDefaultState bytes)) {
            throw new UnsupportedOperationException(generator + " has a state of its own kind");
        }
        out.section(SECTION);
        out.putBytes(bytes.getState());
    }

    /** @param generator of the same kind as the one that was saved */
    public static void load(UniformRandomProvider generator, StateReader in) {
        in.section(SECTION);
        try {
            restorable(generator).restoreState(new RandomProviderDefaultState(in.readBytes()));
        } catch (IllegalStateException e) {
            throw new StateMismatchException("the state is not that of " + generator + ": " + e.getMessage());
        }
    }

    private static RestorableUniformRandomProvider restorable(UniformRandomProvider generator) {
        if (generator instanceof RestorableUniformRandomProvider restorable) {
            return restorable;
        }
        throw new UnsupportedOperationException(generator + " cannot be saved");
    }
}
