package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.Moments;
import org.junit.jupiter.api.Test;

/** The estimates against the definitions, applied to the raw draws that the journal does not keep. */
class BiasEstimateTest {
    private static final int BATCHES = 4;
    private static final int DRAWS = 20;

    /** Fewer parameters than batches (kept as means), more of them (kept as Gram matrix), and one without any error. */
    private static final int[] BLOCKS = {2, 5, 1};

    private static final int PARAMETERS = 8;
    private static final Offset<Double> ROUNDING = within(1e-12);

    private final SplittableRandom random = new SplittableRandom(20170523);

    /** One replicate: raw draws {@code [N×P]} of an estimator with the given bias around a gradient of the given size. */
    private final class Replicate {
        private final double[] gradient = new double[PARAMETERS];
        private final double[][] draws;

        Replicate(double size, double bias, double noise, int count) {
            draws = new double[count][PARAMETERS];
            for (int p = 0; p < PARAMETERS; p++) {
                gradient[p] = size * random.nextDouble(-1, 1);
                double shift = silent(p) ? 0 : size * bias * random.nextDouble(-1, 1);
                for (double[] draw : draws) {
                    draw[p] = gradient[p] + shift + (silent(p) ? 0 : size * noise * random.nextDouble(-1, 1));
                }
            }
        }

        private boolean silent(int parameter) {
            return parameter == PARAMETERS - 1;
        }

        BiasMeasurement measured() {
            List<BlockMoments> blocks = new ArrayList<>();
            int offset = 0;
            for (int size : BLOCKS) {
                blocks.add(block(offset, size));
                offset += size;
            }
            double norm = Math.sqrt(dot(gradient, gradient));
            Optional<BiasMeasurement.Sample> sample = draws.length == 1
                    ? Optional.empty()
                    : Optional.of(new BiasMeasurement.Sample(
                            new Moments(), new double[0], draws.length, OptionalDouble.empty()));
            BiasMeasurement.Walk walk = new BiasMeasurement.Walk(1, 1, 1, 1, 1, OptionalDouble.of(1));
            return new BiasMeasurement(
                    0,
                    1,
                    draws.length,
                    norm,
                    norm,
                    blocks,
                    sample,
                    Optional.empty(),
                    walk,
                    List.of(),
                    OptionalDouble.empty());
        }

        private BlockMoments block(int offset, int size) {
            int batches = Math.min(BATCHES, draws.length);
            int each = draws.length / batches;
            double[] g = Arrays.copyOfRange(gradient, offset, offset + size);
            double[] inner = new double[batches];
            double[] squares = new double[batches];
            double[][] means = new double[batches][size];
            for (int i = 0; i < draws.length; i++) {
                double[] error = minus(Arrays.copyOfRange(draws[i], offset, offset + size), g);
                squares[i / each] += dot(error, error) / each;
                for (int p = 0; p < size; p++) {
                    means[i / each][p] += error[p] / each;
                }
            }
            for (int m = 0; m < batches; m++) {
                inner[m] = dot(means[m], g);
            }
            double[] none = {};
            boolean silent = Arrays.stream(squares).allMatch(square -> square == 0);
            boolean few = size <= batches;
            return new BlockMoments(
                    "block",
                    true,
                    size,
                    dot(g, g),
                    inner,
                    squares,
                    silent || !few
                            ? none
                            : Arrays.stream(means)
                                    .flatMapToDouble(Arrays::stream)
                                    .toArray(),
                    silent || few ? none : gram(means),
                    OptionalDouble.empty(),
                    Optional.empty());
        }

        private double[] gram(double[][] means) {
            List<Double> triangle = new ArrayList<>();
            for (int i = 0; i < means.length; i++) {
                for (int j = i; j < means.length; j++) {
                    triangle.add(dot(means[i], means[j]));
                }
            }
            return triangle.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Definitions, word for word, on one vector per draw. */
    private record Direct(double squaredBias, double projection, double cosine, double variance) {
        static Direct of(double[] gradient, double[][] draws) {
            double[] mean = new double[gradient.length];
            for (double[] draw : draws) {
                for (int p = 0; p < mean.length; p++) {
                    mean[p] += draw[p] / draws.length;
                }
            }
            double trace = 0;
            for (double[] draw : draws) {
                double[] deviation = minus(draw, mean);
                trace += dot(deviation, deviation) / Math.max(1, draws.length - 1);
            }
            double norm = dot(gradient, gradient);
            double[] error = minus(mean, gradient);
            double projection = dot(mean, gradient) / norm;
            double ofMean = varianceOfMean(draws, mean);
            double length = Math.sqrt(Math.max(0, dot(mean, mean) - ofMean));
            return new Direct(
                    (dot(error, error) - ofMean) / norm,
                    projection,
                    projection * Math.sqrt(norm) / length,
                    trace / norm);
        }

        /** As the means of batches scatter: what the test of the bias rests on too. */
        private static double varianceOfMean(double[][] draws, double[] mean) {
            int batches = Math.min(BATCHES, draws.length);
            double[][] means = new double[batches][mean.length];
            for (int i = 0; i < draws.length; i++) {
                for (int p = 0; p < mean.length; p++) {
                    means[i * batches / draws.length][p] += draws[i][p] * batches / draws.length;
                }
            }
            double squares = 0;
            for (double[] each : means) {
                double[] deviation = minus(each, mean);
                squares += dot(deviation, deviation);
            }
            return squares / Math.max(1, batches - 1) / batches;
        }
    }

    private static void assertSame(BiasEstimate estimate, Direct direct) {
        assertThat(estimate.squaredBias()).isCloseTo(direct.squaredBias, ROUNDING);
        assertThat(estimate.relativeBias())
                .isCloseTo(Math.signum(direct.squaredBias) * Math.sqrt(Math.abs(direct.squaredBias)), ROUNDING);
        assertThat(estimate.projection()).isCloseTo(direct.projection, ROUNDING);
        assertThat(estimate.cosine().orElseThrow()).isCloseTo(direct.cosine, ROUNDING);
        assertThat(estimate.relativeVariance()).isCloseTo(direct.variance, ROUNDING);
        assertThat(estimate.relativeMse()).isCloseTo(direct.squaredBias + direct.variance, ROUNDING);
    }

    @Test
    void oneReplicateIsAsDefinedOnItsDraws() {
        Replicate replicate = new Replicate(3.0, 0.5, 1.0, DRAWS);
        assertSame(
                BiasEstimate.of(List.of(replicate.measured())).orElseThrow(),
                Direct.of(replicate.gradient, replicate.draws));
    }

    @Test
    void theSquaredBiasOfAnUnbiasedEstimatorCanFallBelowZero() {
        Direct direct;
        Replicate replicate;
        do {
            replicate = new Replicate(1.0, 0.0, 1.0, DRAWS);
            direct = Direct.of(replicate.gradient, replicate.draws);
        } while (direct.squaredBias >= 0);
        assertSame(BiasEstimate.of(List.of(replicate.measured())).orElseThrow(), direct);
    }

    @Test
    void anEstimatorWithoutChanceHasNoVariance() {
        Replicate replicate = new Replicate(2.0, 0.5, 0.0, 1);
        BiasEstimate estimate = BiasEstimate.of(List.of(replicate.measured())).orElseThrow();
        assertSame(estimate, Direct.of(replicate.gradient, replicate.draws));
        assertThat(estimate.relativeVariance()).isZero();
    }

    /** The draws of all replicates, each over √R‖g_r‖, as one vector; gradients of very different size. */
    @Test
    void replicatesAreStrataOfOneLongVector() {
        List<Replicate> replicates = List.of(
                new Replicate(1e-6, 0.4, 1.0, DRAWS),
                new Replicate(1.0, 0.8, 1.5, DRAWS),
                new Replicate(1e6, 0.2, 0.5, DRAWS));
        int count = replicates.size();
        double[] gradient = new double[count * PARAMETERS];
        double[][] draws = new double[DRAWS][count * PARAMETERS];
        for (int r = 0; r < count; r++) {
            double[] own = replicates.get(r).gradient;
            double scale = Math.sqrt(count * dot(own, own));
            for (int p = 0; p < PARAMETERS; p++) {
                gradient[r * PARAMETERS + p] = own[p] / scale;
                for (int i = 0; i < DRAWS; i++) {
                    draws[i][r * PARAMETERS + p] = replicates.get(r).draws[i][p] / scale;
                }
            }
        }
        // Chance is independent between strata: the variances add up, whatever the draws of one have to do with
        // another's.
        double variance = replicates.stream()
                .mapToDouble(each -> Direct.of(each.gradient, each.draws).variance / count)
                .sum();
        Direct whole = Direct.of(gradient, draws);
        assertThat(whole.variance).isCloseTo(variance, ROUNDING);
        BiasEstimate estimate = BiasEstimate.of(
                        replicates.stream().map(Replicate::measured).toList())
                .orElseThrow();
        assertSame(estimate, whole);
        double[] own = replicates.stream()
                .mapToDouble(each -> Math.sqrt(Direct.of(each.gradient, each.draws).squaredBias))
                .sorted()
                .toArray();
        assertThat(estimate.replicates()).isEqualTo(3);
        assertThat(estimate.lowest()).isCloseTo(own[0], ROUNDING);
        assertThat(estimate.highest()).isCloseTo(own[2], ROUNDING);
    }

    /**
     * Fixed seed; under a true squared bias of 0 the mean of 400 estimates passes 4 standard errors once in 16,000 times.
     * The naive figure, without chance taken off, must fail the same test.
     */
    @Test
    void chanceIsTakenOffTheSquaredBias() {
        double[] unbiased = new double[400];
        double[] naive = new double[400];
        for (int i = 0; i < unbiased.length; i++) {
            Replicate replicate = new Replicate(1.0, 0.0, 1.0, DRAWS);
            BiasEstimate estimate =
                    BiasEstimate.of(List.of(replicate.measured())).orElseThrow();
            // In units of the variance, which differs from gradient to gradient.
            unbiased[i] = estimate.squaredBias() / estimate.relativeVariance();
            naive[i] = unbiased[i] + 1.0 / DRAWS;
        }
        assertThat(Math.abs(standardised(unbiased))).isLessThan(4);
        assertThat(Math.abs(standardised(naive))).isGreaterThan(4);
    }

    @Test
    void aMeanEstimateOfZeroHasNoDirection() {
        Replicate replicate = new Replicate(1.0, 0.0, 0.0, 1);
        Arrays.fill(replicate.draws[0], 0.0);
        BiasEstimate estimate = BiasEstimate.of(List.of(replicate.measured())).orElseThrow();
        assertThat(estimate.cosine()).isEmpty();
        assertThat(estimate.relativeBias()).isCloseTo(1.0, ROUNDING);
    }

    @Test
    void replicatesWithoutAGradientOrWithoutFiniteFiguresAreLeftOut() {
        Replicate good = new Replicate(1.0, 0.5, 1.0, DRAWS);
        Replicate zero = new Replicate(0.0, 0.5, 1.0, DRAWS);
        Replicate endless = new Replicate(1.0, 0.5, 1.0, DRAWS);
        endless.draws[3][0] = Double.POSITIVE_INFINITY;
        List<BiasMeasurement> all = List.of(zero.measured(), good.measured(), endless.measured());
        assertThat(BiasEstimate.of(all)).isEqualTo(BiasEstimate.of(List.of(good.measured())));
        assertThat(BiasEstimate.of(List.of(zero.measured()))).isEmpty();
    }

    private static double standardised(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double square = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return mean / Math.sqrt(square / (values.length - 1) / values.length);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }
}
