package org.bpttbench.core.head;

import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamLayout;

/** Readout and loss of one step: its shape and its parameters. Immutable; {@link #open} makes the part that works. */
public interface Head {
    /** Width of what it reads: the cell's output. */
    int inputSize();

    /** Width of the prediction y. */
    int outputSize();

    Loss loss();

    ParamLayout layout();

    /** A worker of this head; belongs to one thread. */
    Readout open(Kernels kernels);
}
