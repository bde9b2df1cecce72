package org.bpttbench.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FmaPeakTest {
    /** A round takes each of the chains 0 to 11 halfway to 2. */
    @Test
    void doesTheArithmeticItCounts() {
        assertThat(FmaPeak.run(0)).isEqualTo(66);
        assertThat(FmaPeak.run(1)).isEqualTo(33 + 12);
        assertThat(FmaPeak.run(2)).isEqualTo(22.5 + 12);
        assertThat(FmaPeak.operations(3)).isEqualTo(3L * 12 * 2 * Lanes.LENGTH);
    }
}
