package org.bpttbench.core.kernel;

/**
 * The backend that is always there: plain Java in forms that the JIT compiler vectorises by itself. It fixes the bits
 * that every other backend has to give.
 */
public final class PlainKernels implements Kernels {
    public static final Kernels INSTANCE = new PlainKernels();

    /** Outer products have no packed matrix to keep their scratch in, so each thread keeps one (about 300 kB). */
    private static final ThreadLocal<OuterProducts> OUTER = ThreadLocal.withInitial(OuterProducts::new);

    private PlainKernels() {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public PackedMatrix matrix(int rows, int cols) {
        return cols < RowChains.SHORTEST ? new NarrowMatrix(rows, cols) : new WideMatrix(rows, cols);
    }

    @Override
    public void addProduct(
            int m, double[] a, int aOffset, int aStride, PackedMatrix b, double[] c, int cOffset, int cStride) {
        ((PlainMatrix) b).addProduct(m, a, aOffset, aStride, c, cOffset, cStride);
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
        for (int s = steps - 1; s >= 0; s--) {
            for (int b = 0; b < lanes; b++) {
                int row = dOffset + s * dStepStride + b * dStride;
                for (int j = 0; j < n; j++) {
                    c[cOffset + j] += d[row + j];
                }
            }
        }
    }

    @Override
    public void tanh(double[] x, int xOffset, double[] y, int yOffset, int count) {
        place(x, xOffset, y, yOffset, count);
        int end = yOffset + count;
        for (int i = yOffset; i < end; i++) {
            y[i] = Rational.tanh(y[i]);
        }
    }

    @Override
    public void sigmoid(double[] x, int xOffset, double[] y, int yOffset, int count) {
        place(x, xOffset, y, yOffset, count);
        int end = yOffset + count;
        for (int i = yOffset; i < end; i++) {
            y[i] = Rational.sigmoid(y[i]);
        }
    }

    @Override
    public LstmGates lstmGates() {
        return PlainLstmGates.INSTANCE;
    }

    /** The loops work in place, because the compiler does not vectorise across two different offsets. */
    private static void place(double[] x, int xOffset, double[] y, int yOffset, int count) {
        if (x != y || xOffset != yOffset) {
            System.arraycopy(x, xOffset, y, yOffset, count);
        }
    }
}
