package org.bpttbench.core.cell;

import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.kernel.Kernels;

/**
 * The simple recurrent network: h_t = tanh(x_t·U + h_{t−1}·W + b).
 *
 * <p>Parameters in this order: W [n×n], U [inputs×n], b [n].
 *
 * <p><i>Reference:</i> Elman 1990, "Finding structure in time".
 *
 * @param inputSize width of x_t
 * @param units n
 * @param biased whether b is a parameter; absent otherwise
 */
public record TanhCell(int inputSize, int units, boolean biased) implements SimpleCell {
    /** {@code cell: tanh}. */
    public static final Entry<CellMaker> ENTRY = new Entry<>(
            "tanh",
            "simple recurrent network, h = tanh(Ux + Wh + b)",
            "Elman 1990",
            CellMaker.PARAMETERS,
            a -> CellMaker.of(a, TanhCell::new));

    @Override
    public Layer open(Kernels kernels, LayerPlace place) {
        return new SimpleTransition(kernels, this, place, new Tanh(kernels));
    }

    private record Tanh(Kernels kernels) implements Activation {
        @Override
        public void apply(double[] x, int offset, int count) {
            kernels.tanh(x, offset, x, offset, count);
        }

        @Override
        public void timesSlope(
                double[] h, int hOffset, double[] in, int inOffset, double[] out, int outOffset, int count) {
            for (int i = 0; i < count; i++) {
                double value = h[hOffset + i];
                out[outOffset + i] = in[inOffset + i] * (1.0 - value * value);
            }
        }
    }
}
