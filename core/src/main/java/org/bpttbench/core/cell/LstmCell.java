package org.bpttbench.core.cell;

import java.util.List;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;

/**
 * Long short-term memory with a forget gate, without peepholes. With i, f, o, g the gates of x_t·U + h_{t−1}·W + b
 * (σ for i, f, o; tanh for g):
 *
 * <pre>c_t = f ⊙ c_{t−1} + i ⊙ g        h_t = o ⊙ tanh(c_t)</pre>
 *
 * <p>The state is [h, c]; the head reads h. Parameters in this order: W [n×4n], U [inputs×4n], b [4n], gates side by side
 * as i, f, o, g.
 *
 * <p><i>Reference:</i> Hochreiter &amp; Schmidhuber 1997; forget gate of Gers, Schmidhuber &amp; Cummins 2000.
 *
 * @param inputSize width of x_t
 * @param units n
 * @param biased whether b is a parameter; absent otherwise
 */
public record LstmCell(int inputSize, int units, boolean biased) implements LayerCell {
    /** {@code cell: lstm}. */
    public static final Entry<CellMaker> ENTRY = new Entry<>(
            "lstm",
            "long short-term memory with forget gate, no peepholes",
            "Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000",
            CellMaker.PARAMETERS,
            a -> CellMaker.of(a, LstmCell::new));

    private static final List<String> GATES = List.of("input", "forget", "output", "cell");

    @Override
    public int stateSize() {
        return 2 * units;
    }

    @Override
    public int outputSize() {
        return units;
    }

    @Override
    public int traceSize() {
        return 5 * units;
    }

    @Override
    public int deltaSize() {
        return 4 * units;
    }

    @Override
    public ParamLayout layout() {
        ParamLayout weights = ParamLayout.EMPTY
                .and("recurrent", Role.RECURRENT, units, 4 * units, GATES)
                .and("input", Role.INPUT, inputSize, 4 * units, GATES);
        return biased ? weights.and("bias", Role.BIAS, 1, 4 * units, GATES) : weights;
    }

    @Override
    public Layer open(Kernels kernels, LayerPlace place) {
        return new LstmTransition(kernels, this, place);
    }
}
