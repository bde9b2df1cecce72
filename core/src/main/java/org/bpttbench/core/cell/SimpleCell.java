package org.bpttbench.core.cell;

import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;

/**
 * The simple recurrent network h_t = f(x_t·U + h_{t−1}·W + b), whatever f. Parameters in this order: W [n×n],
 * U [inputs×n], b [n].
 */
interface SimpleCell extends LayerCell {
    /** n. */
    int units();

    /** Whether b is a parameter; absent otherwise. */
    boolean biased();

    @Override
    default int stateSize() {
        return units();
    }

    @Override
    default int outputSize() {
        return units();
    }

    @Override
    default int traceSize() {
        return 0;
    }

    @Override
    default int deltaSize() {
        return units();
    }

    @Override
    default ParamLayout layout() {
        ParamLayout weights = ParamLayout.EMPTY
                .and("recurrent", Role.RECURRENT, units(), units())
                .and("input", Role.INPUT, inputSize(), units());
        return biased() ? weights.and("bias", Role.BIAS, 1, units()) : weights;
    }
}
