package org.bpttbench.core.state;

/**
 * Something whose position can be saved and taken up by a fresh object of the same settings, which then goes on with the
 * same bits. What belongs in a state is all that its own past has made of it (positions, generators, numbers carried over)
 * and nothing that its settings make again.
 *
 * <p>There is no silent default. Whoever has nothing to save says so by two empty methods; whoever leaves the methods out
 * cannot be saved at all, and a run that has it as a part is made without checkpoints.
 */
public interface Checkpointed {
    /** @throws UnsupportedOperationException if it cannot be saved, now or ever */
    default void save(StateWriter out) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be saved");
    }

    /**
     * Takes up a saved position. Reads just what {@link #save} wrote.
     *
     * @throws StateMismatchException if the state is another's; this object is of no use then
     * @throws UnsupportedOperationException if it cannot be saved
     */
    default void load(StateReader in) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be loaded");
    }
}
