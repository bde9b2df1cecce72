package org.bpttbench.core.init;

import java.util.Optional;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;

/** The matrix decompositions that initial weights need, on row-major arrays. */
final class Decompositions {
    private Decompositions() {}

    /**
     * Replaces a matrix {@code [rows×cols]} by its orthogonal factor, the one whose R has a positive diagonal. If it is
     * wider than high, its transpose is decomposed.
     *
     * @param matrix overwritten
     */
    static void orthogonalise(double[] matrix, int rows, int cols) {
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
    static double spectralRadius(double[] matrix, int size) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false);
        require(eigen.decompose(DMatrixRMaj.wrap(size, size, matrix.clone())), "eigenvalue");
        double largest = 0;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            Complex_F64 value = eigen.getEigenvalue(i);
            largest = Math.max(largest, value.getMagnitude2());
        }
        return Math.sqrt(largest);
    }

    /** The refusal of a law that only square matrices have. */
    static Optional<String> unlessSquare(String law, int rows, int cols) {
        return rows == cols
                ? Optional.empty()
                : Optional.of(law + " needs a square matrix, not [" + rows + "×" + cols + "]");
    }

    private static void require(boolean succeeded, String decomposition) {
        if (!succeeded) {
            throw new IllegalStateException("the " + decomposition + " decomposition did not converge");
        }
    }
}
