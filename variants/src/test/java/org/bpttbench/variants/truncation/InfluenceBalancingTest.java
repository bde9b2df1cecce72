package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bpttbench.core.cell.LinearSystem;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.head.CoordinateHead;
import org.bpttbench.core.head.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The system on which truncation takes the gradient's sign away: short-term influences are positive, their sum is not. */
class InfluenceBalancingTest {
    private static final int UNITS = 23;
    private static final int POSITIVE = 10;

    private static GradientLab lab(Masks masks, int steps) {
        double[][] system = new double[UNITS][UNITS];
        double[] drive = new double[UNITS];
        for (int i = 0; i < UNITS; i++) {
            system[i][i] = 0.5;
            if (i + 1 < UNITS) {
                system[i][i + 1] = 0.5;
            }
            drive[i] = i < POSITIVE ? 1.0 : -1.0;
        }
        Model model = new Model(new LinearSystem(system, drive), new CoordinateHead(UNITS, 0, Loss.LINEAR));
        return GradientLab.of("influence balancing", model, false, masks, 1, steps);
    }

    private static double perStep(int length) {
        List<double[]> emissions = lab(Masks.ALL, 2 * length).emissions(new Tbptt(length, 0), p -> false);
        assertThat(emissions).hasSize(2);
        // A window's gradient does not depend on where the state comes from: the system is linear.
        assertThat(emissions.get(1)).isEqualTo(emissions.get(0));
        return emissions.get(0)[0] / length;
    }

    private static double atTheEnd(int length) {
        return lab(Masks.LAST_STEP, length).estimate(new Tbptt(length, 0), p -> false)[0];
    }

    @ParameterizedTest
    @CsvFileSource(resources = "influence-balancing.csv", useHeadersInDisplayName = true)
    void truncatedGradientIsTheExactOne(int length, double atTheEnd, double atEveryStep) {
        assertThat(perStep(length)).isCloseTo(atEveryStep, within(1e-12));
        assertThat(atTheEnd(length)).isCloseTo(atTheEnd, within(1e-12));
    }

    @Test
    void signTurnsAt110WithALossAtEveryStepAndAt41WithOneAtTheEnd() {
        for (int length = 1; length <= 200; length++) {
            assertThat(Math.signum(perStep(length))).as("length %d", length).isEqualTo(length < 110 ? 1.0 : -1.0);
            assertThat(Math.signum(atTheEnd(length))).as("length %d", length).isEqualTo(length < 41 ? 1.0 : -1.0);
        }
    }

    /** Which the loss of the task shares: its error has one sign while the state is below its target. */
    @Test
    void lookbackHelpsBeforeLengthDoes() {
        double[] signs = Arrays.stream(new int[] {0, 20, 60, 100})
                .mapToDouble(
                        lookback -> Math.signum(lab(Masks.ALL, 400).estimate(new Tbptt(10, lookback), p -> false)[0]))
                .toArray();
        assertThat(signs).containsExactly(1.0, 1.0, -1.0, -1.0);
    }
}
