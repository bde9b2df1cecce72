package org.bpttbench.core.kernel;

/**
 * The innermost loops of the plain products: terms are added to the chains of a whole row at a time.
 *
 * <p>The form is what the compiler of JDK 17 turns into vector instructions. Every array is read from index 0, because
 * an offset into an array, and a body of more than six terms or with a second array stored to, make it give up. Rows
 * shorter than {@link #SHORTEST} go elsewhere: the compiler unrolls by the trip counts that it has seen.
 */
final class RowChains {
    /** Terms that one pass adds. */
    static final int TERMS = 4;

    /** The shortest row that these loops are meant for. */
    static final int SHORTEST = 16;

    private RowChains() {}

    /** c[j] += a0·b0[j], then a1·b1[j], a2·b2[j], a3·b3[j], for j below n. */
    static void addFour(
            double a0,
            double a1,
            double a2,
            double a3,
            double[] b0,
            double[] b1,
            double[] b2,
            double[] b3,
            double[] c,
            int n) {
        for (int j = 0; j < n; j++) {
            double x = Math.fma(a0, b0[j], c[j]);
            x = Math.fma(a1, b1[j], x);
            x = Math.fma(a2, b2[j], x);
            c[j] = Math.fma(a3, b3[j], x);
        }
    }

    /** c[j] += a·b[j] for j below n. */
    static void addOne(double a, double[] b, double[] c, int n) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(a, b[j], c[j]);
        }
    }
}
