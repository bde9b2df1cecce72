package org.bpttbench.experiments.train;

import org.bpttbench.experiments.spec.TrainSpec;

/**
 * A bound on a gradient, on its Euclidean norm or on each of its entries. One whose norm is beyond is scaled back in its own
 * direction; entries beyond are set to the bound, which turns the gradient.
 *
 * <p><b>Reference.</b> By norm: Pascanu, Mikolov &amp; Bengio 2013, algorithm 1. By value: Mikolov 2012, section 3.2.2.
 *
 * @param norm the largest norm that passes, above 0; infinite to leave norms alone
 * @param value the largest magnitude of an entry that passes, above 0; infinite to leave entries alone
 */
public record Clip(double norm, double value) {
    /** A power of two, so that scaling is exact. */
    private static final double SCALE = 0x1p-600;

    private static final double ANY = Double.POSITIVE_INFINITY;

    public static final Clip NONE = new Clip(ANY, ANY);

    /** @throws IllegalArgumentException if a threshold is not above 0 */
    public Clip {
        if (!(norm > 0) || !(value > 0)) {
            throw new IllegalArgumentException("a clip threshold must be above 0, not " + (norm > 0 ? value : norm));
        }
    }

    /** What a setting trains with; {@link #NONE} if it does not clip. */
    public static Clip of(TrainSpec spec) {
        return new Clip(spec.clipNorm().orElse(ANY), spec.clipValue().orElse(ANY));
    }

    /** @param threshold the largest norm that passes, above 0 */
    public static Clip byNorm(double threshold) {
        return new Clip(threshold, ANY);
    }

    /** @param threshold the largest magnitude of an entry that passes, above 0 */
    public static Clip byValue(double threshold) {
        return new Clip(ANY, threshold);
    }

    /**
     * Clips a gradient; one that is not finite is left as it is, for the run to be seen to diverge.
     *
     * @param gradient overwritten
     * @return the norm before
     */
    public double apply(double[] gradient) {
        double before = norm(gradient);
        if (before < Double.POSITIVE_INFINITY) {
            if (value < ANY) {
                bound(gradient);
            }
            if (before > norm) {
                scale(gradient, norm / before);
            }
        }
        return before;
    }

    private void bound(double[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = Math.max(-value, Math.min(value, gradient[i]));
        }
    }

    private static void scale(double[] gradient, double by) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= by;
        }
    }

    /** The Euclidean norm; not finite where the gradient is not. */
    static double norm(double[] gradient) {
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
