package org.bpttbench.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.bpttbench.core.cell.IdentityCell;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The linear network of docs/notation.md, h_t = U x_t + W h_{t−1}, y_t = V h_t, whose gradients can be written down: the
 * sums of the page, term by term, against the engine.
 */
class TextbookTest {
    private static final int INPUTS = 2;
    private static final int UNITS = 4;
    private static final int OUTPUTS = 3;
    private static final int STEPS = 7;
    private static final Model MODEL = new Model(
            new IdentityCell(INPUTS, UNITS, false), new AffineHead(UNITS, OUTPUTS, false, Loss.SQUARED_ERROR));

    /** 1e-12, each number by itself. */
    private static final double PERCENT = 1e-10;

    private final GradientLab lab = GradientLab.of("textbook", MODEL, false, Masks.ALL, 1, STEPS);
    private final double[][] u = matrix(lab.theta(), "input");
    private final double[][] w = matrix(lab.theta(), "recurrent");
    private final double[][] v = matrix(lab.theta(), "readout");
    private final Tape tape = lab.run(lab.network());
    private final double[][] x = rows(tape.inputs(), STEPS, INPUTS);
    private final double[][] targets = rows(tape.targets(), STEPS, OUTPUTS);

    /** The states, h[0] the one it starts from; step t of the page reads x[t − 1] and targets[t − 1]. */
    private final double[][] h = new double[STEPS + 1][];

    private final double[][] errors = new double[STEPS + 1][];

    TextbookTest() {
        h[0] = Vectors.row(tape.states(), 0, UNITS);
        for (int t = 1; t <= STEPS; t++) {
            h[t] = times(u, x[t - 1]);
            Vectors.add(1.0, times(w, h[t - 1]), h[t]);
            errors[t] = times(v, h[t]);
            Vectors.add(-1.0, targets[t - 1], errors[t]);
        }
    }

    @Test
    void statesAreThoseOfTheEngine() {
        for (int t = 1; t <= STEPS; t++) {
            assertSame(Vectors.row(tape.states(), t, UNITS), h[t]);
        }
    }

    @Test
    void readoutGradientIsASumOfOuterProducts() {
        double[][] sum = new double[OUTPUTS][UNITS];
        for (int t = 1; t <= STEPS; t++) {
            addOuter(errors[t], h[t], sum);
        }
        assertSame(matrix(lab.gradient(), "readout"), sum);
    }

    @Test
    void hiddenGradientIsASumOfChainedJacobians() {
        double[][] sum = new double[UNITS][UNITS];
        for (int t = 1; t <= STEPS; t++) {
            for (int k = 1; k <= t; k++) {
                addOuter(chained(t, k), h[k - 1], sum);
            }
        }
        assertSame(matrix(lab.gradient(), "recurrent"), sum);
    }

    @Test
    void inputGradientIsASumOfChainedJacobians() {
        double[][] sum = new double[UNITS][INPUTS];
        for (int t = 1; t <= STEPS; t++) {
            for (int k = 1; k <= t; k++) {
                addOuter(chained(t, k), x[k - 1], sum);
            }
        }
        assertSame(matrix(lab.gradient(), "input"), sum);
    }

    /** (Wᵀ)^{t−k} Vᵀ e_t, by t−k products. */
    private double[] chained(int t, int k) {
        double[] adjoint = times(transposed(v), errors[t]);
        for (int link = 0; link < t - k; link++) {
            adjoint = times(transposed(w), adjoint);
        }
        return adjoint;
    }

    /** A multiple ρ of an orthogonal matrix scales every adjoint by exactly ρ a step. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 1.0, 1.1})
    void adjointOfAnOrthogonalMatrixIsAPowerOfItsRadius(double radius) {
        double[][] matrix = new double[UNITS][UNITS];
        for (int i = 0; i < UNITS; i++) {
            // A reflection, I − 11ᵀ/2 in four dimensions, its rows moved by one so that it is not symmetric.
            Arrays.fill(matrix[i], -0.5 * radius);
            matrix[i][(i + 1) % UNITS] += radius;
        }
        for (int steps : new int[] {1, 10, 50, 100}) {
            assertThat(norm(pulledBack(matrix, steps))).isCloseTo(Math.pow(radius, steps), withinPercentage(PERCENT));
        }
    }

    /**
     * Of a matrix whose eigenvectors are not orthogonal the radius decides as well, but in the long run only: the first
     * step lets the adjoint grow under every radius here, the last ones scale it by ρ.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 1.0, 1.1})
    void adjointOfAnyMatrixGrowsOrVanishesWithItsRadiusInTheEnd(double radius) {
        double[][] matrix = new double[UNITS][UNITS];
        for (int i = 0; i < UNITS; i++) {
            matrix[i][i] = radius / (1 << i);
            Arrays.fill(matrix[i], i + 1, UNITS, 2.0);
        }
        assertThat(norm(pulledBack(matrix, 1))).isGreaterThan(1.0);
        double ratio = norm(pulledBack(matrix, 101)) / norm(pulledBack(matrix, 100));
        assertThat(ratio).isCloseTo(radius, withinPercentage(PERCENT));
    }

    /** What the engine makes of an adjoint of norm 1, with no loss on the way. */
    private static double[] pulledBack(double[][] matrix, int steps) {
        GradientLab lab = GradientLab.of("textbook", MODEL, false, Masks.NONE, 1, steps);
        double[] theta = lab.theta();
        ParamBlock block = MODEL.layout().block("recurrent");
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < UNITS; j++) {
                theta[block.offset() + j * UNITS + i] = matrix[i][j];
            }
        }
        GradientLab moved = lab.withTheta(theta);
        Network network = moved.network();
        Window window = new Window(1, 1);
        window.reset(steps, 0);
        double[] adjoint = {0.7, -0.5, 0.1, 0.5};
        new BackwardPass(network, 1, 1).run(moved.run(network), 0, window, adjoint, new double[theta.length]);
        return adjoint;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Vectors.dot(vector, vector));
    }

    /** A block as the page writes it, target by source: the engine keeps it source by target. */
    private static double[][] matrix(double[] theta, String name) {
        ParamBlock block = MODEL.layout().block(name);
        double[] own = Arrays.copyOfRange(theta, block.offset(), block.offset() + block.size());
        return transposed(rows(own, block.rows(), block.cols()));
    }

    private static double[][] rows(double[] values, int count, int width) {
        double[][] rows = new double[count][];
        Arrays.setAll(rows, row -> Vectors.row(values, row, width));
        return rows;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> Vectors.dot(row, vector))
                .toArray();
    }

    private static void addOuter(double[] left, double[] right, double[][] sum) {
        for (int i = 0; i < left.length; i++) {
            Vectors.add(left[i], right, sum[i]);
        }
    }

    private static void assertSame(double[][] actual, double[][] expected) {
        assertThat(actual).hasDimensions(expected.length, expected[0].length);
        for (int i = 0; i < expected.length; i++) {
            assertSame(actual[i], expected[i]);
        }
    }

    private static void assertSame(double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], withinPercentage(PERCENT));
        }
    }
}
