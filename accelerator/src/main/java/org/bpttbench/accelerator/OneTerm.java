package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;

import jdk.incubator.vector.DoubleVector;

/**
 * The last term of a tile whose terms are odd in number. Apart from the tiles, though C goes through registers once more:
 * with it {@link EightRows} comes so near to the size at which the compiler stops inlining that it went over in one process
 * of ten, and took ten times as long there.
 */
final class OneTerm {
    private OneTerm() {}

    /**
     * C += aᵀb with C {@code [height×WIDTH]}, two vectors wide.
     *
     * @param a {@code [height]}
     * @param b {@code [WIDTH]}
     */
    static void add(
            int height, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int cStride) {
        DoubleVector left = DoubleVector.fromArray(SPECIES, b, bOffset);
        DoubleVector right = DoubleVector.fromArray(SPECIES, b, bOffset + LENGTH);
        for (int i = 0; i < height; i++) {
            int row = cOffset + i * cStride;
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aOffset + i]);
            x.fma(left, DoubleVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            x.fma(right, DoubleVector.fromArray(SPECIES, c, row + LENGTH)).intoArray(c, row + LENGTH);
        }
    }
}
