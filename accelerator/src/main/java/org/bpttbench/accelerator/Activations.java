package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.bpttbench.core.kernel.Rational;

/**
 * {@link Rational} a vector at a time: the same operations in the same order, hence the same bits.
 *
 * <p>The limits on argument and result, which cost as much as all the rest, are left out where they cannot matter. Up to
 * |x| = 16 the argument is below its limit, and tanh x is more than a hundred ulp below 1, so that no rounding carries the
 * result above it. A vector with anything farther out is left to {@code Rational}.
 */
final class Activations {
    /** z = x²/256 of |x| = 16. */
    private static final double FAR = 1.0;

    private Activations() {}

    /** x = tanh(x). */
    static void tanh(double[] x, int offset, int count) {
        int whole = SPECIES.loopBound(count);
        squash(x, offset, whole, 1.0, -0.0);
        for (int i = offset + whole; i < offset + count; i++) {
            x[i] = Rational.tanh(x[i]);
        }
    }

    /** x = 1/(1+exp(−x)) = ½ + ½·tanh(x/2). */
    static void sigmoid(double[] x, int offset, int count) {
        int whole = SPECIES.loopBound(count);
        squash(x, offset, whole, 0.5, 0.5);
        for (int i = offset + whole; i < offset + count; i++) {
            x[i] = Rational.sigmoid(x[i]);
        }
    }

    /**
     * x = scale·tanh(scale·x) + shift. A scale of 1 and a shift of −0, which added to −0 stays it, change no bit.
     *
     * @param count whole vectors
     */
    private static void squash(double[] x, int offset, int count, double scale, double shift) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, scale);
        DoubleVector middle = DoubleVector.broadcast(SPECIES, shift);
        for (int i = offset; i < offset + count; i += LENGTH) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, x, i).mul(factor);
            DoubleVector z = t.mul(t).mul(0x1p-8);
            if (z.compare(VectorOperators.GT, FAR).anyTrue()) {
                squashOneByOne(x, i, scale, shift);
                continue;
            }
            DoubleVector q = z.fma(DoubleVector.broadcast(SPECIES, 55.0), DoubleVector.broadcast(SPECIES, 25740.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 2837835.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 91891800.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 654729075.0));
            DoubleVector p = z.add(1485.0);
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 315315.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 18918900.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 310134825.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 654729075.0));
            DoubleVector n1 = t.mul(q);
            DoubleVector d1 = p.mul(16.0);
            DoubleVector n2 = n1.mul(2.0).mul(d1);
            DoubleVector d2 = d1.fma(d1, n1.mul(n1));
            DoubleVector n4 = n2.mul(2.0).mul(d2);
            DoubleVector d4 = d2.fma(d2, n2.mul(n2));
            DoubleVector n8 = n4.mul(2.0).mul(d4);
            DoubleVector d8 = d4.fma(d4, n4.mul(n4));
            DoubleVector n16 = n8.mul(2.0).mul(d8);
            DoubleVector d16 = d8.fma(d8, n8.mul(n8));
            n16.div(d16).fma(factor, middle).intoArray(x, i);
        }
    }

    private static void squashOneByOne(double[] x, int from, double scale, double shift) {
        for (int i = from; i < from + LENGTH; i++) {
            x[i] = Math.fma(scale, Rational.tanh(scale * x[i]), shift);
        }
    }
}
