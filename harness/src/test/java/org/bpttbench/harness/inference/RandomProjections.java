package org.bpttbench.harness.inference;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bpttbench.core.matrix.Decompositions;

/**
 * Random projections of M vectors of which only the inner products are known.
 *
 * <p>Let D {@code [M×P]} have the vectors as rows and R {@code [P×k]} independent N(0, 1) entries. Any L {@code [M×M]}
 * with L·Lᵀ = D·Dᵀ is D·Qᵀ turned: D = L·Q, where the rows of Q {@code [M×P]} that meet columns of L other than zero are
 * orthonormal. The entries of Q·R in those rows are then independent N(0, 1) again, a Gaussian law being the same in
 * every orthonormal basis. So L·Ω with Gaussian Ω {@code [M×k]} has exactly the law of D·R = L·(Q·R), for any P, and R is
 * never needed.
 */
public final class RandomProjections {
    private RandomProjections() {}

    /**
     * @param batches M, at least 2
     * @param triangle {@code [M·(M+1)/2]} of inner products ⟨d_i, d_j⟩, i ≤ j, row by row, not centred; not modified
     * @param projections k
     * @return {@code [M×k]}: the projections of each vector
     * @throws IllegalArgumentException if the triangle has another length, an entry is not finite, or it cannot hold
     *     inner products because it has a negative eigenvalue
     */
    public static double[] of(int batches, double[] triangle, int projections, UniformRandomProvider random) {
        double[] factor = Decompositions.factor(Gram.square(batches, triangle), batches);
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] rows = new double[batches * projections];
        for (int j = 0; j < batches; j++) {
            for (int p = 0; p < projections; p++) {
                double omega = normal.sample();
                for (int i = 0; i < batches; i++) {
                    rows[i * projections + p] += factor[i * batches + j] * omega;
                }
            }
        }
        return rows;
    }
}
