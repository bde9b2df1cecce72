package org.bpttbench.core.cell;

import org.bpttbench.core.tape.Tape;

/**
 * Where the numbers of one layer lie: layers share the rows of a tape, of adjoints and of deltas, each with columns of
 * its own. Products take strides, so that a layer works in place and nothing is copied between layers.
 *
 * @param state the first of its columns in a row of states, adjoints or tangents
 * @param stateStride width of such a row, all layers together
 * @param trace the first of its columns in a row of traces
 * @param traceStride width of such a row
 * @param delta the first of its columns in a row of deltas
 * @param deltaStride width of such a row
 * @param below the first column of the state that is its input, at the same step; {@link #INPUT} for the layer that reads
 *     the input of the tape
 */
public record LayerPlace(
        int state, int stateStride, int trace, int traceStride, int delta, int deltaStride, int below) {
    /** Stands for the input of the tape where a column is expected. */
    public static final int INPUT = -1;

    /** The place of a cell that has every row for itself. */
    public static LayerPlace alone(Cell cell) {
        return new LayerPlace(0, cell.stateSize(), 0, cell.traceSize(), 0, cell.deltaSize(), INPUT);
    }

    /** Whether the layer reads the input of the tape, and not another layer. */
    public boolean isLowest() {
        return below == INPUT;
    }

    /** Where the layer's part of a row of states or traces starts; row k·B + b belongs to lane b of group k. */
    int stateAt(Tape tape, int group) {
        return group * tape.lanes() * stateStride + state;
    }

    int traceAt(Tape tape, int slot) {
        return slot * tape.lanes() * traceStride + trace;
    }
}
