package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.HEIGHT;
import static org.bpttbench.accelerator.Lanes.WIDTH;

import java.util.Arrays;
import org.bpttbench.core.kernel.PackedMatrix;

/**
 * A matrix cut into panels of {@link Lanes#WIDTH} columns, the last one padded with zeros, each panel term by term in one
 * piece. Belongs to one thread.
 *
 * <p>A product takes blocks of rows and terms of A, interleaved so that a tile reads one stream, and passes them over one
 * panel after the other. A block of A stays in the second-level cache, and so does the part of a panel that meets it.
 */
final class PanelMatrix implements PackedMatrix {
    private static final int ROWS = 64;
    private static final int TERMS = 512;

    private final int rows;
    private final int cols;
    /** {@code [panel][row][column within the panel]}. */
    private final double[] panels;

    private final double[] block;
    private final Tile tile = new Tile();
    private final double[] tail = new double[OneRow.MOST * WIDTH];

    PanelMatrix(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
        this.panels = new double[Math.multiplyExact(Math.multiplyExact((cols + WIDTH - 1) / WIDTH, WIDTH), rows)];
        this.block = new double[ROWS * Math.min(rows, TERMS)];
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
        for (int j = 0; j < cols; j += WIDTH) {
            int width = Math.min(WIDTH, cols - j);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(source, offset + i * stride + j, panels, j * rows + i * WIDTH, width);
            }
        }
    }

    @Override
    public void loadTransposed(double[] source, int offset, int stride) {
        for (int j = 0; j < cols; j++) {
            int from = offset + j * stride;
            int to = j / WIDTH * WIDTH * rows + j % WIDTH;
            for (int i = 0; i < rows; i++) {
                panels[to + i * WIDTH] = source[from + i];
            }
        }
    }

    /** @see org.bpttbench.core.kernel.Kernels#addProduct */
    void addProduct(int m, double[] a, int aOffset, int aStride, double[] c, int cOffset, int cStride) {
        int single = m % HEIGHT * 2 < HEIGHT ? m % HEIGHT : 0; // rows too few for another tile
        for (int i = 0; i < m - single; i += ROWS) {
            int height = Math.min(ROWS, m - single - i);
            addBlock(height, a, aOffset + i * aStride, aStride, c, cOffset + i * cStride, cStride);
        }
        for (int i = m - single; i < m; i++) {
            addRow(a, aOffset + i * aStride, c, cOffset + i * cStride);
        }
    }

    private void addBlock(int height, double[] a, int aOffset, int aStride, double[] c, int cOffset, int cStride) {
        for (int p = 0; p < rows; p += TERMS) {
            int terms = Math.min(TERMS, rows - p);
            for (int i = 0; i < height; i += HEIGHT) {
                interleave(Math.min(HEIGHT, height - i), terms, a, aOffset + i * aStride + p, aStride, i * terms);
            }
            for (int j = 0; j < cols; j += WIDTH) {
                int panel = j * rows + p * WIDTH;
                for (int i = 0; i < height; i += HEIGHT) {
                    tile.add(
                            Math.min(HEIGHT, height - i),
                            Math.min(WIDTH, cols - j),
                            terms,
                            block,
                            i * terms,
                            panels,
                            panel,
                            c,
                            cOffset + i * cStride + j,
                            cStride);
                }
            }
        }
    }

    /** Rows of A, side by side term by term; rows that are missing to a tile are zero. */
    private void interleave(int count, int terms, double[] a, int aOffset, int aStride, int to) {
        if (count < HEIGHT) {
            Arrays.fill(block, to, to + terms * HEIGHT, 0.0);
        }
        int r = 0;
        for (; r + 4 <= count; r += 4) {
            int row0 = aOffset + r * aStride;
            int row1 = row0 + aStride;
            int row2 = row1 + aStride;
            int row3 = row2 + aStride;
            for (int p = 0; p < terms; p++) {
                int at = to + r + p * HEIGHT;
                block[at] = a[row0 + p];
                block[at + 1] = a[row1 + p];
                block[at + 2] = a[row2 + p];
                block[at + 3] = a[row3 + p];
            }
        }
        for (; r < count; r++) {
            int row = aOffset + r * aStride;
            for (int p = 0; p < terms; p++) {
                block[to + r + p * HEIGHT] = a[row + p];
            }
        }
    }

    private void addRow(double[] a, int aOffset, double[] c, int cOffset) {
        int step = OneRow.MOST * WIDTH;
        int j = 0;
        for (; j <= cols - step; j += step) {
            OneRow.addFour(rows, a, aOffset, panels, j * rows, WIDTH * rows, c, cOffset + j);
        }
        if (j < cols) {
            int width = cols - j;
            System.arraycopy(c, cOffset + j, tail, 0, width);
            addTail(a, aOffset, j, width);
            System.arraycopy(tail, 0, c, cOffset + j, width);
        }
    }

    /** Fewer panels than four, the last of them perhaps padded. */
    private void addTail(double[] a, int aOffset, int j, int width) {
        int at = 0;
        if (width > WIDTH) {
            OneRow.addTwo(rows, a, aOffset, panels, j * rows, WIDTH * rows, tail, 0);
            at = 2 * WIDTH;
        }
        if (at < width) {
            OneRow.addOne(rows, a, aOffset, panels, (j + at) * rows, tail, at);
            at += WIDTH;
        }
        if (at < width) {
            OneRow.addOne(rows, a, aOffset, panels, (j + at) * rows, tail, at);
        }
    }
}
