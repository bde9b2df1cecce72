package org.bpttbench.core.kernel;

/**
 * Sums of outer products, C += Σ aᵀd, for one thread. Rows of d are copied into arrays of their own, a chunk of terms at
 * a time, and so are tiles of C, for {@link RowChains} to vectorise over; the tile stays in the first-level cache while
 * the terms of a chunk pass over it.
 *
 * <p>A product has no side that must be d: fused multiply-add does not care which factor comes first. So the vectors run
 * along the columns of C or, if those are too few, along its rows.
 */
final class OuterProducts {
    private static final int BLOCK = 512;
    private static final int TILE = 8;
    private static final int CHUNK = 64;

    private final double[][] terms = new double[CHUNK][BLOCK];
    private final int[] factors = new int[CHUNK];
    private final double[][] tile = new double[TILE][BLOCK];

    /** @see Kernels#addOuterProducts */
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
        if ((k < RowChains.SHORTEST && n < RowChains.SHORTEST) || (long) steps * lanes < RowChains.TERMS) {
            addInPlace(
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
        } else if (n >= RowChains.SHORTEST) {
            addLong(
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
                    cStride,
                    1);
        } else {
            addLong(
                    steps,
                    lanes,
                    d,
                    dOffset,
                    dStride,
                    dStepStride,
                    n,
                    a,
                    aOffset,
                    aStride,
                    aStepStride,
                    k,
                    c,
                    cOffset,
                    1,
                    cStride);
        }
    }

    /** For what is too small or too few to be worth copying. */
    private static void addInPlace(
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
            for (int b = 0; b < lanes; b++) {
                int aRow = aOffset + s * aStepStride + b * aStride;
                int dRow = dOffset + s * dStepStride + b * dStride;
                for (int i = 0; i < k; i++) {
                    double factor = a[aRow + i];
                    int cRow = cOffset + i * cStride;
                    for (int j = 0; j < n; j++) {
                        c[cRow + j] = Math.fma(factor, d[dRow + j], c[cRow + j]);
                    }
                }
            }
        }
    }

    /** Takes C as [k×n] with its own stride in either direction, and vectorises along n. */
    private void addLong(
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
            int cStride,
            int cColumnStride) {
        int blocks = (n + BLOCK - 1) / BLOCK;
        for (int block = 0; block < blocks; block++) {
            int first = (int) ((long) n * block / blocks);
            int width = (int) ((long) n * (block + 1) / blocks) - first;
            int cBlock = cOffset + first * cColumnStride;
            int count = 0;
            for (int s = steps - 1; s >= 0; s--) {
                for (int b = 0; b < lanes; b++) {
                    factors[count] = aOffset + s * aStepStride + b * aStride;
                    System.arraycopy(d, dOffset + s * dStepStride + b * dStride + first, terms[count], 0, width);
                    if (++count == CHUNK) {
                        addChunk(count, a, k, width, c, cBlock, cStride, cColumnStride);
                        count = 0;
                    }
                }
            }
            addChunk(count, a, k, width, c, cBlock, cStride, cColumnStride);
        }
    }

    private void addChunk(
            int count, double[] a, int k, int width, double[] c, int cOffset, int cStride, int cColumnStride) {
        for (int i = 0; i < k; i += TILE) {
            int height = Math.min(TILE, k - i);
            int cTile = cOffset + i * cStride;
            for (int r = 0; r < height; r++) {
                take(c, cTile + r * cStride, cColumnStride, tile[r], width);
            }
            addTerms(count, a, i, height, width);
            for (int r = 0; r < height; r++) {
                give(tile[r], c, cTile + r * cStride, cColumnStride, width);
            }
        }
    }

    private void addTerms(int count, double[] a, int i, int height, int width) {
        int t = 0;
        for (; t <= count - RowChains.TERMS; t += RowChains.TERMS) {
            for (int r = 0; r < height; r++) {
                addFour(a, i + r, t, tile[r], width);
            }
        }
        for (; t < count; t++) {
            for (int r = 0; r < height; r++) {
                RowChains.addOne(a[factors[t] + i + r], terms[t], tile[r], width);
            }
        }
    }

    private void addFour(double[] a, int i, int t, double[] c, int width) {
        RowChains.addFour(
                a[factors[t] + i],
                a[factors[t + 1] + i],
                a[factors[t + 2] + i],
                a[factors[t + 3] + i],
                terms[t],
                terms[t + 1],
                terms[t + 2],
                terms[t + 3],
                c,
                width);
    }

    private static void take(double[] c, int offset, int stride, double[] row, int width) {
        if (stride == 1) {
            System.arraycopy(c, offset, row, 0, width);
        } else {
            for (int j = 0; j < width; j++) {
                row[j] = c[offset + j * stride];
            }
        }
    }

    private static void give(double[] row, double[] c, int offset, int stride, int width) {
        if (stride == 1) {
            System.arraycopy(row, 0, c, offset, width);
        } else {
            for (int j = 0; j < width; j++) {
                c[offset + j * stride] = row[j];
            }
        }
    }
}
