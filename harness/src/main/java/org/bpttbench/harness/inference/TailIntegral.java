package org.bpttbench.harness.inference;

import org.bpttbench.harness.inference.WeightedChiSquares.Tail;

/**
 * Tail probabilities of Q = Σ λ_j ε_j² by integrals of its moment generating function φ(s) = Π (1 − 2λ_j s)^(−1/2). For
 * a path from −i∞ to i∞ that crosses the real axis at c &gt; 0, between the singularities of φ,
 *
 * <pre>
 * P(Q &gt; x) = 1/(2πi) ∫ φ(s)·exp(−sx)/s ds,      density = 1/(2πi) ∫ φ(s)·exp(−sx) ds,
 * </pre>
 *
 * <p>and with c &lt; 0 the first is −P(Q ≤ x). The integrand is analytic off the real axis, so the path may be bent. Ours
 * is one branch of a hyperbola through the saddlepoint, where K'(c) = x with K = log φ, that leaves the vertical by 30°
 * to the side on which exp(−sx) decays:
 *
 * <pre>
 * s(u) = c ± ρ·sin 30°·(cosh u − 1) + i·ρ·cos 30°·sinh u,      ρ·cos 30° = K''(c)^(−1/2)
 * </pre>
 *
 * <p>Along it the integrand falls exponentially or faster, and the trapezoidal rule in u converges exponentially in
 * 1/step (Weideman &amp; Trefethen 2007): the step is halved until two results agree. See Rice 1980 for the saddlepoint.
 */
final class TailIntegral {
    /** Closer to the end of its support (in units of the largest weight), Q has no probability worth a number. */
    static final double SMALLEST = 1e-40;

    private static final double SIN = 0.5;
    private static final double COS = Math.sqrt(0.75);

    /** The pole at s = 0 is kept this far from the path, in units of the saddlepoint's width where possible. */
    private static final double POLE_DISTANCE = 0.8;

    private static final double FIRST_STEP = 0.25;
    private static final int HALVINGS = 6;

    /** Halving the step squares the error, so the second result is right to far more digits than this. */
    private static final double AGREEMENT = 1e-8;

    /** Beside the largest seen, values of the integrand that no longer count. */
    private static final double CUTOFF = 1e-15;

    private static final double LONGEST = 80;
    private static final double LOG_2_HALF = StrictMath.log(2) / 2;

    private final double[] weights;
    private final int negative;

    /** Where φ is finite on the real axis. */
    private final double lowest;

    private final double highest;
    private final double width;

    /** @param weights ascending, none 0, none beyond ±1; kept, not to be modified */
    TailIntegral(double[] weights) {
        this.weights = weights;
        int below = 0;
        double squares = 0;
        for (double weight : weights) {
            below += weight < 0 ? 1 : 0;
            squares += weight * weight;
        }
        negative = below;
        width = 1 / Math.sqrt(2 * squares);
        lowest = below > 0 ? 0.5 / weights[0] : Double.NEGATIVE_INFINITY;
        highest = below < weights.length ? 0.5 / weights[weights.length - 1] : Double.POSITIVE_INFINITY;
    }

    /** @param x finite and inside the support */
    Tail at(double x) {
        double crossing = awayFromPole(saddlepoint(x));
        Path path = new Path(crossing, 1 / Math.sqrt(curvature(crossing)) / COS, x);
        path.integrate();
        boolean upper = crossing > 0;
        double probability = upper ? path.probability() : -path.probability();
        return new Tail(upper, Math.max(0, Math.min(1, probability)), Math.max(0, path.density()));
    }

    /** Roughly: the path need not go through it to the last digit. */
    private double saddlepoint(double x) {
        double low = lowest;
        double high = highest;
        double s = 0;
        for (int i = 0; i < 200; i++) {
            double slope = 0;
            double curvature = 0;
            for (double weight : weights) {
                double ratio = weight / (1 - 2 * weight * s);
                slope += ratio;
                curvature += 2 * ratio * ratio;
            }
            double step = (x - slope) / curvature;
            if (step > 0) {
                low = s;
            } else {
                high = s;
            }
            if (Math.abs(step) * Math.sqrt(curvature) < 0.05) {
                return s;
            }
            s += step;
            if (!(s > low && s < high)) {
                s = between(low, high);
            }
        }
        return s;
    }

    private static double between(double low, double high) {
        if (low == Double.NEGATIVE_INFINITY) {
            return 4 * Math.min(high, -1);
        }
        if (high == Double.POSITIVE_INFINITY) {
            return 4 * Math.max(low, 1);
        }
        return low + (high - low) / 2;
    }

    /** A path too close to the pole is moved off to the nearer side, at most halfway to the next singularity. */
    private double awayFromPole(double saddlepoint) {
        double distance = POLE_DISTANCE * width;
        double right = Math.min(distance, highest / 2);
        double left = Math.max(-distance, lowest / 2);
        if (saddlepoint >= right || saddlepoint <= left) {
            return saddlepoint;
        }
        return saddlepoint >= 0 ? right : left;
    }

    private double curvature(double s) {
        double curvature = 0;
        for (double weight : weights) {
            double ratio = weight / (1 - 2 * weight * s);
            curvature += 2 * ratio * ratio;
        }
        return curvature;
    }

    /** The trapezoidal sums along one path. By symmetry about the real axis, half of it is enough. */
    private final class Path {
        private final double crossing;
        private final double rho;
        private final double x;
        private final double side;
        private double length;
        private double step = FIRST_STEP;

        /** Sums over nodes, not yet times the step. */
        private double probabilitySum;

        private double densitySum;

        /** Of the node computed last. */
        private double integrand;

        Path(double crossing, double rho, double x) {
            this.crossing = crossing;
            this.rho = rho;
            this.x = x;
            side = x >= 0 ? SIN : -SIN;
        }

        double probability() {
            return probabilitySum * step / Math.PI;
        }

        double density() {
            return densitySum * step / Math.PI;
        }

        void integrate() {
            coarse();
            for (int i = 0; i < HALVINGS; i++) {
                double before = probability();
                for (double u = step / 2; u <= length; u += step) {
                    add(u, 1);
                }
                step /= 2;
                if (Math.abs(probability() - before) <= AGREEMENT * Math.abs(probability())) {
                    return;
                }
            }
        }

        /** Goes as far as the integrand counts. */
        private void coarse() {
            add(0, 0.5);
            double largest = integrand;
            int silent = 0;
            for (double u = step; u < LONGEST && silent < 3; u += step) {
                add(u, 1);
                largest = Math.max(largest, integrand);
                silent = integrand < CUTOFF * largest ? silent + 1 : 0;
                length = u;
            }
        }

        private void add(double u, double times) {
            double growing = StrictMath.exp(u);
            double cosh = (growing + 1 / growing) / 2;
            double sinh = (growing - 1 / growing) / 2;
            double re = crossing + rho * side * (cosh - 1);
            double im = rho * COS * sinh;
            MomentGenerating phi = new MomentGenerating(weights, negative, re, im);
            double size = StrictMath.exp(-re * x - phi.exponent * LOG_2_HALF);
            // φ·exp(−sx)·s'
            double angle = -im * x;
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            double turnRe = rho * side * sinh;
            double turnIm = rho * COS * cosh;
            double aRe = size * (phi.re * cos - phi.im * sin);
            double aIm = size * (phi.re * sin + phi.im * cos);
            double zRe = aRe * turnRe - aIm * turnIm;
            double zIm = aRe * turnIm + aIm * turnRe;
            double norm = re * re + im * im;
            densitySum += times * zIm;
            probabilitySum += times * (zIm * re - zRe * im) / norm;
            integrand = Math.sqrt((zRe * zRe + zIm * zIm) / norm);
        }
    }
}
