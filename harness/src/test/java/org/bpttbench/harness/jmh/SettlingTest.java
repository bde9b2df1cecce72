package org.bpttbench.harness.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {
    private final Settling settling = new Settling();

    /** Looks until it has settled, at most a hundred times. */
    private int looks(double cost, long compiled) {
        int looks = 1;
        while (!settling.look(cost, compiled) && looks < 100) {
            looks++;
        }
        return looks;
    }

    @Test
    void whatStaysAsItIsHasSettledAfterTenLooks() {
        assertThat(looks(100, 0)).isEqualTo(11); // the first is faster than none
    }

    @Test
    void whatBecomesFasterHasNot() {
        double cost = 100;
        for (int i = 0; i < 50; i++) {
            assertThat(settling.look(cost, 0)).isFalse();
            cost *= i % 9 == 0 ? 0.9 : 1.0;
        }
        assertThat(looks(cost, 0)).isGreaterThan(4).isLessThan(12);
    }

    @Test
    void noiseThatBeatsTheBestByLittleDoesNotDelay() {
        double[] costs = {100, 99, 101, 98, 110, 99, 100, 97.5, 130, 99};
        for (double cost : costs) {
            assertThat(settling.look(cost, 0)).isFalse();
        }
        assertThat(looks(99, 0)).isOne();
    }

    @Test
    void whatIsBeingCompiledHasNot() {
        long compiled = 0;
        for (int i = 0; i < 50; i++) {
            assertThat(settling.look(100, compiled)).isFalse();
            compiled += 5; // 25 ms in five looks
        }
        assertThat(looks(100, compiled)).isGreaterThan(4).isLessThan(12);
    }
}
