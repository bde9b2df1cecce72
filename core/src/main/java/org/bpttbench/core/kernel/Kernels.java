package org.bpttbench.core.kernel;

/**
 * The arithmetic of the gradient engine, behind one interface so that a faster backend can take its place with the same
 * bits.
 *
 * <p><b>Order is contract.</b> Every element of a product is one chain of fused multiply-adds that starts from the value
 * found in C and takes the terms in the stated order. No partial sums. Hence a row's result does not depend on how many
 * rows share the product, any blocking over terms gives the same bits, and so do all backends.
 *
 * <p>Matrices are row-major; {@code stride} is the distance between the starts of two rows. Offsets and strides count
 * doubles. Nothing is allocated except by {@link #matrix}. Implementations hold no state that a call changes and can be
 * shared by threads, except that a {@link PackedMatrix} belongs to one thread.
 */
public interface Kernels {
    /** The backend's name as {@code --backend} takes it. */
    String name();

    /** A matrix {@code [rows×cols]} in this backend's own layout, all zero; only this backend's products take it. */
    PackedMatrix matrix(int rows, int cols);

    /**
     * C += A·B with C {@code [m×n]}, A {@code [m×k]}, B {@code [k×n]}: terms in ascending k.
     *
     * @param m rows of A and C
     * @param a not modified
     * @param b not modified
     * @param c added to
     */
    void addProduct(int m, double[] a, int aOffset, int aStride, PackedMatrix b, double[] c, int cOffset, int cStride);

    /**
     * C += Σ over steps and lanes of the outer product of a row of A and a row of D, C {@code [k×n]}: terms in
     * descending step, then ascending lane. The row of step s and lane b starts at {@code offset + s·stepStride +
     * b·stride}.
     *
     * @param a rows of k, not modified
     * @param d rows of n, not modified
     * @param c added to
     */
    void addOuterProducts(
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
            int cStride);

    /**
     * C += Σ over steps and lanes of a row of D, C {@code [n]}: {@link #addOuterProducts} with ones for A.
     *
     * @param d rows of n, not modified
     * @param c added to
     */
    void addRows(
            int steps,
            int lanes,
            double[] d,
            int dOffset,
            int dStride,
            int dStepStride,
            int n,
            double[] c,
            int cOffset);

    /** y = tanh(x), elementwise on {@code count} consecutive elements; x and y may be the same place. */
    void tanh(double[] x, int xOffset, double[] y, int yOffset, int count);

    /** y = 1/(1+exp(−x)), elementwise on {@code count} consecutive elements; x and y may be the same place. */
    void sigmoid(double[] x, int xOffset, double[] y, int yOffset, int count);

    /** The elementwise part of an LSTM. */
    LstmGates lstmGates();
}
