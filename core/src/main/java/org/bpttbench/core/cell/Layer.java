package org.bpttbench.core.cell;

/**
 * A transition that can be stacked: it keeps to its {@link LayerPlace} in every row, reads the layer below if it is not
 * the lowest, and can say what its input contributed.
 *
 * <p>Of a layer that is not the lowest, {@code prepare(tape, k, k + 1)} is called after the layer below has stepped over
 * slot k, and {@code pushState} after the layer below has written its columns of {@code after}: their tangent counts.
 */
public interface Layer extends Transition {
    /**
     * Pulls an adjoint on to the layer below, at the same step. Called for layers that are not the lowest, after
     * {@code pullState} of that step.
     *
     * @param rows R·B
     * @param deltas {@code [rows×deltaStride]} from {@code deltaOffset}: as {@code pullState} left them; not modified
     * @param adjoint {@code [rows×stateStride]}: with respect to the state after the slot; the columns of the layer below
     *     are added to
     */
    void pullInput(int rows, double[] deltas, int deltaOffset, double[] adjoint);
}
