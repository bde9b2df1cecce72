package org.bpttbench.core.kernel;

/**
 * A matrix cut into blocks of columns, each row of a block an array of its own: the layout that {@link RowChains}
 * vectorises over. A product works on a tile of C, also one array a row, that stays in the first-level cache while all
 * terms pass over it.
 */
final class WideMatrix implements PlainMatrix {
    private static final int BLOCK = 512;
    private static final int TILE = 8;

    private final int rows;
    private final int cols;
    /** {@code [block][row][column within the block]}. */
    private final double[][][] blocks;

    private final double[][] tile;

    WideMatrix(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
        this.blocks = new double[(cols + BLOCK - 1) / BLOCK][][];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = new double[rows][width(block)];
        }
        this.tile = new double[TILE][(cols + blocks.length - 1) / blocks.length];
    }

    private int width(int block) {
        return start(block + 1) - start(block);
    }

    /** Blocks differ by one column at most, so that none is too short for its loops. */
    private int start(int block) {
        return (int) ((long) cols * block / blocks.length);
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
        for (int block = 0; block < blocks.length; block++) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(source, offset + i * stride + start(block), blocks[block][i], 0, width(block));
            }
        }
    }

    @Override
    public void loadTransposed(double[] source, int offset, int stride) {
        for (int block = 0; block < blocks.length; block++) {
            int first = start(block);
            int width = width(block);
            for (int j = 0; j < width; j++) {
                int from = offset + (first + j) * stride;
                for (int i = 0; i < rows; i++) {
                    blocks[block][i][j] = source[from + i];
                }
            }
        }
    }

    @Override
    public void addProduct(int m, double[] a, int aOffset, int aStride, double[] c, int cOffset, int cStride) {
        for (int block = 0; block < blocks.length; block++) {
            for (int i = 0; i < m; i += TILE) {
                int height = Math.min(TILE, m - i);
                int aTile = aOffset + i * aStride;
                int cTile = cOffset + i * cStride + start(block);
                addTile(height, a, aTile, aStride, blocks[block], c, cTile, cStride, width(block));
            }
        }
    }

    private void addTile(
            int height,
            double[] a,
            int aOffset,
            int aStride,
            double[][] b,
            double[] c,
            int cOffset,
            int cStride,
            int width) {
        for (int i = 0; i < height; i++) {
            System.arraycopy(c, cOffset + i * cStride, tile[i], 0, width);
        }
        int p = 0;
        for (; p <= rows - RowChains.TERMS; p += RowChains.TERMS) {
            for (int i = 0; i < height; i++) {
                addFour(a, aOffset + i * aStride + p, b, p, tile[i], width);
            }
        }
        for (; p < rows; p++) {
            for (int i = 0; i < height; i++) {
                RowChains.addOne(a[aOffset + i * aStride + p], b[p], tile[i], width);
            }
        }
        for (int i = 0; i < height; i++) {
            System.arraycopy(tile[i], 0, c, cOffset + i * cStride, width);
        }
    }

    private static void addFour(double[] a, int at, double[][] b, int p, double[] c, int width) {
        RowChains.addFour(a[at], a[at + 1], a[at + 2], a[at + 3], b[p], b[p + 1], b[p + 2], b[p + 3], c, width);
    }
}
