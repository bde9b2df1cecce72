package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Expected values by hand. */
class FinalValuesTest {
    @Test
    void withoutDivergenceTheUsualFigures() {
        FinalValues values = FinalValues.of(List.of(9.0, 1.0, 2.0, 3.0, 4.0, 50.0, 6.0, 7.0), 0, true);
        assertThat(values.mean()).hasValue(82.0 / 8);
        assertThat(values.median()).hasValue(5.0);
        // 3, 4, 6, 7: the two best and the two worst are left out
        assertThat(values.interquartileMean()).hasValue(5.0);
    }

    @Test
    void aDivergedRunRanksWorstWhicheverWayIsBetter() {
        FinalValues losses = FinalValues.of(List.of(3.0, 1.0, 2.0), 1, true);
        FinalValues scores = FinalValues.of(List.of(3.0, 1.0, 2.0), 1, false);
        assertThat(losses.mean()).hasValue(2.0);
        assertThat(scores.mean()).hasValue(2.0);
        assertThat(losses.median()).hasValue(2.5);
        assertThat(scores.median()).hasValue(1.5);
        assertThat(losses.interquartileMean()).hasValue(2.5);
        assertThat(scores.interquartileMean()).hasValue(1.5);
    }

    @Test
    void aMedianThatFallsOnADivergedRunIsNoNumber() {
        assertThat(FinalValues.of(List.of(1.0, 2.0), 2, true).median()).isEmpty();
        assertThat(FinalValues.of(List.of(1.0, 2.0), 1, true).median()).hasValue(2.0);
        assertThat(FinalValues.of(List.of(1.0, 2.0), 1, true).interquartileMean())
                .isEmpty();
        assertThat(FinalValues.of(List.of(1.0, 2.0), 2, true).mean()).hasValue(1.5);
    }

    @Test
    void nothingHasNoFigures() {
        FinalValues none = FinalValues.of(List.of(), 3, true);
        assertThat(List.of(none.mean(), none.median(), none.interquartileMean()))
                .containsOnly(OptionalDouble.empty());
    }
}
