package org.bpttbench.core.gradient;

import org.bpttbench.core.cell.Cell;
import org.bpttbench.core.head.Head;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.tape.TapeShape;

/** A cell and the head that reads it. θ holds the cell's parameters, then the head's. Immutable. */
public record Model(Cell cell, Head head) {
    public Model {
        if (head.inputSize() != cell.outputSize()) {
            throw new IllegalArgumentException(
                    "the head reads " + head.inputSize() + " values, the cell gives " + cell.outputSize());
        }
    }

    public ParamLayout layout() {
        return cell.layout().and(head.layout());
    }

    /**
     * The shape of a tape for this model.
     *
     * @param tokens whether inputs are symbols
     */
    public TapeShape tape(int lanes, boolean tokens) {
        return new TapeShape(
                lanes,
                cell.inputSize(),
                tokens,
                cell.stateSize(),
                cell.traceSize(),
                cell.outputSize(),
                head.outputSize(),
                head.loss().targets(head.outputSize()),
                head.loss().labels());
    }
}
