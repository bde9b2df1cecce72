package org.bpttbench.experiments.spec;

import org.bpttbench.core.catalog.Arguments;

/**
 * Initial weights.
 *
 * @param recurrent entry for the recurrent matrix, {@code type} naming it
 * @param input entry for the input matrix
 * @param readout entry for the readout matrix
 * @param bias of all units
 * @param forget bias of forget gates
 */
public record InitSpec(Arguments recurrent, Arguments input, Arguments readout, double bias, double forget) {
    static InitSpec of(Arguments init) {
        return new InitSpec(init, init.nested("input"), init.nested("readout"), init.real("bias"), init.real("forget"));
    }
}
