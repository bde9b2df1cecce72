package org.bpttbench.core.kernel;

/**
 * A matrix with few columns, in groups of four that are padded with zeros. Too short for vectors, so a product keeps
 * eight chains, of four rows and two columns, in registers instead; of rows left over, four chains each.
 */
final class NarrowMatrix implements PlainMatrix {
    private static final int GROUP = 4;
    private static final int PAIR = 2;
    private static final int TALL = 4;

    private final int rows;
    private final int cols;
    /** {@code [group][row][column within the group]}. */
    private final double[] groups;

    private final double[] chains = new double[GROUP];

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
        int paired = m - m % TALL;
        for (int j = 0; j < cols; j += PAIR) {
            int group = j / GROUP * GROUP * rows + j % GROUP;
            for (int i = 0; i < paired; i += TALL) {
                addPair(a, aOffset + i * aStride, aStride, group, c, cOffset + i * cStride + j, cStride, j + 1 < cols);
            }
        }
        for (int j = 0; j < cols; j += GROUP) {
            for (int i = paired; i < m; i++) {
                addGroup(a, aOffset + i * aStride, j * rows, c, cOffset + i * cStride + j, Math.min(GROUP, cols - j));
            }
        }
    }

    /** Four rows of two columns, or of one. */
    private void addPair(
            double[] a, int aOffset, int aStride, int group, double[] c, int cOffset, int cStride, boolean two) {
        int second = two ? 1 : 0;
        double w0 = c[cOffset];
        double w1 = c[cOffset + second];
        double x0 = c[cOffset + cStride];
        double x1 = c[cOffset + cStride + second];
        double y0 = c[cOffset + 2 * cStride];
        double y1 = c[cOffset + 2 * cStride + second];
        double z0 = c[cOffset + 3 * cStride];
        double z1 = c[cOffset + 3 * cStride + second];
        for (int p = 0; p < rows; p++) {
            int at = aOffset + p;
            double b0 = groups[group + p * GROUP];
            double b1 = groups[group + p * GROUP + 1];
            w0 = Math.fma(a[at], b0, w0);
            w1 = Math.fma(a[at], b1, w1);
            x0 = Math.fma(a[at + aStride], b0, x0);
            x1 = Math.fma(a[at + aStride], b1, x1);
            y0 = Math.fma(a[at + 2 * aStride], b0, y0);
            y1 = Math.fma(a[at + 2 * aStride], b1, y1);
            z0 = Math.fma(a[at + 3 * aStride], b0, z0);
            z1 = Math.fma(a[at + 3 * aStride], b1, z1);
        }
        c[cOffset] = w0;
        c[cOffset + cStride] = x0;
        c[cOffset + 2 * cStride] = y0;
        c[cOffset + 3 * cStride] = z0;
        if (two) {
            c[cOffset + 1] = w1;
            c[cOffset + cStride + 1] = x1;
            c[cOffset + 2 * cStride + 1] = y1;
            c[cOffset + 3 * cStride + 1] = z1;
        }
    }

    /** One row of up to four columns. */
    private void addGroup(double[] a, int aOffset, int group, double[] c, int cOffset, int width) {
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
