package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.bpttbench.core.kernel.Rational;

/**
 * {@link Rational} a vector at a time: the same operations in the same order, hence the same bits. Written out twice,
 * because a method that takes and returns vectors is slow as soon as the compiler does not inline it.
 */
final class Activations {
    private static final double SATURATED = 20;

    private Activations() {}

    /** x = tanh(x). */
    static void tanh(double[] x, int offset, int count) {
        int end = offset + count;
        int i = offset;
        for (; i <= end - LENGTH; i += LENGTH) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, x, i);
            t = t.lanewise(VectorOperators.MIN, SATURATED).lanewise(VectorOperators.MAX, -SATURATED);
            DoubleVector z = t.mul(t).mul(0x1p-8);
            DoubleVector q = z.fma(DoubleVector.broadcast(SPECIES, 55.0), DoubleVector.broadcast(SPECIES, 25740.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 2837835.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 91891800.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 654729075.0));
            DoubleVector p = z.add(DoubleVector.broadcast(SPECIES, 1485.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 315315.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 18918900.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 310134825.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 654729075.0));
            DoubleVector n1 = t.mul(q);
            DoubleVector d1 = p.mul(16);
            DoubleVector n2 = n1.mul(2).mul(d1);
            DoubleVector d2 = d1.fma(d1, n1.mul(n1));
            DoubleVector n4 = n2.mul(2).mul(d2);
            DoubleVector d4 = d2.fma(d2, n2.mul(n2));
            DoubleVector n8 = n4.mul(2).mul(d4);
            DoubleVector d8 = d4.fma(d4, n4.mul(n4));
            DoubleVector n16 = n8.mul(2).mul(d8);
            DoubleVector d16 = d8.fma(d8, n8.mul(n8));
            DoubleVector ratio = n16.div(d16).lanewise(VectorOperators.MIN, 1.0).lanewise(VectorOperators.MAX, -1.0);
            ratio.intoArray(x, i);
        }
        for (; i < end; i++) {
            x[i] = Rational.tanh(x[i]);
        }
    }

    /** x = 1/(1+exp(−x)). */
    static void sigmoid(double[] x, int offset, int count) {
        int end = offset + count;
        int i = offset;
        for (; i <= end - LENGTH; i += LENGTH) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, x, i).mul(0.5);
            t = t.lanewise(VectorOperators.MIN, SATURATED).lanewise(VectorOperators.MAX, -SATURATED);
            DoubleVector z = t.mul(t).mul(0x1p-8);
            DoubleVector q = z.fma(DoubleVector.broadcast(SPECIES, 55.0), DoubleVector.broadcast(SPECIES, 25740.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 2837835.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 91891800.0));
            q = z.fma(q, DoubleVector.broadcast(SPECIES, 654729075.0));
            DoubleVector p = z.add(DoubleVector.broadcast(SPECIES, 1485.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 315315.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 18918900.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 310134825.0));
            p = z.fma(p, DoubleVector.broadcast(SPECIES, 654729075.0));
            DoubleVector n1 = t.mul(q);
            DoubleVector d1 = p.mul(16);
            DoubleVector n2 = n1.mul(2).mul(d1);
            DoubleVector d2 = d1.fma(d1, n1.mul(n1));
            DoubleVector n4 = n2.mul(2).mul(d2);
            DoubleVector d4 = d2.fma(d2, n2.mul(n2));
            DoubleVector n8 = n4.mul(2).mul(d4);
            DoubleVector d8 = d4.fma(d4, n4.mul(n4));
            DoubleVector n16 = n8.mul(2).mul(d8);
            DoubleVector d16 = d8.fma(d8, n8.mul(n8));
            DoubleVector ratio = n16.div(d16).lanewise(VectorOperators.MIN, 1.0).lanewise(VectorOperators.MAX, -1.0);
            DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
            half.fma(ratio, half).intoArray(x, i);
        }
        for (; i < end; i++) {
            x[i] = Rational.sigmoid(x[i]);
        }
    }
}
