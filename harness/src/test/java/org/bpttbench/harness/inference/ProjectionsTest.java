package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;

/** Random projections and the test that reads them. */
class ProjectionsTest {
    private static final double STANDARD_ERRORS = 4.9;

    private final UniformRandomProvider random = Seeds.of(1).at("projections").generator();

    /** Columns are N(0, gram): second moments within their standard error, √((g_ii·g_jj + g_ij²)/k). */
    @Test
    void projectionsHaveTheGramMatrixAsCovariance() {
        int k = 20_000;
        double[] rows = {1, 2, 0, -1, 0.5, 0.5, 3, 0, 1, 2, 2, -2};
        double[] triangle = Tables.triangle(rows, 4, 3);
        double[] second = Tables.triangle(RandomProjections.of(4, triangle, k, random), 4, k);
        int[] diagonal = {0, 4, 7, 9};
        int at = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = i; j < 4; j++, at++) {
                double spread = triangle[diagonal[i]] * triangle[diagonal[j]] + triangle[at] * triangle[at];
                assertThat(second[at] / k).isEqualTo(triangle[at], within(STANDARD_ERRORS * Math.sqrt(spread / k)));
            }
        }
    }

    /** The projection is linear: what holds between the vectors holds between their projections, in every one. */
    @Test
    void projectionsKeepLinearRelations() {
        double[] rows = {1, 2, 0, -1, 0, 3, -1, 2, 6};
        double[] projected = RandomProjections.of(3, Tables.triangle(rows, 3, 3), 50, random);
        for (int p = 0; p < 50; p++) {
            assertThat(projected[100 + p]).isEqualTo(projected[p] + 2 * projected[50 + p], within(1e-12));
        }
        assertThat(projected[0]).isNotEqualTo(projected[1]);
    }

    @Test
    void refusesWhatCannotBeInnerProducts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomProjections.of(2, new double[] {1, 2, 1}, 3, random))
                .withMessageContaining("semidefinite");
    }

    /** Twenty normal rows and three columns, of very different size. */
    private double[] sample(double shift) {
        double[] rows = Tables.normal(60, random);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (rows[i] + shift) * (i % 3 == 0 ? 1e-6 : 1);
        }
        return rows;
    }

    @Test
    void hotellingDoesNotSeeTheBasis() {
        double[] rows = sample(0.3);
        double[] turned = new double[60];
        for (int i = 0; i < 60; i += 3) {
            turned[i] = 1e6 * rows[i] + rows[i + 1];
            turned[i + 1] = 5 * rows[i + 1] - 3 * rows[i + 2];
            turned[i + 2] = rows[i + 2];
        }
        Hotelling one = Hotelling.test(rows, 20, 3, 0);
        Hotelling other = Hotelling.test(turned, 20, 3, 0);
        assertThat(other.statistic() / one.statistic()).isEqualTo(1, within(1e-9));
        assertThat(other.pValue()).isEqualTo(one.pValue(), within(1e-12));
    }

    @Test
    void hotellingLeavesOutDirectionsWithoutSpread() {
        double[] rows = sample(0.3);
        double[] repeated = new double[80];
        for (int i = 0; i < 20; i++) {
            System.arraycopy(rows, 3 * i, repeated, 4 * i, 3);
            repeated[4 * i + 3] = rows[3 * i + 1] - 2 * rows[3 * i + 2];
        }
        Hotelling expected = Hotelling.test(rows, 20, 3, 0);
        Hotelling actual = Hotelling.test(repeated, 20, 4, 0);
        assertThat(actual.degrees()).isEqualTo(3);
        assertThat(actual.pValue()).isEqualTo(expected.pValue(), within(1e-10));
        for (int i = 3; i < 80; i += 4) {
            repeated[i] += 0.01;
        }
        assertThat(Hotelling.test(repeated, 20, 4, 0).pValue()).isZero();
        assertThat(Hotelling.test(new double[6], 3, 2, 0)).isEqualTo(new Hotelling(0, 0, 1));
    }

    /** Rejections of a true hypothesis are binomial(1000, 0.05): outside the bounds once in 10⁵ times. */
    @Test
    void hotellingIsExactForNormalRows() {
        int rejected = 0;
        for (int r = 0; r < 1000; r++) {
            rejected += Hotelling.test(sample(0), 20, 3, 0).pValue() <= 0.05 ? 1 : 0;
        }
        assertThat(rejected).isBetween(17, 84);
        assertThatIllegalArgumentException().isThrownBy(() -> Hotelling.test(new double[9], 3, 3, 0));
    }
}
