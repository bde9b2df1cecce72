package org.bpttbench.core.kernel;

/** A matrix of the plain backend; its layout brings the product that suits it. */
interface PlainMatrix extends PackedMatrix {
    /** @see Kernels#addProduct */
    void addProduct(int m, double[] a, int aOffset, int aStride, double[] c, int cOffset, int cStride);
}
