package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.HEIGHT;
import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;
import static org.bpttbench.accelerator.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/**
 * Sums of outer products, C += Σ aᵀd, for one thread. A chunk of terms is copied into the layout of tiles: blocks of
 * columns of A and D, cut into strips as wide as a tile is high or wide, each strip term by term in one piece. A strip of A
 * stays in the first-level cache while it passes over the block of D, which stays in the second-level one.
 */
final class OuterSums {
    private static final int TERMS = 384;
    private static final int A_COLUMNS = 256;
    private static final int D_COLUMNS = 128;

    /** Fewer terms than this are not worth copying. */
    private static final int FEWEST = 4;

    private final double[] aBlock = new double[TERMS * A_COLUMNS];
    private final double[] dBlock = new double[TERMS * D_COLUMNS];
    private final int[] aRows = new int[TERMS];
    private final int[] dRows = new int[TERMS];
    private final Tile tile = new Tile();

    /** @see org.bpttbench.core.kernel.Kernels#addOuterProducts */
    void add(
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
        int count = 0;
        for (int s = steps - 1; s >= 0; s--) {
            for (int b = 0; b < lanes; b++) {
                aRows[count] = aOffset + s * aStepStride + b * aStride;
                dRows[count] = dOffset + s * dStepStride + b * dStride;
                if (++count == TERMS) {
                    addChunk(count, a, k, d, n, c, cOffset, cStride);
                    count = 0;
                }
            }
        }
        addChunk(count, a, k, d, n, c, cOffset, cStride);
    }

    private void addChunk(int count, double[] a, int k, double[] d, int n, double[] c, int cOffset, int cStride) {
        if (count < FEWEST) {
            for (int t = 0; t < count; t++) {
                addTerm(a, aRows[t], k, d, dRows[t], n, c, cOffset, cStride);
            }
            return;
        }
        for (int i = 0; i < k; i += A_COLUMNS) {
            int height = Math.min(A_COLUMNS, k - i);
            copy(count, a, aRows, i, height, HEIGHT, aBlock);
            for (int j = 0; j < n; j += D_COLUMNS) {
                int width = Math.min(D_COLUMNS, n - j);
                copy(count, d, dRows, j, width, WIDTH, dBlock);
                addBlock(count, height, width, c, cOffset + i * cStride + j, cStride);
            }
        }
    }

    private void addBlock(int count, int height, int width, double[] c, int cOffset, int cStride) {
        for (int i = 0; i < height; i += HEIGHT) {
            for (int j = 0; j < width; j += WIDTH) {
                tile.add(
                        Math.min(HEIGHT, height - i),
                        Math.min(WIDTH, width - j),
                        count,
                        aBlock,
                        i * count,
                        dBlock,
                        j * count,
                        c,
                        cOffset + i * cStride + j,
                        cStride);
            }
        }
    }

    /**
     * Copies columns {@code [first, first+width)} of rows into strips. What lies in a strip beyond them is left as it is:
     * it only reaches elements that a tile has beyond C.
     */
    private static void copy(int count, double[] source, int[] rows, int first, int width, int strip, double[] block) {
        for (int t = 0; t < count; t++) {
            int from = rows[t] + first;
            int to = t * strip;
            int j = 0;
            for (; j <= width - strip; j += strip) {
                for (int x = 0; x < strip; x += LENGTH) {
                    DoubleVector.fromArray(SPECIES, source, from + j + x).intoArray(block, to + j * count + x);
                }
            }
            for (int x = j; x < width; x++) {
                block[to + j * count + x - j] = source[from + x];
            }
        }
    }

    private static void addTerm(
            double[] a, int aRow, int k, double[] d, int dRow, int n, double[] c, int cOffset, int cStride) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < k; i++) {
            double factor = a[aRow + i];
            DoubleVector x = DoubleVector.broadcast(SPECIES, factor);
            int row = cOffset + i * cStride;
            int j = 0;
            for (; j < whole; j += LENGTH) {
                DoubleVector y = DoubleVector.fromArray(SPECIES, d, dRow + j);
                x.fma(y, DoubleVector.fromArray(SPECIES, c, row + j)).intoArray(c, row + j);
            }
            for (; j < n; j++) {
                c[row + j] = Math.fma(factor, d[dRow + j], c[row + j]);
            }
        }
    }
}
