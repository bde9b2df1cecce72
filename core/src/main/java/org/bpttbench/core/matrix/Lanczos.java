package org.bpttbench.core.matrix;

import java.util.Arrays;

/**
 * The largest eigenvalue of a positive semidefinite matrix A by Lanczos' method: an orthonormal basis of v, Av, A²v, ..., in
 * which A is tridiagonal. The largest eigenvalue of the leading part of that only grows with the basis, soon reaches that of A to
 * the last digit, and does not move afterwards. Each new vector is made orthogonal to all before, twice: without that, rounding
 * errors bring converged eigenvalues back. See Golub &amp; Van Loan, chapter 10.
 */
final class Lanczos {
    /** Steps between two looks at the eigenvalue. */
    private static final int STRIDE = 6;

    private static final double ROUNDING = 0x1p-52;

    /** Looks in a row at which it must not have moved. */
    private static final int AT_REST = 2;

    private final double[] matrix;
    private final int size;
    private final double[][] basis;
    private final double[] diagonal;
    private final double[] beside;

    private Lanczos(double[] matrix, int size) {
        this.matrix = matrix;
        this.size = size;
        basis = new double[size][];
        diagonal = new double[size];
        beside = new double[size];
    }

    /** @param matrix {@code [size×size]}, symmetric, not zero, not modified */
    static double largest(double[] matrix, int size) {
        return new Lanczos(matrix, size).run();
    }

    private double run() {
        double[] next = start();
        double largest = 0;
        int rested = 0;
        for (int k = 0; k < size; k++) {
            basis[k] = next;
            next = step(k);
            boolean complete = beside[k] <= ROUNDING * largest(1) || k == size - 1;
            if (complete || (k + 1) % STRIDE == 0) {
                double now = largest(k + 1);
                rested = now - largest <= 2 * ROUNDING * now ? rested + 1 : 0;
                largest = now;
                if (complete || rested == AT_REST) {
                    return largest;
                }
            }
        }
        return largest;
    }

    /** Any direction that no eigenvector of a matrix in practice is orthogonal to: of entries without a pattern. */
    private double[] start() {
        double[] vector = new double[size];
        double golden = (Math.sqrt(5) - 1) / 2;
        for (int i = 0; i < size; i++) {
            double turn = (i + 1) * golden;
            vector[i] = 0.25 + turn * turn - Math.floor(turn * turn);
        }
        scale(vector, 1 / Math.sqrt(dot(vector, 0, vector)));
        return vector;
    }

    /** The next direction, orthogonal to the basis; A in the basis up to here. */
    private double[] step(int k) {
        double[] next = new double[size];
        for (int i = 0; i < size; i++) {
            next[i] = dot(matrix, i * size, basis[k]);
        }
        diagonal[k] = dot(next, 0, basis[k]);
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j <= k; j++) {
                double share = dot(next, 0, basis[j]);
                for (int i = 0; i < size; i++) {
                    next[i] = Math.fma(-share, basis[j][i], next[i]);
                }
            }
        }
        beside[k] = Math.sqrt(dot(next, 0, next));
        if (beside[k] > 0) {
            scale(next, 1 / beside[k]);
        }
        return next;
    }

    /** Of the leading part, by bisection on the number of eigenvalues above. */
    private double largest(int count) {
        double low = 0;
        double high = 0;
        for (int i = 0; i < count; i++) {
            low = Math.max(low, diagonal[i]);
            double before = i > 0 ? beside[i - 1] : 0;
            double after = i + 1 < count ? beside[i] : 0;
            high = Math.max(high, diagonal[i] + before + after);
        }
        while (true) {
            double middle = low + (high - low) / 2;
            if (!(middle > low && middle < high)) {
                return high;
            }
            if (isAbove(middle, count)) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** Whether an eigenvalue is: a pivot of the factorisation of x − T is then negative. */
    private boolean isAbove(double x, int count) {
        double pivot = x - diagonal[0];
        for (int i = 1; i < count && pivot > 0; i++) {
            pivot = x - diagonal[i] - beside[i - 1] / pivot * beside[i - 1];
        }
        return !(pivot > 0);
    }

    private static void scale(double[] vector, double factor) {
        Arrays.setAll(vector, i -> vector[i] * factor);
    }

    /** In four chains: a single one waits for each addition. */
    private static double dot(double[] a, int offset, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < b.length; i += 4) {
            s0 = Math.fma(a[offset + i], b[i], s0);
            s1 = Math.fma(a[offset + i + 1], b[i + 1], s1);
            s2 = Math.fma(a[offset + i + 2], b[i + 2], s2);
            s3 = Math.fma(a[offset + i + 3], b[i + 3], s3);
        }
        for (; i < b.length; i++) {
            s0 = Math.fma(a[offset + i], b[i], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
