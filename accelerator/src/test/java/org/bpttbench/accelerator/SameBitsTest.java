package org.bpttbench.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.NaiveKernels;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.kernel.Rational;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel gives the bits of the plain backend and of the triple loops of the contract. All NaNs count as one. */
class SameBitsTest {
    private static final Kernels VECTOR = Backends.find("vector");

    static IntStream seeds() {
        return IntStream.range(0, 800);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onRandomShapes(int seed) {
        long[][] actual = results(VECTOR, seed);
        assertThat(actual).as("plain").isDeepEqualTo(results(PlainKernels.INSTANCE, seed));
        assertThat(actual).as("naive").isDeepEqualTo(results(new NaiveKernels(), seed));
    }

    private static long[][] results(Kernels kernels, int seed) {
        List<long[]> results = new ArrayList<>();
        new Cases(kernels, result -> results.add(bits(result))).run(seed);
        return results.toArray(long[][]::new);
    }

    /** A grid, every order of magnitude, and arbitrary bits: long enough for the loops to run compiled. */
    @Test
    void ofActivationsOnAllKindsOfNumbers() {
        UniformRandomProvider random = Seeds.of(1).at("activations").generator();
        double[] x = new double[300_000];
        Arrays.setAll(x, i -> switch (i % 3) {
            case 0 -> (i - 150_000) * 2e-4;
            case 1 -> Math.scalb(random.nextDouble() - 0.5, -random.nextInt(1074));
            default -> Double.longBitsToDouble(random.nextLong());
        });
        double[] tanh = x.clone();
        double[] sigmoid = x.clone();
        for (int i = 0; i < x.length; i += 1000) {
            VECTOR.tanh(tanh, i, tanh, i, 1000);
            VECTOR.sigmoid(sigmoid, i, sigmoid, i, 1000);
        }
        assertThat(bits(tanh))
                .isEqualTo(bits(Arrays.stream(x).map(Rational::tanh).toArray()));
        assertThat(bits(sigmoid))
                .isEqualTo(bits(Arrays.stream(x).map(Rational::sigmoid).toArray()));
    }

    /** Only one of the two is in use on a machine. */
    @Test
    void ofTilesOfEitherHeight() {
        UniformRandomProvider random = Seeds.of(1).at("tiles").generator();
        for (int k = 0; k < 2_000; k++) {
            int terms = k % 50;
            double[] a = doubles(random, terms * EightRows.HEIGHT);
            double[] b = doubles(random, terms * Lanes.WIDTH);
            double[] c = doubles(random, EightRows.HEIGHT * Lanes.WIDTH);
            double[] eight = c.clone();
            EightRows.add(terms, a, 0, b, 0, eight, 0, Lanes.WIDTH);
            assertThat(eight).isEqualTo(tile(EightRows.HEIGHT, terms, a, b, c));
            double[] four = c.clone();
            FourRows.add(terms, a, 0, b, 0, four, 0, Lanes.WIDTH);
            assertThat(four).isEqualTo(tile(FourRows.HEIGHT, terms, a, b, c));
        }
    }

    private static double[] tile(int height, int terms, double[] a, double[] b, double[] c) {
        double[] sums = c.clone();
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < Lanes.WIDTH; j++) {
                for (int p = 0; p < terms; p++) {
                    int at = i * Lanes.WIDTH + j;
                    sums[at] = Math.fma(a[p * height + i], b[p * Lanes.WIDTH + j], sums[at]);
                }
            }
        }
        return sums;
    }

    private static double[] doubles(UniformRandomProvider random, int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }
}
