package org.bpttbench.core.kernel;

/** A weight matrix in the layout that a backend's products like best; filled once per parameter update. */
public interface PackedMatrix {
    int rows();

    int cols();

    /**
     * Overwrites this matrix with the {@code [rows×cols]} matrix that starts at {@code source[offset]}.
     *
     * @param source not modified
     */
    void load(double[] source, int offset, int stride);

    /**
     * Overwrites this matrix with the transpose of the {@code [cols×rows]} matrix that starts at
     * {@code source[offset]}.
     *
     * @param source not modified
     */
    void loadTransposed(double[] source, int offset, int stride);
}
