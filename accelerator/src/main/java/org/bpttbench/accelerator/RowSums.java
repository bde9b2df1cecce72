package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;

import jdk.incubator.vector.DoubleVector;

/**
 * Sums of rows, two rows at a time. Row by row, not column by column: rows lie a power of two apart as often as not, and
 * a first-level cache holds few of those.
 */
final class RowSums {
    private RowSums() {}

    /** @see org.bpttbench.core.kernel.Kernels#addRows */
    static void add(
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
            int row = dOffset + s * dStepStride;
            int b = 0;
            for (; b < lanes - 1; b += 2) {
                addTwo(n, d, row + b * dStride, row + (b + 1) * dStride, c, cOffset);
            }
            if (b < lanes) {
                addOne(n, d, row + b * dStride, c, cOffset);
            }
        }
    }

    private static void addTwo(int n, double[] d, int first, int second, double[] c, int cOffset) {
        int whole = SPECIES.loopBound(n);
        int j = 0;
        for (; j < whole; j += LENGTH) {
            DoubleVector.fromArray(SPECIES, c, cOffset + j)
                    .add(DoubleVector.fromArray(SPECIES, d, first + j))
                    .add(DoubleVector.fromArray(SPECIES, d, second + j))
                    .intoArray(c, cOffset + j);
        }
        for (; j < n; j++) {
            c[cOffset + j] = c[cOffset + j] + d[first + j] + d[second + j];
        }
    }

    private static void addOne(int n, double[] d, int row, double[] c, int cOffset) {
        int whole = SPECIES.loopBound(n);
        int j = 0;
        for (; j < whole; j += LENGTH) {
            DoubleVector.fromArray(SPECIES, c, cOffset + j)
                    .add(DoubleVector.fromArray(SPECIES, d, row + j))
                    .intoArray(c, cOffset + j);
        }
        for (; j < n; j++) {
            c[cOffset + j] += d[row + j];
        }
    }
}
