package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.HEIGHT;
import static org.bpttbench.accelerator.Lanes.WIDTH;

/** A tile of C, {@code [HEIGHT×WIDTH]}; one that reaches beyond C is worked on in a copy. Belongs to one thread. */
final class Tile {
    private final double[] copy = new double[HEIGHT * WIDTH];

    /**
     * Adds a product to a tile of C.
     *
     * @param height rows of C in the tile
     * @param width columns of C in the tile
     * @param terms how many
     * @param a {@code [terms×HEIGHT]}
     * @param b {@code [terms×WIDTH]}
     */
    void add(
            int height,
            int width,
            int terms,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset,
            int cStride) {
        if (height == HEIGHT && width == WIDTH) {
            addWhole(terms, a, aOffset, b, bOffset, c, cOffset, cStride);
            return;
        }
        for (int i = 0; i < height; i++) {
            System.arraycopy(c, cOffset + i * cStride, copy, i * WIDTH, width);
        }
        addWhole(terms, a, aOffset, b, bOffset, copy, 0, WIDTH);
        for (int i = 0; i < height; i++) {
            System.arraycopy(copy, i * WIDTH, c, cOffset + i * cStride, width);
        }
    }

    private static void addWhole(
            int terms, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int cStride) {
        if (HEIGHT == EightRows.HEIGHT) {
            EightRows.add(terms, a, aOffset, b, bOffset, c, cOffset, cStride);
        } else {
            FourRows.add(terms, a, aOffset, b, bOffset, c, cOffset, cStride);
        }
    }
}
