package org.bpttbench.core.cell;

import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamLayout;

/**
 * One recurrent transition s_t = F(x_t, s_{t−1}; θ): its shape and its parameters. Immutable; {@link #open} makes the
 * part that works.
 */
public interface Cell {
    /** Width of x_t. */
    int inputSize();

    /** Width of s_t. */
    int stateSize();

    /** Width of the part of s_t that the head reads: its first entries. */
    int outputSize();

    /** Doubles the cell keeps on the tape for each lane and step besides the state. */
    int traceSize();

    /** Doubles for each adjoint row and step that {@code pullState} leaves for {@code pullParams}. */
    int deltaSize();

    ParamLayout layout();

    /** A worker of this cell; belongs to one thread. */
    Transition open(Kernels kernels);
}
