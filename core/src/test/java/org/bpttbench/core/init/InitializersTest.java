package org.bpttbench.core.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Statistical bounds are 4.9 standard errors wide: a correct law fails one at most once in 10⁶ seeds. */
class InitializersTest {
    private static final double STANDARD_ERRORS = 4.9;

    /** Enough to make every entry of the catalogue. */
    private static final Arguments ARGUMENTS =
            new Arguments(Map.of("value", 0.5, "sd", 0.3, "gain", 1.5, "radius", 0.9, "scale", 1.25));

    static final List<Entry<? extends Initializer>> ENTRIES = Initializers.CATALOG.entries();

    @Test
    void catalogueHasTheNamesOfTheSweepFile() {
        assertThat(Initializers.CATALOG.names())
                .containsExactly(
                        "constant",
                        "uniform",
                        "gaussian",
                        "glorot",
                        "lecun",
                        "he",
                        "orthogonal",
                        "identity",
                        "spectral-radius",
                        "zero");
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

        boolean random = !Arrays.asList("constant", "identity", "zero").contains(entry.name());
        assertThat(Arrays.equals(fill(initializer, 7, 7, 4), first)).isEqualTo(!random);
    }

    @Test
    void constants() {
        assertThat(fill(create("constant"), 2, 3, 1)).containsExactly(0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        assertThat(fill(create("zero"), 2, 1, 1)).containsExactly(0, 0);
    }

    @Test
    void identities() {
        assertThat(fill(create("identity"), 3, 3, 1)).containsExactly(1.25, 0, 0, 0, 1.25, 0, 0, 0, 1.25);
    }

    @ParameterizedTest
    @CsvSource({"gaussian, 0.3", "lecun, 0.05", "he, 0.07071067811865475"})
    void normalLawsHaveTheirMoments(String name, double sd) {
        double[] w = fill(create(name), 400, 500, 1);
        double variance = sd * sd;
        assertThat(moment(w, 1)).isCloseTo(0, within(STANDARD_ERRORS * Math.sqrt(variance / w.length)));
        assertThat(moment(w, 2)).isCloseTo(variance, within(STANDARD_ERRORS * variance * Math.sqrt(2.0 / w.length)));
        double fourth = 3 * variance * variance;
        double error = Math.sqrt(96.0 / w.length) * variance * variance;
        assertThat(moment(w, 4)).isCloseTo(fourth, within(STANDARD_ERRORS * error));
    }

    /** Glorot's bound is √(6/(300 + 500)); the default's √(3/500). */
    static Stream<Arguments> uniformLaws() {
        return Stream.of(
                new Arguments(Map.of("type", "glorot", "low", -0.08660254037844387, "high", 0.08660254037844387)),
                new Arguments(Map.of("type", "uniform", "low", -0.07745966692414834, "high", 0.07745966692414834)),
                new Arguments(Map.of("type", "uniform", "range", 0.1, "low", -0.1, "high", 0.1)),
                new Arguments(Map.of("type", "uniform", "low", -0.25, "high", 1.0)));
    }

    @ParameterizedTest
    @MethodSource("uniformLaws")
    void uniformLawsFillTheirIntervals(Arguments law) {
        Map<String, Object> written = new HashMap<>(law.values());
        double low = law.real("low");
        double high = law.real("high");
        if (law.has("range") || low == -high) {
            written.keySet().removeAll(List.of("low", "high"));
        }
        double[] w = fill(Initializers.CATALOG.create("type", new Arguments(written)), 300, 500, 1);
        assertThat(Arrays.stream(w).min().orElseThrow()).isBetween(low, low + 1e-3 * (high - low));
        assertThat(Arrays.stream(w).max().orElseThrow()).isBetween(high - 1e-3 * (high - low), high);
        double variance = (high - low) * (high - low) / 12;
        double mean = (low + high) / 2;
        double[] centred = Arrays.stream(w).map(x -> x - mean).toArray();
        assertThat(moment(centred, 1)).isCloseTo(0, within(STANDARD_ERRORS * Math.sqrt(variance / w.length)));
        double error = variance * Math.sqrt(0.8 / w.length);
        assertThat(moment(centred, 2)).isCloseTo(variance, within(STANDARD_ERRORS * error));
    }

    static Stream<Map<String, Object>> contradictions() {
        return Stream.of(
                Map.of("low", 0.0),
                Map.of("high", 0.0),
                Map.of("range", 1.0, "low", 0.0, "high", 2.0),
                Map.of("low", 2.0, "high", 2.0));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void uniformRefusesWhatContradictsItself(Map<String, Object> written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initializers.CATALOG.get("uniform").create(new Arguments(written)))
                .withMessageMatching(".*(either range|below high).*");
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

    /** Pascanu's networks: 50 units, 15 connections into each, radius 0.95. */
    @Test
    void sparseMatricesHaveAsManyConnectionsAsAskedAndTheRadius() {
        Initializer sparse = sparse(15);
        int draws = 400;
        int[] heard = new int[50];
        for (int draw = 0; draw < draws; draw++) {
            double[] w = fill(sparse, 50, 50, draw);
            for (int unit = 0; unit < 50; unit++) {
                int connections = 0;
                for (int source = 0; source < 50; source++) {
                    if (w[source * 50 + unit] != 0) {
                        connections++;
                        heard[source]++;
                    }
                }
                assertThat(connections).isEqualTo(15);
            }
        }
        assertThat(growthRate(fill(sparse, 50, 50, 1), 50)).isCloseTo(0.95, within(1e-10));
        double expected = draws * 15.0;
        double error = Math.sqrt(draws * 50 * 0.3 * 0.7);
        // 50 figures at 5.5 standard errors: a correct law fails at most twice in 10⁶ seeds
        assertThat(Arrays.stream(heard).asDoubleStream())
                .allSatisfy(count -> assertThat(count).isCloseTo(expected, within(5.5 * error)));
    }

    /** One connection into each unit: every such matrix has a cycle, so that its radius can be set. */
    @ParameterizedTest
    @CsvSource({"1", "2", "30"})
    void aSingleConnectionIsEnough(int size) {
        assertThat(growthRate(fill(sparse(1), size, size, size), size)).isCloseTo(0.95, within(1e-10));
    }

    private static Initializer sparse(long connections) {
        return Initializers.CATALOG
                .get("spectral-radius")
                .create(new Arguments(Map.of("radius", 0.95, "connections", connections)));
    }

    @ParameterizedTest
    @CsvSource({"spectral-radius", "identity"})
    void someLawsNeedASquareMatrix(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fill(create(name), 3, 4, 1))
                .withMessage(name + " needs a square matrix, not [3×4]");
        assertThat(create(name).refusal(4, 4)).isEmpty();
        assertThat(create("glorot").refusal(3, 4)).isEmpty();
    }

    @Test
    void aUnitCannotHearMoreThanThereAre() {
        assertThat(sparse(4).refusal(4, 4)).isEmpty();
        assertThat(sparse(5).refusal(4, 4))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("5 connections").contains("[4×4]"));
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
