package org.bpttbench.core.cell;

import java.util.List;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;

/**
 * Gated recurrent unit.
 *
 * <p><i>Idea.</i> The update gate z keeps a share of the old state as it is, a path on which the adjoint does not fade;
 * the reset gate r decides how much of the old state the candidate c sees.
 *
 * <p><i>Update.</i>
 *
 * <pre>
 * r = σ(x_t·U_r + h_{t−1}·W_r + b_r)        z = σ(x_t·U_z + h_{t−1}·W_z + b_z)
 * c = tanh(x_t·U_c + b_c + r ⊙ (h_{t−1}·W_c + d))
 * h_t = (1−z) ⊙ c + z ⊙ h_{t−1}
 * </pre>
 *
 * <p>Parameters in this order: W [n×3n], its gates r, z, c; U [inputs×3n], its gates c, r, z; b [3n], likewise; d [n]. The
 * two orders let the gates that meet lie side by side: one product adds to c, r, z, the other to r, z and h·W_c + d.
 *
 * <p><i>Cost.</i> 3n² + 3n·inputs multiplications a lane and step; 4n doubles of traces.
 *
 * <p><i>Reference:</i> Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder", arXiv:1406.1078,
 * equations 5-8.
 *
 * <p><i>Departures.</i> The paper resets the state before the product, (r ⊙ h)·W; here, as in cuDNN and PyTorch, r acts
 * after it, so that a step is one product. The paper has no additive terms. PyTorch has two vectors of 3n, of which those
 * of r and z only enter as a sum: b_r, b_z are that sum, b_c its b_in, d its b_hn.
 *
 * @param inputSize width of x_t
 * @param units n
 * @param biased whether b and d are parameters; absent otherwise
 */
public record GruCell(int inputSize, int units, boolean biased) implements LayerCell {
    /** {@code cell: gru}. */
    public static final Entry<CellMaker> ENTRY = new Entry<>(
            "gru",
            "gated recurrent unit, its reset gate after the product as in cuDNN",
            "Cho et al. 2014, equations 5-8",
            CellMaker.PARAMETERS,
            a -> CellMaker.of(a, GruCell::new));

    @Override
    public int stateSize() {
        return units;
    }

    @Override
    public int outputSize() {
        return units;
    }

    @Override
    public int traceSize() {
        return 4 * units;
    }

    @Override
    public int deltaSize() {
        return 4 * units;
    }

    @Override
    public ParamLayout layout() {
        List<String> inputGates = List.of("candidate", "reset", "update");
        ParamLayout weights = ParamLayout.EMPTY
                .and("recurrent", Role.RECURRENT, units, 3 * units, List.of("reset", "update", "candidate"))
                .and("input", Role.INPUT, inputSize, 3 * units, inputGates);
        return biased
                ? weights.and("bias", Role.BIAS, 1, 3 * units, inputGates)
                        .and("recurrent_bias", Role.BIAS, 1, units, List.of("candidate"))
                : weights;
    }

    @Override
    public Layer open(Kernels kernels, LayerPlace place) {
        return new GruTransition(kernels, this, place);
    }
}
