package org.bpttbench.core.kernel;

/**
 * The products as the contract states them, one triple loop each: what every backend is held against. Activations are the
 * plain backend's, whose accuracy is tested on its own.
 */
public final class NaiveKernels implements Kernels {
    @Override
    public String name() {
        return "naive";
    }

    @Override
    public PackedMatrix matrix(int rows, int cols) {
        return new Dense(rows, cols);
    }

    @Override
    public void addProduct(
            int m, double[] a, int aOffset, int aStride, PackedMatrix b, double[] c, int cOffset, int cStride) {
        Dense dense = (Dense) b;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < dense.cols; j++) {
                double chain = c[cOffset + i * cStride + j];
                for (int p = 0; p < dense.rows; p++) {
                    chain = Math.fma(a[aOffset + i * aStride + p], dense.values[p * dense.cols + j], chain);
                }
                c[cOffset + i * cStride + j] = chain;
            }
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
        for (int s = steps - 1; s >= 0; s--) {
            for (int lane = 0; lane < lanes; lane++) {
                int aRow = aOffset + s * aStepStride + lane * aStride;
                int dRow = dOffset + s * dStepStride + lane * dStride;
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < n; j++) {
                        int at = cOffset + i * cStride + j;
                        c[at] = Math.fma(a[aRow + i], d[dRow + j], c[at]);
                    }
                }
            }
        }
    }

    @Override
    public void tanh(double[] x, int xOffset, double[] y, int yOffset, int count) {
        PlainKernels.INSTANCE.tanh(x, xOffset, y, yOffset, count);
    }

    @Override
    public void sigmoid(double[] x, int xOffset, double[] y, int yOffset, int count) {
        PlainKernels.INSTANCE.sigmoid(x, xOffset, y, yOffset, count);
    }

    private static final class Dense implements PackedMatrix {
        private final int rows;
        private final int cols;
        private final double[] values;

        Dense(int rows, int cols) {
            this.rows = rows;
            this.cols = cols;
            this.values = new double[rows * cols];
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int cols() {
            return cols;
        }

        @Override
        public void load(double[] source, int offset, int stride) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(source, offset + i * stride, values, i * cols, cols);
            }
        }

        @Override
        public void loadTransposed(double[] source, int offset, int stride) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < cols; j++) {
                    values[i * cols + j] = source[offset + j * stride + i];
                }
            }
        }
    }

    @Override
    public LstmGates lstmGates() {
        return PlainKernels.INSTANCE.lstmGates();
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
        double[] one = {1.0};
        addOuterProducts(steps, lanes, one, 0, 0, 0, 1, d, dOffset, dStride, dStepStride, n, c, cOffset, n);
    }
}
