package org.bpttbench.experiments.train;

/**
 * A bound on the Euclidean norm of a gradient: one beyond it is scaled back to it, in its own direction.
 *
 * <p><b>Reference.</b> Pascanu, Mikolov &amp; Bengio 2013, algorithm 1.
 *
 * @param threshold the largest norm that passes, above 0; infinite to clip nothing
 */
public record Clip(double threshold) {
    /** A power of two, so that scaling is exact. */
    private static final double SCALE = 0x1p-600;

    public static final Clip NONE = new Clip(Double.POSITIVE_INFINITY);

    /** @throws IllegalArgumentException if the threshold is not above 0 */
    public Clip {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("a clip threshold must be above 0, not " + threshold);
        }
    }

    /** @param threshold the largest norm that passes, above 0 */
    public static Clip byNorm(double threshold) {
        return new Clip(threshold);
    }

    /**
     * Scales a gradient whose norm is beyond the threshold; one that is not finite is left as it is, for the run to be
     * seen to diverge.
     *
     * @param gradient overwritten
     * @return the norm before
     */
    public double apply(double[] gradient) {
        double norm = norm(gradient);
        if (norm > threshold && norm < Double.POSITIVE_INFINITY) {
            double scale = threshold / norm;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= scale;
            }
        }
        return norm;
    }

    private static double norm(double[] gradient) {
        double squares = 0;
        for (double g : gradient) {
            squares += g * g;
        }
        return squares < Double.POSITIVE_INFINITY ? Math.sqrt(squares) : scaledNorm(gradient);
    }

    /** Exploding gradients, the reason to clip, may be finite where their squares are not. */
    private static double scaledNorm(double[] gradient) {
        double squares = 0;
        for (double g : gradient) {
            double scaled = g * SCALE;
            squares += scaled * scaled;
        }
        return Math.sqrt(squares) / SCALE;
    }
}
