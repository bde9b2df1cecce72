package org.bpttbench.core.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.random.Seeds;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Statistical bounds are 4.9 standard errors wide: a correct law fails one at most once in 10⁶ seeds. */
class InitializersTest {
    private static final double STANDARD_ERRORS = 4.9;

    /** Enough to make every entry of the catalogue. */
    private static final Arguments ARGUMENTS =
            new Arguments(Map.of("value", 0.5, "sd", 0.3, "gain", 1.5, "radius", 0.9));

    static final List<Entry<? extends Initializer>> ENTRIES = Initializers.CATALOG.entries();

    @Test
    void catalogueHasTheNamesOfTheSweepFile() {
        assertThat(Initializers.CATALOG.names())
                .containsExactly("constant", "gaussian", "glorot", "orthogonal", "spectral-radius", "zero");
    }

    @ParameterizedTest
    @FieldSource("ENTRIES")
    void weightsDependOnTheStreamAloneAndOverwrite(Entry<? extends Initializer> entry) {
        Initializer initializer = entry.create(ARGUMENTS);
        double[] first = fill(initializer, 7, 7, 3);
        double[] again = new double[49];
        Arrays.fill(again, 1e9);
        initializer.fill(again, 7, 7, Seeds.of(3).at("init").generator());
        assertThat(again).isEqualTo(first);

        boolean random = !Arrays.asList("constant", "zero").contains(entry.name());
        assertThat(Arrays.equals(fill(initializer, 7, 7, 4), first)).isEqualTo(!random);
    }

    @Test
    void constants() {
        assertThat(fill(create("constant"), 2, 3, 1)).containsExactly(0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        assertThat(fill(create("zero"), 2, 1, 1)).containsExactly(0, 0);
    }

    @Test
    void gaussianHasItsMoments() {
        double[] w = fill(create("gaussian"), 400, 500, 1);
        double variance = 0.3 * 0.3;
        assertThat(moment(w, 1)).isCloseTo(0, within(STANDARD_ERRORS * Math.sqrt(variance / w.length)));
        assertThat(moment(w, 2)).isCloseTo(variance, within(STANDARD_ERRORS * variance * Math.sqrt(2.0 / w.length)));
        double fourth = 3 * variance * variance;
        double error = Math.sqrt(96.0 / w.length) * variance * variance;
        assertThat(moment(w, 4)).isCloseTo(fourth, within(STANDARD_ERRORS * error));
    }

    @Test
    void glorotIsUniformInItsBounds() {
        double[] w = fill(create("glorot"), 300, 500, 1);
        double bound = Math.sqrt(6.0 / 800);
        double variance = bound * bound / 3;
        assertThat(Arrays.stream(w).map(Math::abs).max().orElseThrow()).isBetween(0.999 * bound, bound);
        assertThat(moment(w, 1)).isCloseTo(0, within(STANDARD_ERRORS * Math.sqrt(variance / w.length)));
        assertThat(moment(w, 2)).isCloseTo(variance, within(STANDARD_ERRORS * variance * Math.sqrt(0.8 / w.length)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "23, 23", "128, 128", "40, 17", "17, 40", "1, 9", "9, 1"})
    void orthogonalHasOneSingularValue(int rows, int cols) {
        DMatrixRMaj w = DMatrixRMaj.wrap(rows, cols, fill(create("orthogonal"), rows, cols, rows));
        int few = Math.min(rows, cols);
        DMatrixRMaj gram = new DMatrixRMaj(few, few);
        if (rows < cols) {
            CommonOps_DDRM.multTransB(w, w, gram);
        } else {
            CommonOps_DDRM.multTransA(w, w, gram);
        }
        DMatrixRMaj expected = CommonOps_DDRM.identity(few);
        CommonOps_DDRM.scale(1.5 * 1.5, expected);
        CommonOps_DDRM.subtractEquals(gram, expected);
        assertThat(NormOps_DDRM.elementP(gram, Double.POSITIVE_INFINITY)).isLessThan(1e-12);
    }

    /**
     * Over Haar rotations of the plane an entry has mean 0, and its fourth moment is 3/8; the mean trace is 0. Without
     * the signs of R's diagonal every entry of the first column has one sign.
     */
    @Test
    void orthogonalIsUniform() {
        Initializer orthogonal = new Orthogonal(1);
        int draws = 20_000;
        double[] corner = new double[draws];
        double[] trace = new double[draws];
        IntStream.range(0, draws).forEach(i -> {
            double[] w = fill(orthogonal, 2, 2, i);
            corner[i] = w[0];
            trace[i] = w[0] + w[3];
        });
        assertThat(moment(corner, 1)).isCloseTo(0, within(STANDARD_ERRORS * Math.sqrt(0.5 / draws)));
        assertThat(moment(corner, 2)).isCloseTo(0.5, within(STANDARD_ERRORS * Math.sqrt(0.125 / draws)));
        assertThat(moment(corner, 4)).isCloseTo(0.375, within(STANDARD_ERRORS * Math.sqrt(0.1328125 / draws)));
        assertThat(moment(trace, 1)).isCloseTo(0, within(STANDARD_ERRORS * Math.sqrt(1.0 / draws)));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "32", "128"})
    void spectralRadiusIsExact(int size) {
        double[] w = fill(create("spectral-radius"), size, size, size);
        double largest = growthRate(w, size);
        assertThat(largest).isCloseTo(0.9, within(1e-10));
    }

    @Test
    void spectralRadiusNeedsASquareMatrix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fill(create("spectral-radius"), 3, 4, 1))
                .withMessageContaining("[3×4]");
    }

    /** ‖W^p‖^(1/p) at p = 2^40, by repeated squaring: Gelfand's formula, without an eigenvalue solver. */
    private static double growthRate(double[] w, int size) {
        DMatrixRMaj power = DMatrixRMaj.wrap(size, size, w.clone());
        DMatrixRMaj square = new DMatrixRMaj(size, size);
        double logarithm = 0;
        for (int doubling = 0; doubling < 40; doubling++) {
            CommonOps_DDRM.mult(power, power, square);
            double norm = NormOps_DDRM.normF(square);
            logarithm += Math.log(norm) / Math.scalb(1.0, doubling + 1);
            CommonOps_DDRM.divide(square, norm);
            power.setTo(square);
        }
        return Math.exp(logarithm);
    }

    private static Initializer create(String name) {
        return Initializers.CATALOG.get(name).create(ARGUMENTS);
    }

    private static double[] fill(Initializer initializer, int fanIn, int fanOut, long seed) {
        double[] matrix = new double[fanIn * fanOut];
        initializer.fill(matrix, fanIn, fanOut, Seeds.of(seed).at("init").generator());
        return matrix;
    }

    /** The mean of a power; all laws here have mean 0. */
    private static double moment(double[] values, int power) {
        return Arrays.stream(values)
                .map(x -> IntStream.range(0, power).mapToDouble(i -> x).reduce(1, (a, b) -> a * b))
                .average()
                .orElseThrow();
    }
}
