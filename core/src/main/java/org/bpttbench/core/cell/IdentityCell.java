package org.bpttbench.core.cell;

import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.kernel.Kernels;

/**
 * The linear recurrent network: h_t = x_t·U + h_{t−1}·W + b. Its Jacobian is W at every step, so that its gradients can
 * be written down and vanish or explode with the spectral radius of W.
 *
 * <p>Parameters in this order: W [n×n], U [inputs×n], b [n].
 *
 * <p><i>Reference:</i> the linear case of Pascanu, Mikolov &amp; Bengio 2013, section 2.1.
 *
 * @param inputSize width of x_t
 * @param units n
 * @param biased whether b is a parameter; absent otherwise
 */
public record IdentityCell(int inputSize, int units, boolean biased) implements SimpleCell {
    /** {@code cell: identity}. */
    public static final Entry<CellMaker> ENTRY = new Entry<>(
            "identity",
            "linear recurrent network, h = Ux + Wh + b",
            "Pascanu, Mikolov & Bengio 2013, section 2.1",
            CellMaker.PARAMETERS,
            a -> CellMaker.of(a, IdentityCell::new));

    @Override
    public Layer open(Kernels kernels, LayerPlace place) {
        return new SimpleTransition(kernels, this, place, new Linear());
    }

    private record Linear() implements Activation {
        @Override
        public void apply(double[] x, int offset, int count) {
            // f(x) = x.
        }

        @Override
        public void timesSlope(
                double[] h, int hOffset, double[] in, int inOffset, double[] out, int outOffset, int count) {
            if (in != out || inOffset != outOffset) {
                System.arraycopy(in, inOffset, out, outOffset, count);
            }
        }
    }
}
