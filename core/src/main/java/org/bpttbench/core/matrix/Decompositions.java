package org.bpttbench.core.matrix;

import java.util.Arrays;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;

/** Decompositions of real matrices, on row-major arrays. Holds no state. */
public final class Decompositions {
    /** Beside the largest eigenvalue, one this small times the size is the rounding error of a zero. */
    private static final double ROUNDING = 0x1p-52;

    /** Gram matrices that were summed in another order on each side of the diagonal differ by less. */
    private static final double ASYMMETRY = 1e-10;

    /** Eigenvalues of a Gram matrix that was made by subtraction are not more negative, beside the largest. */
    private static final double NEGATIVE = 1e-8;

    private Decompositions() {}

    /**
     * Replaces a matrix {@code [rows×cols]} by its orthogonal factor, the one whose R has a positive diagonal. If it is
     * wider than high, its transpose is decomposed.
     *
     * @param matrix overwritten
     */
    public static void orthogonalise(double[] matrix, int rows, int cols) {
        if (matrix.length == 0) {
            return;
        }
        boolean wide = cols > rows;
        DMatrixRMaj tall = DMatrixRMaj.wrap(rows, cols, matrix.clone());
        if (wide) {
            CommonOps_DDRM.transpose(tall);
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(tall.numRows, tall.numCols);
        require(qr.decompose(tall), "QR");
        DMatrixRMaj q = qr.getQ(null, true);
        DMatrixRMaj r = qr.getR(null, true);
        for (int j = 0; j < q.numCols; j++) {
            double sign = Math.copySign(1, r.get(j, j));
            for (int i = 0; i < q.numRows; i++) {
                matrix[wide ? j * cols + i : i * cols + j] = sign * q.get(i, j);
            }
        }
    }

    /** The largest magnitude of an eigenvalue of a matrix {@code [size×size]}, which is not modified. */
    public static double spectralRadius(double[] matrix, int size) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false);
        require(eigen.decompose(DMatrixRMaj.wrap(size, size, matrix.clone())), "eigenvalue");
        double largest = 0;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            Complex_F64 value = eigen.getEigenvalue(i);
            largest = Math.max(largest, value.getMagnitude2());
        }
        return Math.sqrt(largest);
    }

    /**
     * The eigenvalues of a symmetric matrix {@code [size×size]}, ascending; right to a few roundings of the largest.
     *
     * @param matrix not modified
     * @throws IllegalArgumentException if the array has another length, an entry is not finite or the matrix is not
     *     symmetric to rounding error
     */
    public static double[] symmetricEigenvalues(double[] matrix, int size) {
        double scale = requireSymmetric(matrix, size);
        double[] values = new double[size];
        if (scale > 0) {
            Spectrum spectrum = symmetric(matrix, size, scale, false);
            for (int i = 0; i < size; i++) {
                values[i] = spectrum.value(i) * scale;
            }
            Arrays.sort(values);
        }
        return values;
    }

    /**
     * The largest eigenvalue of a symmetric matrix {@code [size×size]} without negative ones; right to a few roundings. Many times
     * faster than all of them.
     *
     * @param gram not modified
     * @throws IllegalArgumentException as by {@link #symmetricEigenvalues}
     */
    public static double largestEigenvalue(double[] gram, int size) {
        double scale = requireSymmetric(gram, size);
        return scale > 0 ? scale * Lanczos.largest(scaled(gram, size, scale).data, size) : 0;
    }

    /**
     * A matrix L {@code [size×size]} with L·Lᵀ = gram, for a positive semidefinite matrix of any rank: column j is
     * √λ_j times the j-th eigenvector. Eigenvalues that are rounding errors of zero, negative ones among them, give
     * columns of zeros.
     *
     * @param gram {@code [size×size]}, not modified
     * @throws IllegalArgumentException if the array has another length, an entry is not finite, the matrix is not
     *     symmetric to rounding error, or an eigenvalue is too negative to be a rounding error
     */
    public static double[] factor(double[] gram, int size) {
        double scale = requireSymmetric(gram, size);
        double[] factor = new double[gram.length];
        if (scale > 0) {
            fill(factor, symmetric(gram, size, scale, true), size, scale);
        }
        return factor;
    }

    private static void fill(double[] factor, Spectrum spectrum, int size, double scale) {
        double largest = 0;
        for (int j = 0; j < size; j++) {
            largest = Math.max(largest, Math.abs(spectrum.value(j)));
        }
        for (int j = 0; j < size; j++) {
            double value = spectrum.value(j);
            if (value < -NEGATIVE * largest) {
                throw new IllegalArgumentException(
                        "not positive semidefinite: eigenvalue " + value * scale + " beside " + largest * scale);
            }
            if (value > size * ROUNDING * largest) {
                double root = Math.sqrt(value) * Math.sqrt(scale);
                DMatrixRMaj vector = spectrum.eigen.getEigenVector(j);
                for (int i = 0; i < size; i++) {
                    factor[i * size + j] = root * vector.get(i);
                }
            }
        }
    }

    /** Eigenvalues, each of them moved by {@code shift}, and their vectors. */
    private record Spectrum(EigenDecomposition_F64<DMatrixRMaj> eigen, double shift) {
        double value(int i) {
            return eigen.getEigenvalue(i).getReal() - shift;
        }
    }

    /**
     * Of the matrix over {@code scale}: squares of very small or very large entries would leave the range of doubles.
     *
     * <p>Whether an entry beside the diagonal counts as zero, the QR algorithm asks of those on it. Where many
     * eigenvalues are zero, as with vectors that are repeated, all of these are rounding errors, and it may not converge.
     * Away from zero it does: the identity times ‖A‖, which no eigenvalue exceeds, is added, for a rounding of the largest.
     */
    private static Spectrum symmetric(double[] matrix, int size, double scale, boolean vectors) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, vectors, true);
        if (eigen.decompose(scaled(matrix, size, scale))) {
            return new Spectrum(eigen, 0);
        }
        DMatrixRMaj moved = scaled(matrix, size, scale);
        double shift = NormOps_DDRM.normF(moved);
        for (int i = 0; i < size; i++) {
            moved.add(i, i, shift);
        }
        require(eigen.decompose(moved), "symmetric eigenvalue");
        return new Spectrum(eigen, shift);
    }

    private static DMatrixRMaj scaled(double[] matrix, int size, double scale) {
        DMatrixRMaj scaled = new DMatrixRMaj(size, size);
        for (int i = 0; i < matrix.length; i++) {
            scaled.data[i] = matrix[i] / scale;
        }
        return scaled;
    }

    /** The largest magnitude of an entry. */
    private static double requireSymmetric(double[] matrix, int size) {
        if (matrix.length != size * size) {
            throw new IllegalArgumentException(
                    "a matrix [" + size + "×" + size + "] has not " + matrix.length + " entries");
        }
        double largest = 0;
        for (double entry : matrix) {
            if (!Double.isFinite(entry)) {
                throw new IllegalArgumentException("an entry is " + entry);
            }
            largest = Math.max(largest, Math.abs(entry));
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(matrix[i * size + j] - matrix[j * size + i])
                        > Math.max(Double.MIN_NORMAL, ASYMMETRY * largest)) {
                    throw new IllegalArgumentException("not symmetric: entry (" + i + ", " + j + ") is "
                            + matrix[i * size + j] + ", entry (" + j + ", " + i + ") is " + matrix[j * size + i]);
                }
            }
        }
        return largest;
    }

    private static void require(boolean succeeded, String decomposition) {
        if (!succeeded) {
            throw new IllegalStateException("the " + decomposition + " decomposition did not converge");
        }
    }
}
