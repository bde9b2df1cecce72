package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;
import static org.bpttbench.accelerator.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/**
 * The product of eight rows and a panel, with the 16 vectors of C in registers all along.
 *
 * <p>Written out, loads and stores included: a method that takes or returns vectors costs most of the speed as soon as
 * the compiler does not inline it. Two terms a round, because it does not unroll such a loop by itself.
 */
final class EightRows {
    static final int HEIGHT = 8;

    private EightRows() {}

    /**
     * C += A·B with C {@code [8×WIDTH]}.
     *
     * @param k terms
     * @param a term by term, {@code [k×8]}
     * @param b term by term, {@code [k×WIDTH]}
     */
    static void add(int k, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int cStride) {
        int row1 = cOffset + cStride;
        int row2 = row1 + cStride;
        int row3 = row2 + cStride;
        int row4 = row3 + cStride;
        int row5 = row4 + cStride;
        int row6 = row5 + cStride;
        int row7 = row6 + cStride;
        DoubleVector left0 = DoubleVector.fromArray(SPECIES, c, cOffset);
        DoubleVector right0 = DoubleVector.fromArray(SPECIES, c, cOffset + LENGTH);
        DoubleVector left1 = DoubleVector.fromArray(SPECIES, c, row1);
        DoubleVector right1 = DoubleVector.fromArray(SPECIES, c, row1 + LENGTH);
        DoubleVector left2 = DoubleVector.fromArray(SPECIES, c, row2);
        DoubleVector right2 = DoubleVector.fromArray(SPECIES, c, row2 + LENGTH);
        DoubleVector left3 = DoubleVector.fromArray(SPECIES, c, row3);
        DoubleVector right3 = DoubleVector.fromArray(SPECIES, c, row3 + LENGTH);
        DoubleVector left4 = DoubleVector.fromArray(SPECIES, c, row4);
        DoubleVector right4 = DoubleVector.fromArray(SPECIES, c, row4 + LENGTH);
        DoubleVector left5 = DoubleVector.fromArray(SPECIES, c, row5);
        DoubleVector right5 = DoubleVector.fromArray(SPECIES, c, row5 + LENGTH);
        DoubleVector left6 = DoubleVector.fromArray(SPECIES, c, row6);
        DoubleVector right6 = DoubleVector.fromArray(SPECIES, c, row6 + LENGTH);
        DoubleVector left7 = DoubleVector.fromArray(SPECIES, c, row7);
        DoubleVector right7 = DoubleVector.fromArray(SPECIES, c, row7 + LENGTH);
        int p = 0;
        for (; p < k - 1; p += 2) {
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
            DoubleVector x4 = DoubleVector.broadcast(SPECIES, a[aAt + 4]);
            left4 = x4.fma(left, left4);
            right4 = x4.fma(right, right4);
            DoubleVector x5 = DoubleVector.broadcast(SPECIES, a[aAt + 5]);
            left5 = x5.fma(left, left5);
            right5 = x5.fma(right, right5);
            DoubleVector x6 = DoubleVector.broadcast(SPECIES, a[aAt + 6]);
            left6 = x6.fma(left, left6);
            right6 = x6.fma(right, right6);
            DoubleVector x7 = DoubleVector.broadcast(SPECIES, a[aAt + 7]);
            left7 = x7.fma(left, left7);
            right7 = x7.fma(right, right7);

            DoubleVector nextLeft = DoubleVector.fromArray(SPECIES, b, bAt + WIDTH);
            DoubleVector nextRight = DoubleVector.fromArray(SPECIES, b, bAt + WIDTH + LENGTH);
            DoubleVector y0 = DoubleVector.broadcast(SPECIES, a[aAt + 8]);
            left0 = y0.fma(nextLeft, left0);
            right0 = y0.fma(nextRight, right0);
            DoubleVector y1 = DoubleVector.broadcast(SPECIES, a[aAt + 9]);
            left1 = y1.fma(nextLeft, left1);
            right1 = y1.fma(nextRight, right1);
            DoubleVector y2 = DoubleVector.broadcast(SPECIES, a[aAt + 10]);
            left2 = y2.fma(nextLeft, left2);
            right2 = y2.fma(nextRight, right2);
            DoubleVector y3 = DoubleVector.broadcast(SPECIES, a[aAt + 11]);
            left3 = y3.fma(nextLeft, left3);
            right3 = y3.fma(nextRight, right3);
            DoubleVector y4 = DoubleVector.broadcast(SPECIES, a[aAt + 12]);
            left4 = y4.fma(nextLeft, left4);
            right4 = y4.fma(nextRight, right4);
            DoubleVector y5 = DoubleVector.broadcast(SPECIES, a[aAt + 13]);
            left5 = y5.fma(nextLeft, left5);
            right5 = y5.fma(nextRight, right5);
            DoubleVector y6 = DoubleVector.broadcast(SPECIES, a[aAt + 14]);
            left6 = y6.fma(nextLeft, left6);
            right6 = y6.fma(nextRight, right6);
            DoubleVector y7 = DoubleVector.broadcast(SPECIES, a[aAt + 15]);
            left7 = y7.fma(nextLeft, left7);
            right7 = y7.fma(nextRight, right7);
        }
        left0.intoArray(c, cOffset);
        right0.intoArray(c, cOffset + LENGTH);
        left1.intoArray(c, row1);
        right1.intoArray(c, row1 + LENGTH);
        left2.intoArray(c, row2);
        right2.intoArray(c, row2 + LENGTH);
        left3.intoArray(c, row3);
        right3.intoArray(c, row3 + LENGTH);
        left4.intoArray(c, row4);
        right4.intoArray(c, row4 + LENGTH);
        left5.intoArray(c, row5);
        right5.intoArray(c, row5 + LENGTH);
        left6.intoArray(c, row6);
        right6.intoArray(c, row6 + LENGTH);
        left7.intoArray(c, row7);
        right7.intoArray(c, row7 + LENGTH);
        if (p < k) {
            OneTerm.add(HEIGHT, a, aOffset + p * HEIGHT, b, bOffset + p * WIDTH, c, cOffset, cStride);
        }
    }
}
