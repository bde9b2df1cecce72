package org.bpttbench.core.cell;

import org.bpttbench.core.tape.Tape;

/**
 * A cell at work, with its weights packed. Everything outside the recurrence is one product for a whole stretch of slots
 * {@code [from, to)}. Adjoints and tangents have R·B rows over the B lanes of a tape: row r reads lane r mod B, so that
 * many draws share one forward pass. Allocates nothing once it has seen its largest number of rows.
 *
 * <p>Laws, tested on every cell: ⟨pull u, v⟩ = ⟨u, push v⟩; finite differences; linearity in the adjoint; inputs
 * untouched; a row does not depend on the other rows.
 */
public interface Transition {
    /**
     * Packs new weights.
     *
     * @param theta not modified
     * @param offset where this cell's parameters start
     */
    void load(double[] theta, int offset);

    /** The part of steps {@code [from, to)} that needs no state: biases and the input projection. */
    void prepare(Tape tape, int from, int to);

    /** Runs slot k: reads the state before it, writes the state after it and the traces. Prepared before. */
    void step(Tape tape, int k);

    /**
     * Pulls an adjoint back over slot k.
     *
     * @param rows R·B
     * @param adjoint {@code [rows×stateSize]}: with respect to the state after slot k; not modified
     * @param deltas {@code [rows×deltaSize]} from {@code deltaOffset}: overwritten with what the parameters need
     * @param before {@code [rows×stateSize]}: overwritten with the adjoint's contribution to the state before slot k
     */
    void pullState(Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before);

    /**
     * Adds the gradient of the steps {@code [from, to)}: steps in descending time, lanes ascending, one chain for each
     * parameter.
     *
     * @param deltas {@code [(to−from)×rows×deltaSize]}: as {@code pullState} left them, slot {@code from} first; not
     *     modified
     * @param rows R·B
     * @param firstRow the first of the B rows that belong to this gradient
     * @param gradient added to, from {@code offset}
     */
    void pullParams(
            Tape tape, int from, int to, double[] deltas, int rows, int firstRow, double[] gradient, int offset);

    /**
     * Pushes a tangent forward over slot k, θ and the inputs held still.
     *
     * @param tangent {@code [rows×stateSize]}: of the state before slot k; not modified
     * @param after {@code [rows×stateSize]}: overwritten with the tangent of the state after slot k
     */
    void pushState(Tape tape, int k, int rows, double[] tangent, double[] after);
}
