package org.bpttbench.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The plain products against a triple loop in the order of the contract, to the bit, and against EJML. */
class KernelsTest {
    private static final Kernels KERNELS = PlainKernels.INSTANCE;

    static IntStream cases() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void productIsOneChainAnElement(int seed) {
        UniformRandomProvider random = Seeds.of(seed).at("product").generator();
        int m = size(random, 40);
        int k = size(random, 150);
        int n = size(random, seed % 10 == 0 ? 600 : 60);
        boolean transposed = random.nextBoolean();
        Rows a = Rows.random(random, m, k);
        Rows b = transposed ? Rows.random(random, n, k) : Rows.random(random, k, n);
        Rows c = Rows.random(random, m, n);

        double[] expected = c.data.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double chain = c.at(i, j);
                for (int p = 0; p < k; p++) {
                    chain = Math.fma(a.at(i, p), transposed ? b.at(j, p) : b.at(p, j), chain);
                }
                expected[c.index(i, j)] = chain;
            }
        }

        PackedMatrix packed = KERNELS.matrix(k, n);
        if (transposed) {
            packed.loadTransposed(b.data, b.offset, b.stride);
        } else {
            packed.load(b.data, b.offset, b.stride);
        }
        double[] aBefore = a.data.clone();
        KERNELS.addProduct(m, a.data, a.offset, a.stride, packed, c.data, c.offset, c.stride);
        assertThat(bits(c.data)).as("%d x %d x %d", m, k, n).isEqualTo(bits(expected));
        assertThat(a.data).isEqualTo(aBefore);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outerProductsAreOneChainAWeight(int seed) {
        UniformRandomProvider random = Seeds.of(seed).at("outer").generator();
        int steps = size(random, 40);
        int lanes = size(random, 9);
        int k = size(random, seed % 2 == 0 ? 40 : 15);
        int n = size(random, seed % 10 == 1 ? 600 : 30);
        Rows a = Rows.random(random, steps * lanes, k);
        Rows d = Rows.random(random, steps * lanes, n);
        Rows c = Rows.random(random, k, n);
        boolean lanesApart = random.nextBoolean(); // a lane's steps together, or a step's lanes

        double[] expected = c.data.clone();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < n; j++) {
                double chain = c.at(i, j);
                for (int s = steps - 1; s >= 0; s--) {
                    for (int b = 0; b < lanes; b++) {
                        int row = lanesApart ? b * steps + s : s * lanes + b;
                        chain = Math.fma(a.at(row, i), d.at(row, j), chain);
                    }
                }
                expected[c.index(i, j)] = chain;
            }
        }

        int lane = lanesApart ? steps : 1;
        int step = lanesApart ? 1 : lanes;
        KERNELS.addOuterProducts(
                steps,
                lanes,
                a.data,
                a.offset,
                lane * a.stride,
                step * a.stride,
                k,
                d.data,
                d.offset,
                lane * d.stride,
                step * d.stride,
                n,
                c.data,
                c.offset,
                c.stride);
        assertThat(bits(c.data))
                .as("%d steps, %d lanes, %d x %d", steps, lanes, k, n)
                .isEqualTo(bits(expected));
    }

    @ParameterizedTest
    @CsvSource({"64, 23, 23", "33, 32, 128", "32, 128, 512", "5, 7, 3", "1, 128, 1"})
    void productAgreesWithEjml(int m, int k, int n) {
        UniformRandomProvider random = Seeds.of(m).at("ejml").generator();
        DMatrixRMaj a = matrix(random, m, k);
        DMatrixRMaj b = matrix(random, k, n);
        DMatrixRMaj c = matrix(random, m, n);
        DMatrixRMaj expected = c.copy();
        CommonOps_DDRM.multAdd(a, b, expected);

        PackedMatrix packed = KERNELS.matrix(k, n);
        packed.load(b.data, 0, n);
        KERNELS.addProduct(m, a.data, 0, k, packed, c.data, 0, n);
        assertThat(c.data).containsExactly(expected.data, within(1e-13 * k));
    }

    @ParameterizedTest
    @CsvSource({"200, 1, 32, 32", "50, 32, 128, 512", "20, 3, 40, 1", "10, 2, 3, 5"})
    void outerProductsAgreeWithEjml(int steps, int lanes, int k, int n) {
        UniformRandomProvider random = Seeds.of(k).at("ejml").generator();
        DMatrixRMaj a = matrix(random, steps * lanes, k);
        DMatrixRMaj d = matrix(random, steps * lanes, n);
        DMatrixRMaj c = matrix(random, k, n);
        DMatrixRMaj expected = c.copy();
        CommonOps_DDRM.multAddTransA(a, d, expected);

        KERNELS.addOuterProducts(steps, lanes, a.data, 0, k, lanes * k, k, d.data, 0, n, lanes * n, n, c.data, 0, n);
        assertThat(c.data).containsExactly(expected.data, within(1e-13 * steps * lanes));
    }

    @ParameterizedTest
    @CsvSource({"23, 23", "32, 128", "128, 512", "9, 4"})
    void rowDoesNotDependOnHowManyShareTheProduct(int k, int n) {
        UniformRandomProvider random = Seeds.of(k).at("alone").generator();
        int m = 37;
        DMatrixRMaj a = matrix(random, m, k);
        PackedMatrix packed = KERNELS.matrix(k, n);
        packed.load(matrix(random, k, n).data, 0, n);
        double[] together = new double[m * n];
        KERNELS.addProduct(m, a.data, 0, k, packed, together, 0, n);

        double[] alone = new double[m * n];
        for (int i = 0; i < m; i++) {
            KERNELS.addProduct(1, a.data, i * k, k, packed, alone, i * n, n);
        }
        assertThat(bits(alone)).isEqualTo(bits(together));
    }

    @Test
    void matrixStartsAtZeroAndKnowsItsShape() {
        for (int n : new int[] {3, 40}) {
            PackedMatrix packed = KERNELS.matrix(5, n);
            assertThat(packed.rows()).isEqualTo(5);
            assertThat(packed.cols()).isEqualTo(n);
            double[] c = new double[n];
            KERNELS.addProduct(1, new double[] {1, 2, 3, 4, 5}, 0, 5, packed, c, 0, n);
            assertThat(c).containsOnly(0);
        }
    }

    private static int size(UniformRandomProvider random, int highest) {
        return random.nextInt(highest + 1);
    }

    private static DMatrixRMaj matrix(UniformRandomProvider random, int rows, int cols) {
        return new DMatrixRMaj(
                rows, cols, true, random.doubles((long) rows * cols, -1, 1).toArray());
    }

    private static long[] bits(double[] values) {
        return java.util.Arrays.stream(values)
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
    }

    /** A matrix somewhere in an array, with room around every row that a product must leave alone. */
    private static final class Rows {
        private final double[] data;
        private final int offset;
        private final int stride;

        private Rows(double[] data, int offset, int stride) {
            this.data = data;
            this.offset = offset;
            this.stride = stride;
        }

        static Rows random(UniformRandomProvider random, int rows, int cols) {
            int offset = random.nextInt(5);
            int stride = cols + random.nextInt(4);
            double[] data = random.doubles(offset + rows * stride + 3L, -1, 1).toArray();
            return new Rows(data, offset, stride);
        }

        int index(int row, int col) {
            return offset + row * stride + col;
        }

        double at(int row, int col) {
            return data[index(row, col)];
        }
    }
}
