package org.bpttbench.core.cell;

import org.bpttbench.core.kernel.Kernels;

/** A cell that can be a layer of a {@link StackedCell}. */
public interface LayerCell extends Cell {
    /** A worker of this cell that keeps to its place; belongs to one thread. */
    Layer open(Kernels kernels, LayerPlace place);

    @Override
    default Layer open(Kernels kernels) {
        return open(kernels, LayerPlace.alone(this));
    }
}
