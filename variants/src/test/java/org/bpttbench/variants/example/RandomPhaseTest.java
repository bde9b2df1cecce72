package org.bpttbench.variants.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bpttbench.core.gradient.CreditMatrix;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.EveryPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's example does what its comment says. */
class RandomPhaseTest {
    private static final int STEPS = 9;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9, 20})
    void meanCreditFallsInAStraightLine(int length) {
        double[][] mean = new double[STEPS][STEPS];
        EveryPattern coin = new EveryPattern();
        do {
            double[][] credit = CreditMatrix.of(new RandomPhase(length), STEPS, coin);
            for (int t = 0; t < STEPS; t++) {
                Vectors.add(coin.probability(), credit[t], mean[t]);
            }
        } while (coin.next());
        for (int t = 0; t < STEPS; t++) {
            for (int s = t; s < STEPS; s++) {
                double expected = Math.max(0.0, 1.0 - (s - t) / (double) length);
                assertThat(mean[t][s]).as("W[%d,%d]", t, s).isCloseTo(expected, within(1e-13));
            }
        }
    }

    /** Each draw has its own phase, in all of its lanes. */
    @Test
    void drawsDoNotMix() {
        RandomPhase phases = new RandomPhase(3);
        Coin atOnce = probability -> true;
        Coin never = probability -> false;
        double[][] first = CreditMatrix.of(phases, STEPS, atOnce);
        double[][] last = CreditMatrix.of(phases, STEPS, never);
        double[][][] together = CreditMatrix.of(phases, STEPS, 2, List.of(atOnce, never));
        assertThat(first).isNotEqualTo(last);
        assertThat(together).isEqualTo(new double[][][] {first, first, last, last});
    }
}
