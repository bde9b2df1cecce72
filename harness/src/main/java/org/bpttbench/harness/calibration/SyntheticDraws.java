package org.bpttbench.harness.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.Moments;

/**
 * Measurements of a {@link DrivenLine} by draws: what {@link BiasProbe#measure} gives, many times faster, with a bias of
 * any size along g. Belongs to one thread.
 */
final class SyntheticDraws implements RowSource {
    private static final Kernels KERNELS = PlainKernels.INSTANCE;

    private final DrivenLine line;
    private final int draws;
    private final int batches;
    private final int batchSize;
    private final int rows;
    private final int width;
    private final PackedMatrix coordinates;
    private final double[] weights;

    /** {@code [batchSize×rows]}: the adjoint errors of one batch. */
    private final double[] adjoints;

    /** {@code [batchSize×width]}: the gradient errors of one batch. */
    private final double[] errors;

    /** {@code [M×width]}. */
    private final double[] means;

    private final double[] inner;
    private final double[] squares;

    /** @param draws a multiple of {@value BiasProbe#BATCHES} */
    SyntheticDraws(DrivenLine line, int draws) {
        if (draws < 1 || draws % BiasProbe.BATCHES != 0) {
            throw new IllegalArgumentException(draws + " draws do not fill " + BiasProbe.BATCHES + " batches");
        }
        this.line = line;
        this.draws = draws;
        batches = BiasProbe.BATCHES;
        batchSize = draws / batches;
        rows = line.rows();
        width = line.width();
        weights = new double[rows];
        coordinates = KERNELS.matrix(rows, width);
        coordinates.load(line.coordinates(), 0, width);
        adjoints = new double[batchSize * rows];
        errors = new double[batchSize * width];
        means = new double[batches * width];
        inner = new double[batches];
        squares = new double[batches];
    }

    /**
     * One row's draws.
     *
     * @param bias that is added to each along g, in units of ‖g‖
     * @param seeds all draws take their chance from one stream, one after the other
     */
    @Override
    public BiasMeasurement measure(double bias, Seeds seeds) {
        UniformRandomProvider random = seeds.generator();
        return measure(bias, draw -> random);
    }

    /** The same with the chance of each draw. */
    BiasMeasurement measure(double bias, IntFunction<UniformRandomProvider> chance) {
        Arrays.fill(means, 0);
        for (int m = 0; m < batches; m++) {
            for (int i = 0; i < batchSize; i++) {
                line.draw(chance.apply(m * batchSize + i), weights, adjoints, i * rows);
            }
            Arrays.fill(errors, 0);
            KERNELS.addProduct(batchSize, adjoints, 0, rows, coordinates, errors, 0, width);
            fold(m, bias);
        }
        return measurement();
    }

    private void fold(int batch, double bias) {
        double square = 0;
        for (int i = 0; i < batchSize; i++) {
            for (int p = 0; p < width; p++) {
                double error = Math.fma(bias, line.gradient()[p], errors[i * width + p]);
                square = Math.fma(error, error, square);
                means[batch * width + p] += error / batchSize;
            }
        }
        squares[batch] = square / batchSize;
        inner[batch] = dot(means, batch * width, line.gradient(), 0);
    }

    private BiasMeasurement measurement() {
        int parameters = line.subject().parameters();
        boolean few = parameters <= batches;
        double[] none = {};
        BlockMoments block = new BlockMoments(
                "input",
                true,
                parameters,
                dot(line.gradient(), 0, line.gradient(), 0),
                inner.clone(),
                squares.clone(),
                few ? means.clone() : none,
                few ? none : gram(),
                OptionalDouble.empty(),
                Optional.of(line.events()));
        BiasMeasurement exact = line.exact();
        return new BiasMeasurement(
                0,
                exact.sequences(),
                draws,
                exact.gradientNorm(),
                exact.termNorms(),
                List.of(block),
                // Its figures judge nothing; that it is there tells draws from an expectation.
                Optional.of(new BiasMeasurement.Sample(new Moments(), none, draws, OptionalDouble.empty())),
                Optional.of(line.events()),
                exact.walk(),
                List.of(),
                OptionalDouble.empty());
    }

    private double[] gram() {
        double[] gram = new double[batches * (batches + 1) / 2];
        int at = 0;
        for (int i = 0; i < batches; i++) {
            for (int j = i; j < batches; j++) {
                gram[at++] = dot(means, i * width, means, j * width);
            }
        }
        return gram;
    }

    private double dot(double[] a, int aOffset, double[] b, int bOffset) {
        double even = 0;
        double odd = 0;
        int p = 0;
        for (; p + 1 < width; p += 2) {
            even = Math.fma(a[aOffset + p], b[bOffset + p], even);
            odd = Math.fma(a[aOffset + p + 1], b[bOffset + p + 1], odd);
        }
        return p < width ? Math.fma(a[aOffset + p], b[bOffset + p], even) + odd : even + odd;
    }
}
