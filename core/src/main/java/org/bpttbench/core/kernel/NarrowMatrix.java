package org.bpttbench.core.kernel;

/**
 * A matrix with few columns, in groups of four that are padded with zeros. Too short for vectors, so a product keeps the
 * chains of two rows and four columns in registers instead.
 */
final class NarrowMatrix implements PlainMatrix {
    private static final int GROUP = 4;

    private final int rows;
    private final int cols;
    /** {@code [group][row][column within the group]}. */
    private final double[] groups;

    private final double[] chains = new double[2 * GROUP];

    NarrowMatrix(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
        this.groups = new double[(cols + GROUP - 1) / GROUP * rows * GROUP];
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
            for (int j = 0; j < cols; j++) {
                groups[index(i, j)] = source[offset + i * stride + j];
            }
        }
    }

    @Override
    public void loadTransposed(double[] source, int offset, int stride) {
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < rows; i++) {
                groups[index(i, j)] = source[offset + j * stride + i];
            }
        }
    }

    private int index(int row, int col) {
        return (col / GROUP * rows + row) * GROUP + col % GROUP;
    }

    @Override
    public void addProduct(int m, double[] a, int aOffset, int aStride, double[] c, int cOffset, int cStride) {
        for (int j = 0; j < cols; j += GROUP) {
            int width = Math.min(GROUP, cols - j);
            int i = 0;
            for (; i < m - 1; i += 2) {
                addTwoRows(a, aOffset + i * aStride, aStride, j * rows, c, cOffset + i * cStride + j, cStride, width);
            }
            if (i < m) {
                addOneRow(a, aOffset + i * aStride, j * rows, c, cOffset + i * cStride + j, width);
            }
        }
    }

    private void addTwoRows(
            double[] a, int aOffset, int aStride, int group, double[] c, int cOffset, int cStride, int width) {
        System.arraycopy(c, cOffset, chains, 0, width);
        System.arraycopy(c, cOffset + cStride, chains, GROUP, width);
        double x0 = chains[0];
        double x1 = chains[1];
        double x2 = chains[2];
        double x3 = chains[3];
        double y0 = chains[4];
        double y1 = chains[5];
        double y2 = chains[6];
        double y3 = chains[7];
        for (int p = 0; p < rows; p++) {
            double x = a[aOffset + p];
            double y = a[aOffset + aStride + p];
            int b = group + p * GROUP;
            x0 = Math.fma(x, groups[b], x0);
            x1 = Math.fma(x, groups[b + 1], x1);
            x2 = Math.fma(x, groups[b + 2], x2);
            x3 = Math.fma(x, groups[b + 3], x3);
            y0 = Math.fma(y, groups[b], y0);
            y1 = Math.fma(y, groups[b + 1], y1);
            y2 = Math.fma(y, groups[b + 2], y2);
            y3 = Math.fma(y, groups[b + 3], y3);
        }
        store(x0, x1, x2, x3, c, cOffset, width);
        store(y0, y1, y2, y3, c, cOffset + cStride, width);
    }

    private void addOneRow(double[] a, int aOffset, int group, double[] c, int cOffset, int width) {
        System.arraycopy(c, cOffset, chains, 0, width);
        double x0 = chains[0];
        double x1 = chains[1];
        double x2 = chains[2];
        double x3 = chains[3];
        for (int p = 0; p < rows; p++) {
            double x = a[aOffset + p];
            int b = group + p * GROUP;
            x0 = Math.fma(x, groups[b], x0);
            x1 = Math.fma(x, groups[b + 1], x1);
            x2 = Math.fma(x, groups[b + 2], x2);
            x3 = Math.fma(x, groups[b + 3], x3);
        }
        store(x0, x1, x2, x3, c, cOffset, width);
    }

    private static void store(double x0, double x1, double x2, double x3, double[] c, int offset, int width) {
        c[offset] = x0;
        if (width > 1) {
            c[offset + 1] = x1;
        }
        if (width > 2) {
            c[offset + 2] = x2;
        }
        if (width > 3) {
            c[offset + 3] = x3;
        }
    }
}
