package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bpttbench.experiments.run.CurvePoint;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.junit.jupiter.api.Test;

/** Expected values by hand. */
class StepsToTargetTest {
    /** A run with these values at steps 0, 10, 20 … and a second metric that is always there. */
    private static RunRecord run(double... values) {
        List<CurvePoint> curve = IntStream.range(0, values.length)
                .boxed()
                .flatMap(i ->
                        List.of(new CurvePoint(10L * i, "other", 0), new CurvePoint(10L * i, "x", values[i])).stream())
                .toList();
        return new RunRecord(
                "", "", 0, Map.of(), Outcome.DONE, "", RunRecord.Training.NONE, curve, Map.of(), List.of(), "");
    }

    private static StepsToTarget of(boolean lowerIsBetter, RunRecord... runs) {
        return StepsToTarget.of(Arrays.asList(runs), "x", 5, lowerIsBetter);
    }

    @Test
    void theFirstCheckpointCountsInTheDirectionOfTheMetric() {
        assertThat(of(true, run(9, 6, 5, 9, 1)).median()).hasValue(20);
        assertThat(of(false, run(1, 4, 3, 5, 0)).median()).hasValue(30);
        assertThat(of(true, run(5)).median()).hasValue(0);
    }

    @Test
    void ofAnEvenNumberTheTwoInTheMiddleAreAveraged() {
        StepsToTarget steps = of(true, run(9, 1), run(9, 9, 9, 1), run(9, 9, 9, 9), run(1));
        assertThat(steps.median()).hasValue(20);
        assertThat(steps.censored()).isEqualTo(1);
    }

    @Test
    void aMedianThatFallsOnACensoredRunIsNoNumber() {
        StepsToTarget steps = of(true, run(9, 1), run(9, 9), run(9, 9), run(1));
        assertThat(steps.median()).isEmpty();
        assertThat(steps.censored()).isEqualTo(2);
        assertThat(of(true, run(9, 9)).censored()).isEqualTo(1);
    }
}
