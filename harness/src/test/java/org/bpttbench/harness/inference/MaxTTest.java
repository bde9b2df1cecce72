package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;

class MaxTTest {
    private static final double STANDARD_ERRORS = 4.9;
    private static final int ROWS = 200;
    private static final int COLUMNS = 20;
    private static final int RESAMPLES = 199;
    private static final int REPETITIONS = 200;

    /** A test of size 0.05 rejects more often than this once in 10⁵ sets of repetitions. */
    private static final int FALSE_ALARMS = 25;

    private final UniformRandomProvider random = Seeds.of(1).at("max-t").generator();

    /** All 4⁴ resamples of four rows, each studentised by its own standard deviation. */
    @Test
    void pValueIsThatOfAllResamples() {
        double[][] rows = {{1.0, -0.2}, {0.3, 0.9}, {-0.5, 0.4}, {1.4, 1.5}};
        double observed = largest(rows, new double[] {0, 0});
        double[] means = {(1.0 + 0.3 - 0.5 + 1.4) / 4, (-0.2 + 0.9 + 0.4 + 1.5) / 4};
        int reached = 0;
        for (int code = 0; code < 256; code++) {
            double[][] drawn = {rows[code & 3], rows[code >> 2 & 3], rows[code >> 4 & 3], rows[code >> 6]};
            reached += largest(drawn, means) >= observed ? 1 : 0;
        }
        double expected = reached / 256.0;
        int resamples = 40_000;
        MaxT test = MaxT.test(new double[] {1.0, -0.2, 0.3, 0.9, -0.5, 0.4, 1.4, 1.5}, 4, 2, 0, resamples, random);
        assertThat(test.statistic()).isEqualTo(observed, within(1e-12));
        assertThat(test.pValue())
                .isEqualTo(expected, within(STANDARD_ERRORS * Math.sqrt(expected * (1 - expected) / resamples)));
        assertThat(test.columns()).isEqualTo(2);
    }

    /** Lognormal columns with mean zero: Gaussian multipliers, the mutant, find a bias that is not there. */
    @Test
    void skewedRowsRaiseNoFalseAlarms() {
        int rejected = 0;
        int rejectedByMutant = 0;
        for (int r = 0; r < REPETITIONS; r++) {
            double[] rows = Tables.normal(ROWS * COLUMNS, random);
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Math.exp(rows[i]) - Math.exp(0.5);
            }
            rejected += MaxT.test(rows, ROWS, COLUMNS, 0, RESAMPLES, random).pValue() <= 0.05 ? 1 : 0;
            rejectedByMutant += gaussianMultipliers(rows) <= 0.05 ? 1 : 0;
        }
        assertThat(rejected).isLessThanOrEqualTo(FALSE_ALARMS);
        assertThat(rejectedByMutant).isGreaterThan(FALSE_ALARMS);
    }

    @Test
    void findsOneShiftedColumn() {
        double[] rows = Tables.normal(ROWS * COLUMNS, random);
        for (int i = 7; i < rows.length; i += COLUMNS) {
            rows[i] += 0.5;
        }
        assertThat(MaxT.test(rows, ROWS, COLUMNS, 0, 999, random).pValue()).isEqualTo(0.001);
    }

    @Test
    void columnsThatHardlyVaryAreComparedWithTheTolerance() {
        double[] rows = Tables.normal(2 * ROWS, random);
        for (int i = 1; i < rows.length; i += 2) {
            rows[i] *= 1e-15;
        }
        MaxT alone = MaxT.test(rows, ROWS, 2, 1e-12, RESAMPLES, random);
        assertThat(alone.columns()).isEqualTo(1);
        assertThat(alone.pValue()).isPositive();
        for (int i = 1; i < rows.length; i += 2) {
            rows[i] += 2e-12;
        }
        assertThat(MaxT.test(rows, ROWS, 2, 1e-12, RESAMPLES, random))
                .isEqualTo(new MaxT(Double.POSITIVE_INFINITY, 0, 1));
        assertThat(MaxT.test(new double[4], 2, 2, 0, random)).isEqualTo(new MaxT(0, 1, 0));
    }

    @Test
    void theSeedDecides() {
        double[] rows = Tables.normal(ROWS * 3, random);
        double first = MaxT.test(rows, ROWS, 3, 0, Seeds.of(9).generator()).pValue();
        assertThat(MaxT.test(rows, ROWS, 3, 0, Seeds.of(9).generator()).pValue())
                .isEqualTo(first);
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertThatIllegalArgumentException().isThrownBy(() -> MaxT.test(new double[5], 2, 3, 0, random));
        assertThatIllegalArgumentException().isThrownBy(() -> MaxT.test(new double[3], 1, 3, 0, random));
        assertThatIllegalArgumentException().isThrownBy(() -> MaxT.test(new double[4], 2, 2, -1, random));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaxT.test(new double[] {0, 1, 2, Double.NaN}, 2, 2, 0, random))
                .withMessageContaining("row 1, column 1");
    }

    private static double largest(double[][] rows, double[] centre) {
        double largest = 0;
        for (int j = 0; j < centre.length; j++) {
            double mean = 0;
            double squares = 0;
            for (double[] row : rows) {
                mean += row[j] / rows.length;
            }
            for (double[] row : rows) {
                squares += (row[j] - mean) * (row[j] - mean);
            }
            double error = Math.sqrt(squares / (rows.length - 1) / rows.length);
            largest = Math.max(largest, Math.abs(mean - centre[j]) / Math.max(error, 1e-12));
        }
        return largest;
    }

    private double gaussianMultipliers(double[] rows) {
        Standardised z = Standardised.of(rows, ROWS, COLUMNS, 0);
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        int reached = 0;
        for (int k = 0; k < RESAMPLES; k++) {
            double[] sums = new double[COLUMNS];
            for (int i = 0; i < ROWS; i++) {
                double multiplier = normal.sample();
                for (int j = 0; j < COLUMNS; j++) {
                    sums[j] += multiplier * z.values()[i * COLUMNS + j];
                }
            }
            double largest = 0;
            for (double sum : sums) {
                largest = Math.max(largest, Math.abs(sum) / Math.sqrt(ROWS));
            }
            reached += largest >= z.statistic() ? 1 : 0;
        }
        return (1.0 + reached) / (1.0 + RESAMPLES);
    }
}
