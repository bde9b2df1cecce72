package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;
import static org.bpttbench.accelerator.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/**
 * The product of eight rows and a panel, with the 16 vectors of C in registers all along.
 *
 * <p>Written out, loads and stores included: a method that takes or returns vectors costs most of the speed as soon as
 * the compiler does not inline it. One term a round: each fma that is inlined here counts the type checks that ever failed
 * in the JDK's code for it, four at most, and from a hundred on (PerMethodTrapLimit) the compiler no longer trusts the types
 * of vectors and boxes them, for ten times the time. Two terms a round, 32 of them, had that happen in one process of eight.
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
    }
}
