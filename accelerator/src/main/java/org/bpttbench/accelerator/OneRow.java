package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;
import static org.bpttbench.accelerator.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/**
 * The product of a single row and one, two or four neighbouring panels. A chain waits for its last addition, so several
 * panels at a time keep the units busy.
 *
 * <p>Written out for the reason that {@link EightRows} gives, and apart from it, so that what the compiler learns of many
 * short rows does not spoil the code for tiles.
 */
final class OneRow {
    /** Panels that {@link #addFour} takes. */
    static final int MOST = 4;

    private OneRow() {}

    /**
     * C += A·B with C {@code [1×WIDTH]}.
     *
     * @param k terms
     * @param b panels, term by term, {@code [k×WIDTH]} each
     */
    static void addOne(int k, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
        DoubleVector left0 = DoubleVector.fromArray(SPECIES, c, cOffset);
        DoubleVector right0 = DoubleVector.fromArray(SPECIES, c, cOffset + LENGTH);
        for (int p = 0; p < k; p++) {
            int at = p * WIDTH;
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aOffset + p]);
            left0 = x.fma(DoubleVector.fromArray(SPECIES, b, bOffset + at), left0);
            right0 = x.fma(DoubleVector.fromArray(SPECIES, b, bOffset + at + LENGTH), right0);
        }
        left0.intoArray(c, cOffset);
        right0.intoArray(c, cOffset + LENGTH);
    }

    /**
     * C += A·B with C {@code [1×2·WIDTH]}.
     *
     * @param k terms
     * @param b panels, term by term, {@code [k×WIDTH]} each
     * @param panelStride from the start of a panel to that of the next
     */
    static void addTwo(
            int k, double[] a, int aOffset, double[] b, int bOffset, int panelStride, double[] c, int cOffset) {
        int panel1 = bOffset + panelStride;
        DoubleVector left0 = DoubleVector.fromArray(SPECIES, c, cOffset);
        DoubleVector right0 = DoubleVector.fromArray(SPECIES, c, cOffset + LENGTH);
        DoubleVector left1 = DoubleVector.fromArray(SPECIES, c, cOffset + WIDTH);
        DoubleVector right1 = DoubleVector.fromArray(SPECIES, c, cOffset + WIDTH + LENGTH);
        for (int p = 0; p < k; p++) {
            int at = p * WIDTH;
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aOffset + p]);
            left0 = x.fma(DoubleVector.fromArray(SPECIES, b, bOffset + at), left0);
            right0 = x.fma(DoubleVector.fromArray(SPECIES, b, bOffset + at + LENGTH), right0);
            left1 = x.fma(DoubleVector.fromArray(SPECIES, b, panel1 + at), left1);
            right1 = x.fma(DoubleVector.fromArray(SPECIES, b, panel1 + at + LENGTH), right1);
        }
        left0.intoArray(c, cOffset);
        right0.intoArray(c, cOffset + LENGTH);
        left1.intoArray(c, cOffset + WIDTH);
        right1.intoArray(c, cOffset + WIDTH + LENGTH);
    }

    /**
     * C += A·B with C {@code [1×4·WIDTH]}.
     *
     * @param k terms
     * @param b panels, term by term, {@code [k×WIDTH]} each
     * @param panelStride from the start of a panel to that of the next
     */
    static void addFour(
            int k, double[] a, int aOffset, double[] b, int bOffset, int panelStride, double[] c, int cOffset) {
        int panel1 = bOffset + panelStride;
        int panel2 = panel1 + panelStride;
        int panel3 = panel2 + panelStride;
        DoubleVector left0 = DoubleVector.fromArray(SPECIES, c, cOffset);
        DoubleVector right0 = DoubleVector.fromArray(SPECIES, c, cOffset + LENGTH);
        DoubleVector left1 = DoubleVector.fromArray(SPECIES, c, cOffset + WIDTH);
        DoubleVector right1 = DoubleVector.fromArray(SPECIES, c, cOffset + WIDTH + LENGTH);
        DoubleVector left2 = DoubleVector.fromArray(SPECIES, c, cOffset + 2 * WIDTH);
        DoubleVector right2 = DoubleVector.fromArray(SPECIES, c, cOffset + 2 * WIDTH + LENGTH);
        DoubleVector left3 = DoubleVector.fromArray(SPECIES, c, cOffset + 3 * WIDTH);
        DoubleVector right3 = DoubleVector.fromArray(SPECIES, c, cOffset + 3 * WIDTH + LENGTH);
        for (int p = 0; p < k; p++) {
            int at = p * WIDTH;
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aOffset + p]);
            left0 = x.fma(DoubleVector.fromArray(SPECIES, b, bOffset + at), left0);
            right0 = x.fma(DoubleVector.fromArray(SPECIES, b, bOffset + at + LENGTH), right0);
            left1 = x.fma(DoubleVector.fromArray(SPECIES, b, panel1 + at), left1);
            right1 = x.fma(DoubleVector.fromArray(SPECIES, b, panel1 + at + LENGTH), right1);
            left2 = x.fma(DoubleVector.fromArray(SPECIES, b, panel2 + at), left2);
            right2 = x.fma(DoubleVector.fromArray(SPECIES, b, panel2 + at + LENGTH), right2);
            left3 = x.fma(DoubleVector.fromArray(SPECIES, b, panel3 + at), left3);
            right3 = x.fma(DoubleVector.fromArray(SPECIES, b, panel3 + at + LENGTH), right3);
        }
        left0.intoArray(c, cOffset);
        right0.intoArray(c, cOffset + LENGTH);
        left1.intoArray(c, cOffset + WIDTH);
        right1.intoArray(c, cOffset + WIDTH + LENGTH);
        left2.intoArray(c, cOffset + 2 * WIDTH);
        right2.intoArray(c, cOffset + 2 * WIDTH + LENGTH);
        left3.intoArray(c, cOffset + 3 * WIDTH);
        right3.intoArray(c, cOffset + 3 * WIDTH + LENGTH);
    }
}
