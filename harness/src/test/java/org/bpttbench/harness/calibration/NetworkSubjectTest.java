package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.harness.stats.BiasEstimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a network's bias before it is drawn is what its draws show. */
class NetworkSubjectTest {
    /** Every cell and every task is among them, but not each cell with each. */
    private static final Set<String> SOME = Set.of(
            "tanh, adding, artbp",
            "tanh, copy, uncompensated",
            "gru, temporal-order, uncompensated",
            "lstm, copy, artbp",
            "lstm, adding, uncompensated",
            "lstm, char-lm, artbp");

    static Stream<NetworkSubject> some() {
        return NetworkSubject.all().stream().filter(subject -> SOME.contains(subject.words()));
    }

    @Test
    void everyCellMeetsEveryTaskWithAndWithoutCompensation() {
        assertThat(NetworkSubject.all().stream().map(NetworkSubject::words))
                .hasSize(24)
                .doesNotHaveDuplicates()
                .containsAll(SOME);
    }

    /** Within five of its standard errors, √(tr Var/N); the control's bias is more than five of them away from 0. */
    @ParameterizedTest
    @MethodSource("some")
    void drawsHaveTheBiasThatIsSaid(NetworkSubject subject) {
        int draws = 400;
        Subject.Prepared prepared = subject.prepare(Seeds.of(1));
        double truth = prepared.ownBias().orElseThrow();
        BiasMeasurement measured = prepared.open(draws).measure(0, Seeds.of(2));
        BiasEstimate estimate = BiasEstimate.of(List.of(measured)).orElseThrow();
        double error = Math.sqrt(estimate.relativeVariance() / draws);
        assertThat(estimate.relativeBias()).isEqualTo(truth, within(5 * error));
        if (subject.compensated()) {
            assertThat(truth).isZero();
        } else {
            assertThat(truth).isGreaterThan(5 * error);
        }
    }

    @Test
    void chanceIsThatOfTheSeedsAlone() {
        NetworkSubject subject = NetworkSubject.all().get(0);
        RowSource rows = subject.prepare(Seeds.of(1)).open(200);
        double[] first = rows.measure(0, Seeds.of(2)).blocks().get(0).inner();
        assertThat(rows.measure(0, Seeds.of(3)).blocks().get(0).inner()).isNotEqualTo(first);
        assertThat(subject.prepare(Seeds.of(9))
                        .open(200)
                        .measure(0, Seeds.of(2))
                        .blocks()
                        .get(0)
                        .inner())
                .isEqualTo(first);
        assertThatIllegalArgumentException().isThrownBy(() -> rows.measure(0.1, Seeds.of(2)));
    }
}
