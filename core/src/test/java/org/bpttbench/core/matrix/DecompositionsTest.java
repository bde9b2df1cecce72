package org.bpttbench.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompositionsTest {
    private static final double TIGHT = 1e-13;

    /** Of the vectors that are repeated. */
    private static final int WIDTH = 50;

    /** The second difference has eigenvalues 2 − 2·cos(jπ/(n+1)), j = 1..n. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1e-200", "50, 1e200", "200, 1"})
    void eigenvaluesOfTheSecondDifference(int size, double scale) {
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 2 * scale;
            if (i > 0) {
                matrix[i * size + i - 1] = -scale;
                matrix[(i - 1) * size + i] = -scale;
            }
        }
        double[] values = Decompositions.symmetricEigenvalues(matrix, size);
        for (int j = 1; j <= size; j++) {
            assertThat(values[j - 1] / scale).isEqualTo(2 - 2 * Math.cos(j * Math.PI / (size + 1)), within(TIGHT));
        }
    }

    /** A dense matrix H·D·H with H a reflection: eigenvalues of both signs, many of them equal. */
    @Test
    void eigenvaluesOfAReflectedDiagonal() {
        int size = 60;
        double[] normal = gaussian(size);
        double square = 0;
        for (double x : normal) {
            square += x * x;
        }
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    double left = (i == k ? 1 : 0) - 2 * normal[i] * normal[k] / square;
                    double right = (j == k ? 1 : 0) - 2 * normal[j] * normal[k] / square;
                    matrix[i * size + j] += left * right * (k / 20 - 1);
                }
            }
        }
        double[] values = Decompositions.symmetricEigenvalues(matrix, size);
        for (int j = 0; j < size; j++) {
            assertThat(values[j]).isEqualTo(j / 20 - 1, within(TIGHT));
        }
    }

    /** By the method that finds all: of any rank, flat spectra, repeated vectors and very small and large numbers. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 1, 1",
        "7, 3, 1",
        "40, 0, 1",
        "200, 1, 1",
        "200, 2, 1e-200",
        "200, 20, 1e200",
        "200, 190, 1",
        "200, 500, 1",
        "200, 5000, 1"
    })
    void theLargestEigenvalueIsThatOfAll(int size, int rank, double scale) {
        for (int seed = 0; seed < 3; seed++) {
            double[] gram = product(gaussian(size * rank), size, rank);
            Arrays.setAll(gram, i -> gram[i] * scale);
            double[] before = gram.clone();
            double expected = Decompositions.symmetricEigenvalues(gram, size)[size - 1];
            assertThat(Decompositions.largestEigenvalue(gram, size)).isEqualTo(expected, within(1e-13 * expected));
            assertThat(gram).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void theLargestEigenvalueOfRepeatedVectors(int distinct) {
        for (int seed = 0; seed < 10; seed++) {
            double[] gram = product(repeated(distinct, 200, seed), 200, WIDTH);
            double expected = Decompositions.symmetricEigenvalues(gram, 200)[199];
            assertThat(Decompositions.largestEigenvalue(gram, 200)).isEqualTo(expected, within(1e-13 * expected));
        }
    }

    /** Two that are nearly equal, and one vector far away from all others that are alike. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-1, 1e-3, 1e-6, 1e-12})
    void theLargestOfAClosePairAndOfOneThatStandsAlone(double gap) {
        int size = 200;
        double[] diagonal = new double[size * size];
        for (int i = 0; i < size; i++) {
            diagonal[i * size + i] = i == 150 ? 1 + gap : i == 20 ? 1 : gap * i / size;
        }
        assertThat(Decompositions.largestEigenvalue(diagonal, size)).isEqualTo(1 + gap, within(TIGHT));
    }

    @Test
    void theLargestEigenvalueRefusesWhatTheOthersRefuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decompositions.largestEigenvalue(new double[] {1, Double.NaN, 0, 1}, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decompositions.largestEigenvalue(new double[] {1, 2, 0, 1}, 2));
        assertThat(Decompositions.largestEigenvalue(new double[9], 3)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 40, 100})
    void factorTimesItsTransposeIsTheGramMatrixOfAnyRank(int rank) {
        int size = 40;
        double[] gram = product(gaussian(size * rank), size, rank);
        double[] before = gram.clone();
        double[] factor = Decompositions.factor(gram, size);
        assertThat(gram).isEqualTo(before);
        double[] again = product(factor, size, size);
        for (int i = 0; i < gram.length; i++) {
            assertThat(again[i]).isEqualTo(gram[i], within(1e-13 * (1 + rank) * size));
        }
        assertThat(columnsThatAreNotZero(factor, size)).isEqualTo(Math.min(rank, size));
    }

    /** Draws that cut alike are one vector many times over; the algorithm below has no end in about half of these. */
    @ParameterizedTest
    @CsvSource({"1, 200", "2, 50", "3, 200", "8, 200"})
    void factorOfRepeatedVectors(int distinct, int size) {
        for (int seed = 0; seed < 10; seed++) {
            double[] gram = product(repeated(distinct, size, seed), size, WIDTH);
            double[] factor = Decompositions.factor(gram, size);
            double[] again = product(factor, size, size);
            double largest = Arrays.stream(gram).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < gram.length; i++) {
                assertThat(again[i]).isEqualTo(gram[i], within(1e-13 * largest * size));
            }
            assertThat(columnsThatAreNotZero(factor, size)).isEqualTo(distinct);
        }
    }

    /** Of n ones in rows and columns the only eigenvalue but zero is n; the rounding of it is all that the others are. */
    @ParameterizedTest
    @ValueSource(doubles = {1, -1, 0.3, -1e-200})
    void eigenvaluesOfOneVectorRepeated(double square) {
        int size = 200;
        double[] matrix = new double[size * size];
        Arrays.fill(matrix, square);
        double[] values = Decompositions.symmetricEigenvalues(matrix, size);
        double only = size * square;
        for (int i = 0; i < size; i++) {
            boolean last = i == (square > 0 ? size - 1 : 0);
            assertThat(values[i]).isEqualTo(last ? only : 0.0, within(TIGHT * Math.abs(only)));
        }
    }

    private static double[] repeated(int distinct, int size, int seed) {
        UniformRandomProvider random = Seeds.of(seed).at("repeated").generator();
        double[] vectors = random.doubles((long) distinct * WIDTH, -1, 1).toArray();
        double[] rows = new double[size * WIDTH];
        for (int i = 0; i < size; i++) {
            int which = i < distinct ? i : random.nextInt(distinct);
            System.arraycopy(vectors, which * WIDTH, rows, i * WIDTH, WIDTH);
        }
        return rows;
    }

    @Test
    void refusesWhatIsNotSymmetricOrNotSemidefinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decompositions.symmetricEigenvalues(new double[] {1, 2, 3, 4}, 2))
                .withMessageContaining("(1, 0) is 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decompositions.symmetricEigenvalues(new double[] {1, 2, Double.NaN, 4}, 2))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decompositions.symmetricEigenvalues(new double[3], 2))
                .withMessageContaining("[2×2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decompositions.factor(new double[] {1, 2, 2, 1}, 2))
                .withMessageContaining("semidefinite");
    }

    private static int columnsThatAreNotZero(double[] matrix, int size) {
        int count = 0;
        for (int j = 0; j < size; j++) {
            double largest = 0;
            for (int i = 0; i < size; i++) {
                largest = Math.max(largest, Math.abs(matrix[i * size + j]));
            }
            count += largest > 0 ? 1 : 0;
        }
        return count;
    }

    private static double[] product(double[] rows, int size, int cols) {
        double[] gram = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < cols; k++) {
                    gram[i * size + j] += rows[i * cols + k] * rows[j * cols + k];
                }
            }
        }
        return gram;
    }

    private static double[] gaussian(int count) {
        UniformRandomProvider random = Seeds.of(4).at("decompositions").generator();
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.sqrt(-2 * Math.log1p(-random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
        }
        return values;
    }
}
