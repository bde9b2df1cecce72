package org.bpttbench.accelerator;

import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.LstmGates;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.kernel.PlainKernels;

/**
 * The backend on the Vector API. Each element of a product is one lane of one accumulator, so it is the chain of fused
 * multiply-adds that the contract asks for, whatever the width of the vectors. What is too narrow to fill half a vector
 * is left to the plain backend.
 */
final class VectorKernels implements Kernels {
    static final Kernels INSTANCE = new VectorKernels();

    private static final int NARROWEST = Math.max(2, Lanes.LENGTH / 2);
    private static final Kernels PLAIN = PlainKernels.INSTANCE;

    /** Sums of outer products have no packed matrix to keep their scratch in, so each thread keeps one. */
    private static final ThreadLocal<OuterSums> OUTER = ThreadLocal.withInitial(OuterSums::new);

    private VectorKernels() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public PackedMatrix matrix(int rows, int cols) {
        return cols < NARROWEST ? PLAIN.matrix(rows, cols) : new PanelMatrix(rows, cols);
    }

    @Override
    public void addProduct(
            int m, double[] a, int aOffset, int aStride, PackedMatrix b, double[] c, int cOffset, int cStride) {
        if (b instanceof PanelMatrix panels) {
            panels.addProduct(m, a, aOffset, aStride, c, cOffset, cStride);
        } else {
            PLAIN.addProduct(m, a, aOffset, aStride, b, c, cOffset, cStride);
        }
    }

    @Override
    public void addOuterProducts(
            int steps,
            int lanes,
            double[] a,
            int aOffset,
            int aStride,
            int aStepStride,
            int k,
            double[] d,
            int dOffset,
            int dStride,
            int dStepStride,
            int n,
            double[] c,
            int cOffset,
            int cStride) {
        if (n < NARROWEST) {
            PLAIN.addOuterProducts(
                    steps,
                    lanes,
                    a,
                    aOffset,
                    aStride,
                    aStepStride,
                    k,
                    d,
                    dOffset,
                    dStride,
                    dStepStride,
                    n,
                    c,
                    cOffset,
                    cStride);
        } else {
            OUTER.get()
                    .add(
                            steps,
                            lanes,
                            a,
                            aOffset,
                            aStride,
                            aStepStride,
                            k,
                            d,
                            dOffset,
                            dStride,
                            dStepStride,
                            n,
                            c,
                            cOffset,
                            cStride);
        }
    }

    @Override
    public void addRows(
            int steps,
            int lanes,
            double[] d,
            int dOffset,
            int dStride,
            int dStepStride,
            int n,
            double[] c,
            int cOffset) {
        RowSums.add(steps, lanes, d, dOffset, dStride, dStepStride, n, c, cOffset);
    }

    @Override
    public void tanh(double[] x, int xOffset, double[] y, int yOffset, int count) {
        place(x, xOffset, y, yOffset, count);
        Activations.tanh(y, yOffset, count);
    }

    @Override
    public void sigmoid(double[] x, int xOffset, double[] y, int yOffset, int count) {
        place(x, xOffset, y, yOffset, count);
        Activations.sigmoid(y, yOffset, count);
    }

    @Override
    public LstmGates lstmGates() {
        return VectorLstmGates.INSTANCE;
    }

    private static void place(double[] x, int xOffset, double[] y, int yOffset, int count) {
        if (x != y || xOffset != yOffset) {
            System.arraycopy(x, xOffset, y, yOffset, count);
        }
    }
}
