package org.bpttbench.harness.inference;

/**
 * The value of φ(s) = Π (1 − 2λ_j s)^(−1/2) at a point with Im s ≥ 0, as a complex number times 2^(−exponent/2): the
 * branch that is continuous from φ(0) = 1. Immutable.
 *
 * <p>The factors are multiplied as they are and one root is taken in the end, which forgets how often the product went
 * round 0. Factors of positive weights all turn clockwise, each by less than half a turn: their product has passed the
 * negative real axis whenever its imaginary part goes from negative to not negative, and that is counted. Factors of
 * negative weights are the conjugates of such factors, at the conjugate point.
 */
final class MomentGenerating {
    /** Of a product, after four factors at most: no factor of interest takes it out of the range of doubles from here. */
    private static final double LARGE = 0x1p300;

    private static final double SMALL = 0x1p-300;

    final double re;
    final double im;
    final int exponent;

    /**
     * @param weights ascending, not modified
     * @param negative how many of them are below 0
     */
    MomentGenerating(double[] weights, int negative, double sRe, double sIm) {
        Root falling = new Root(weights, 0, negative, sRe, -sIm);
        Root rising = new Root(weights, negative, weights.length, sRe, sIm);
        // 1/(a·b̄) = ā·b/|a·b|²
        double norm =
                (rising.re * rising.re + rising.im * rising.im) * (falling.re * falling.re + falling.im * falling.im);
        re = (rising.re * falling.re + rising.im * falling.im) / norm;
        im = (rising.re * falling.im - rising.im * falling.re) / norm;
        exponent = rising.exponent + falling.exponent;
    }

    /** √Π (1 − 2λ_j s) = (re + i·im)·2^(exponent/2), for factors in the lower half-plane. */
    private static final class Root {
        private final double re;
        private final double im;
        private final int exponent;

        Root(double[] weights, int from, int to, double sRe, double sIm) {
            double pRe = 1;
            double pIm = 0;
            int turns = 0;
            int shifts = 0;
            for (int j = from; j < to; j++) {
                double twice = 2 * weights[j];
                double fRe = 1 - twice * sRe;
                double fIm = -twice * sIm;
                double nextRe = pRe * fRe - pIm * fIm;
                double nextIm = pRe * fIm + pIm * fRe;
                turns += pIm < 0 && nextIm >= 0 ? 1 : 0;
                pRe = nextRe;
                pIm = nextIm;
                if ((j & 3) == 3) {
                    double size = Math.max(Math.abs(pRe), Math.abs(pIm));
                    if (size > LARGE || size < SMALL) {
                        int shift = Math.getExponent(size);
                        pRe = Math.scalb(pRe, -shift);
                        pIm = Math.scalb(pIm, -shift);
                        shifts += shift;
                    }
                }
            }
            // A size of 2^±600 has no square among the doubles.
            int shift = Math.getExponent(Math.max(Math.abs(pRe), Math.abs(pIm)));
            pRe = Math.scalb(pRe, -shift);
            pIm = Math.scalb(pIm, -shift);
            double size = Math.sqrt(pRe * pRe + pIm * pIm);
            double sign = (turns & 1) == 0 ? 1 : -1;
            re = sign * Math.sqrt(Math.max(0, size + pRe) / 2);
            im = sign * Math.copySign(Math.sqrt(Math.max(0, size - pRe) / 2), pIm);
            exponent = shifts + shift;
        }
    }
}
