package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.SPECIES;

import jdk.incubator.vector.DoubleVector;

/** The most that one core can do, for benchmarks to hold kernels against. */
public final class FmaPeak {
    private static final int CHAINS = 12;

    private FmaPeak() {}

    /** Floating-point operations, additions and multiplications counted apart, in {@code rounds} rounds of {@link #run}. */
    public static long operations(int rounds) {
        return 2L * CHAINS * SPECIES.length() * rounds;
    }

    /**
     * Fused multiply-adds on registers alone, in as many independent chains as hide their latency.
     *
     * @return something that depends on all of them
     */
    public static double run(int rounds) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, 0.5);
        DoubleVector y = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector c0 = DoubleVector.broadcast(SPECIES, 0.0);
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector c2 = DoubleVector.broadcast(SPECIES, 2.0);
        DoubleVector c3 = DoubleVector.broadcast(SPECIES, 3.0);
        DoubleVector c4 = DoubleVector.broadcast(SPECIES, 4.0);
        DoubleVector c5 = DoubleVector.broadcast(SPECIES, 5.0);
        DoubleVector c6 = DoubleVector.broadcast(SPECIES, 6.0);
        DoubleVector c7 = DoubleVector.broadcast(SPECIES, 7.0);
        DoubleVector c8 = DoubleVector.broadcast(SPECIES, 8.0);
        DoubleVector c9 = DoubleVector.broadcast(SPECIES, 9.0);
        DoubleVector c10 = DoubleVector.broadcast(SPECIES, 10.0);
        DoubleVector c11 = DoubleVector.broadcast(SPECIES, 11.0);
        for (int round = 0; round < rounds; round++) {
            c0 = c0.fma(x, y);
            c1 = c1.fma(x, y);
            c2 = c2.fma(x, y);
            c3 = c3.fma(x, y);
            c4 = c4.fma(x, y);
            c5 = c5.fma(x, y);
            c6 = c6.fma(x, y);
            c7 = c7.fma(x, y);
            c8 = c8.fma(x, y);
            c9 = c9.fma(x, y);
            c10 = c10.fma(x, y);
            c11 = c11.fma(x, y);
        }
        DoubleVector even = c0.add(c2).add(c4).add(c6).add(c8).add(c10);
        DoubleVector odd = c1.add(c3).add(c5).add(c7).add(c9).add(c11);
        return even.add(odd).lane(0);
    }
}
