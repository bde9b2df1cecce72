package org.bpttbench.core.kernel;

/**
 * The hyperbolic tangent and the logistic function from additions, products and one division, so that loops over them
 * vectorise and every JVM gives the same bits; {@code Math.tanh} and {@code Math.exp} do neither.
 *
 * <p><b>Idea.</b> With y = x/16, ten terms of Lambert's continued fraction tanh y = y/(1 + y²/(3 + y²/(5 + …))) give
 * tanh y = N/D; four doublings tanh 2y = 2·tanh y/(1 + tanh² y), that is N' = 2ND and D' = D² + N², lead back to x.
 *
 * <p>NaN propagates. tanh is odd to the bit, at most 8 ulp from the true value and never above 1 in magnitude; sigmoid
 * is within 4e-16 of the true value, absolutely, and within [0, 1].
 */
public final class Rational {
    /** From 19.07 on the double nearest to tanh is 1. */
    private static final double SATURATED = 20;

    private Rational() {}

    /** tanh(x); ±1 at ±∞. */
    public static double tanh(double x) {
        double t = Math.max(-SATURATED, Math.min(SATURATED, x));
        double z = t * t * 0x1p-8;

        // The factor 1/16 of y sits in D, so that tiny arguments do not underflow.
        double q = Math.fma(z, 55, 25740);
        q = Math.fma(z, q, 2837835);
        q = Math.fma(z, q, 91891800);
        q = Math.fma(z, q, 654729075);
        double p = z + 1485;
        p = Math.fma(z, p, 315315);
        p = Math.fma(z, p, 18918900);
        p = Math.fma(z, p, 310134825);
        p = Math.fma(z, p, 654729075);

        double n1 = t * q;
        double d1 = 16 * p;
        double n2 = 2 * n1 * d1;
        double d2 = Math.fma(d1, d1, n1 * n1);
        double n4 = 2 * n2 * d2;
        double d4 = Math.fma(d2, d2, n2 * n2);
        double n8 = 2 * n4 * d4;
        double d8 = Math.fma(d4, d4, n4 * n4);
        double n16 = 2 * n8 * d8;
        double d16 = Math.fma(d8, d8, n8 * n8);
        return Math.max(-1, Math.min(1, n16 / d16)); // rounding may carry the quotient one ulp above 1
    }

    /** 1/(1+exp(−x)) as ½ + ½·tanh(x/2). */
    public static double sigmoid(double x) {
        return Math.fma(0.5, tanh(0.5 * x), 0.5);
    }
}
