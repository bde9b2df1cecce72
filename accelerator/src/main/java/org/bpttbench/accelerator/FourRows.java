package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;
import static org.bpttbench.accelerator.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/**
 * The product of four rows and a panel, with the 8 vectors of C in registers all along.
 *
 * <p>Written out, and one term a round, for the reasons that {@link EightRows} gives.
 */
final class FourRows {
    static final int HEIGHT = 4;

    private FourRows() {}

    /**
     * C += A·B with C {@code [4×WIDTH]}.
     *
     * @param k terms
     * @param a term by term, {@code [k×4]}
     * @param b term by term, {@code [k×WIDTH]}
     */
    static void add(int k, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int cStride) {
        int row1 = cOffset + cStride;
        int row2 = row1 + cStride;
        int row3 = row2 + cStride;
        DoubleVector left0 = DoubleVector.fromArray(SPECIES, c, cOffset);
        DoubleVector right0 = DoubleVector.fromArray(SPECIES, c, cOffset + LENGTH);
        DoubleVector left1 = DoubleVector.fromArray(SPECIES, c, row1);
        DoubleVector right1 = DoubleVector.fromArray(SPECIES, c, row1 + LENGTH);
        DoubleVector left2 = DoubleVector.fromArray(SPECIES, c, row2);
        DoubleVector right2 = DoubleVector.fromArray(SPECIES, c, row2 + LENGTH);
        DoubleVector left3 = DoubleVector.fromArray(SPECIES, c, row3);
        DoubleVector right3 = DoubleVector.fromArray(SPECIES, c, row3 + LENGTH);
        for (int p = 0; p < k; p++) {
            int aAt = aOffset + p * HEIGHT;
            int bAt = bOffset + p * WIDTH;
            DoubleVector left = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector right = DoubleVector.fromArray(SPECIES, b, bAt + LENGTH);
            DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[aAt]);
            left0 = x0.fma(left, left0);
            right0 = x0.fma(right, right0);
            DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[aAt + 1]);
            left1 = x1.fma(left, left1);
            right1 = x1.fma(right, right1);
            DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[aAt + 2]);
            left2 = x2.fma(left, left2);
            right2 = x2.fma(right, right2);
            DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[aAt + 3]);
            left3 = x3.fma(left, left3);
            right3 = x3.fma(right, right3);
        }
        left0.intoArray(c, cOffset);
        right0.intoArray(c, cOffset + LENGTH);
        left1.intoArray(c, row1);
        right1.intoArray(c, row1 + LENGTH);
        left2.intoArray(c, row2);
        right2.intoArray(c, row2 + LENGTH);
        left3.intoArray(c, row3);
        right3.intoArray(c, row3 + LENGTH);
    }
}
