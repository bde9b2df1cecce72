package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpttbench.experiments.measure.EventSizes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailGuardTest {
    private static boolean fires(double first, double second, long draws) {
        EventSizes events =
                new EventSizes(0, new double[] {1, 1}, new double[] {1, 1}, new double[] {first, second}, true);
        return TailGuard.known(List.of(events), List.of(draws)).fires();
    }

    /** Both octaves are reached by every draw: 40 are too few flips, 200 are enough. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 40, true",
        "1, 1, 200, false",
        "NaN, 1, 200, true",
        "1, NaN, 200, true",
        "Infinity, 1, 200, true",
        "1, Infinity, 200, true",
        "0, 0, 40, false"
    })
    void aVarianceBeyondTheRangeOfNumbersHasATail(double first, double second, long draws, boolean fires) {
        assertThat(fires(first, second, draws)).isEqualTo(fires);
    }
}
