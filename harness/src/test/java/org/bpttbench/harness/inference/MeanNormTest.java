package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanNormTest {
    private static final int BATCHES = 200;
    private static final int REPETITIONS = 100;

    /** An interval of coverage 0.95 misses more often than this once in 10⁵ sets of repetitions. */
    private static final int MISSES = 16;

    private static final double NORMAL = 1.959963984540054;

    /**
     * With means (m + a, m − a), C has the entries ±a²: λ = 2a², and the second part is a²(ε₁² − ε₂²)/4 turned, whose
     * quantile at 0.975 is 4.363897967932 by the Bessel law of ε₁² − ε₂². Two batches are not skewed, but their scatter, s = a², is hardly
     * known: the corrected tail reaches q at s·(exp((1 + q/s)/1.5) − 2).
     */
    @Test
    void twoBatchesByHand() {
        double a = 0.3;
        double m = 2;
        double b = m * m - a * a;
        MeanNorm norm = MeanNorm.of(2, Tables.triangle(new double[] {m + a, m - a}, 2, 1), b)
                .orElseThrow();
        double h = NORMAL * a;
        double q = 4.363897967932 * a * a / 4;
        double farther = a * a * (Math.exp((1 + q / (a * a)) / 1.5) - 2);
        assertThat(norm.upper(0.95)).isEqualTo(h + Math.sqrt(h * h + b + q), within(1e-11));
        assertThat(norm.lower(0.95)).isEqualTo(-h + Math.sqrt(h * h + b - farther), within(1e-11));
    }

    @Test
    void withoutChanceTheIntervalIsAPoint() {
        MeanNorm norm = MeanNorm.of(3, new double[] {4, 4, 4, 4, 4, 4}, 4).orElseThrow();
        assertThat(norm.interval(0.95)).contains(new Interval(2, 2));
        assertThat(MeanNorm.of(3, new double[6], 0).orElseThrow().interval(0.99))
                .contains(new Interval(0, 0));
    }

    /** A spread of 1e-9 of the batches is rounding of their Gram matrix: its eigenvalues would be noise of either sign. */
    @Test
    void batchesThatDifferByRoundingDoNotDiffer() {
        for (int seed = 0; seed < 20; seed++) {
            UniformRandomProvider random = Seeds.of(seed).at("rounding").generator();
            double[] rows = new double[BATCHES];
            for (int i = 0; i < BATCHES; i++) {
                rows[i] = 0.7 + 1e-9 * random.nextDouble();
            }
            MeanNorm norm = MeanNorm.of(BATCHES, Tables.triangle(rows, BATCHES, 1), 0.49)
                    .orElseThrow();
            assertThat(norm.pValue()).isBetween(Double.MIN_NORMAL, 0.05);
            assertThat(norm.lower(0.95)).isEqualTo(0.7, within(1e-9));
        }
    }

    @Test
    void scalesWithTheMeansAndWidensWithTheLevel() {
        double[] rows = Tables.normal(40 * 3, Seeds.of(1).at("scale").generator());
        double[] triangle = Tables.triangle(rows, 40, 3);
        double[] larger = Arrays.stream(triangle).map(entry -> 1e6 * entry).toArray();
        MeanNorm one = MeanNorm.of(40, triangle, 0.2).orElseThrow();
        MeanNorm thousand = MeanNorm.of(40, larger, 0.2e6).orElseThrow();
        assertThat(thousand.upper(0.95) / one.upper(0.95)).isEqualTo(1000, within(1e-7));
        assertThat(thousand.lower(0.5) / one.lower(0.5)).isEqualTo(1000, within(1e-7));
        assertThat(one.upper(0.99)).isGreaterThan(one.upper(0.95));
        assertThat(one.lower(0.99)).isLessThan(one.lower(0.5));
    }

    /** Skewed rows without bias: the interval has 0, at least as often as it should. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void coversZeroBias(int parameters) {
        UniformRandomProvider random = Seeds.of(2).at("coverage").at(parameters).generator();
        int misses = 0;
        int missesOfPercentiles = 0;
        for (int r = 0; r < REPETITIONS; r++) {
            double[] rows = exponentials(parameters, random);
            double b = squaredNorm(rows, parameters);
            double[] triangle = Tables.triangle(rows, BATCHES, parameters);
            misses += MeanNorm.of(BATCHES, triangle, b).orElseThrow().lower(0.95) > 0 ? 1 : 0;
            missesOfPercentiles += percentile(rows, parameters, random) > 0 ? 1 : 0;
        }
        assertThat(misses).isLessThanOrEqualTo(MISSES);
        if (parameters > 1) {
            assertThat(missesOfPercentiles).isGreaterThan(REPETITIONS / 4);
        }
    }

    @Test
    void coversABias() {
        UniformRandomProvider random = Seeds.of(3).at("bias").generator();
        double[] shifts = {0.05, 0.1, 0.3};
        int misses = 0;
        for (int r = 0; r < REPETITIONS; r++) {
            double[] rows = exponentials(5, random);
            double shift = shifts[r % shifts.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] += shift;
            }
            MeanNorm norm = MeanNorm.of(BATCHES, Tables.triangle(rows, BATCHES, 5), squaredNorm(rows, 5))
                    .orElseThrow();
            misses += norm.interval(0.95).orElseThrow().contains(shift * Math.sqrt(5)) ? 0 : 1;
        }
        assertThat(misses).isLessThanOrEqualTo(MISSES);
    }

    @Test
    void refusesWhatIsNoTriangle() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanNorm.of(3, new double[5], 0))
                .withMessageContaining("instead of 6");
        MeanNorm none = MeanNorm.of(2, new double[3], 0).orElseThrow();
        assertThatIllegalArgumentException().isThrownBy(() -> none.upper(1));
    }

    private static double[] exponentials(int parameters, UniformRandomProvider random) {
        double[] rows = new double[BATCHES * parameters];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = -Math.log1p(-random.nextDouble()) - 1;
        }
        return rows;
    }

    /** ‖mean‖² less what chance adds to it. */
    private static double squaredNorm(double[] rows, int parameters) {
        double norm = 0;
        double squares = 0;
        for (int p = 0; p < parameters; p++) {
            double mean = 0;
            for (int at = p; at < rows.length; at += parameters) {
                mean += rows[at] / BATCHES;
                squares += rows[at] * rows[at] / BATCHES;
            }
            norm += mean * mean;
        }
        return norm - (squares - norm) / (BATCHES - 1);
    }

    /** The 2.5 % quantile of the estimate in resamples of the rows: the mutant. */
    private static double percentile(double[] rows, int parameters, UniformRandomProvider random) {
        double[] estimates = new double[199];
        double[] drawn = new double[rows.length];
        for (int k = 0; k < estimates.length; k++) {
            for (int i = 0; i < BATCHES; i++) {
                int from = random.nextInt(BATCHES);
                System.arraycopy(rows, from * parameters, drawn, i * parameters, parameters);
            }
            estimates[k] = squaredNorm(drawn, parameters);
        }
        Arrays.sort(estimates);
        return estimates[4];
    }
}
