package org.bpttbench.core.param;

/** What a block of parameters does in a network; initialisers and reports are chosen by it. */
public enum Role {
    /** Weights from the previous state, square for each gate. */
    RECURRENT,
    /** Weights from the input. */
    INPUT,
    /** Additive terms of the cell. */
    BIAS,
    /** Weights from the cell's output to the prediction. */
    READOUT,
    /** Additive terms of the prediction. */
    READOUT_BIAS
}
