package org.bpttbench.core.cell;

import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.kernel.Kernels;

/**
 * The rectified recurrent network: h_t = max(0, x_t·U + h_{t−1}·W + b). The slope at 0 is taken to be 0. With
 * W = I and b = 0 at the start it is the IRNN, whose adjoint neither grows nor shrinks as long as its units are active.
 *
 * <p>Parameters in this order: W [n×n], U [inputs×n], b [n].
 *
 * <p><i>Reference:</i> Le, Jaitly &amp; Hinton 2015, "A simple way to initialize recurrent networks of rectified linear
 * units", arXiv:1504.00941.
 *
 * @param inputSize width of x_t
 * @param units n
 * @param biased whether b is a parameter; absent otherwise
 */
public record ReluCell(int inputSize, int units, boolean biased) implements SimpleCell {
    /** {@code cell: relu}. */
    public static final Entry<CellMaker> ENTRY = new Entry<>(
            "relu",
            "rectified recurrent network, h = max(0, Ux + Wh + b)",
            "Le, Jaitly & Hinton 2015",
            CellMaker.PARAMETERS,
            a -> CellMaker.of(a, ReluCell::new));

    @Override
    public Layer open(Kernels kernels, LayerPlace place) {
        return new SimpleTransition(kernels, this, place, new Rectifier());
    }

    private record Rectifier() implements Activation {
        @Override
        public void apply(double[] x, int offset, int count) {
            for (int i = offset; i < offset + count; i++) {
                x[i] = Math.max(0.0, x[i]);
            }
        }

        @Override
        public void timesSlope(
                double[] h, int hOffset, double[] in, int inOffset, double[] out, int outOffset, int count) {
            for (int i = 0; i < count; i++) {
                // A state that is not a number passes: what has diverged must not look like a unit at rest.
                out[outOffset + i] = h[hOffset + i] <= 0.0 ? 0.0 : in[inOffset + i];
            }
        }
    }
}
