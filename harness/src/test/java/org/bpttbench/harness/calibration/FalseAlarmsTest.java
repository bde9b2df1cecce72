package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Verdicts where the truth is known: a small piece of {@code bptt calibrate}. Seeds are fixed; for an arbitrary seed, a
 * cell whose rates are just at the limits would fail here in at most 3 % of cases, three one-sided bounds at 99 %.
 */
class FalseAlarmsTest {
    private static CellResult result(CalibrationCell cell, int repetitions, UnaryOperator<BiasMeasurement> seen) {
        CalibrationPlan plan = new CalibrationPlan(20170523, repetitions, 199, List.of(cell));
        DrivenLine line = DrivenLine.of(cell.tail(), cell.parameters(), cell.inputs(plan.seeds()));
        return new CellTrial(plan, cell, line, seen).run();
    }

    private static Check.Outcome outcome(CalibrationCell cell, int repetitions) {
        return Check.of(cell, result(cell, repetitions, UnaryOperator.identity()))
                .outcome();
    }

    private static BiasMeasurement withoutAges(BiasMeasurement measured) {
        return new BiasMeasurement(
                measured.at(),
                measured.sequences(),
                measured.draws(),
                measured.gradientNorm(),
                measured.termNorms(),
                measured.blocks(),
                measured.sample(),
                Optional.empty(),
                measured.walk(),
                measured.others(),
                measured.dataVariance());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20, 0"})
    void nothingRefutesTheVerdicts(int parameters, double bias) {
        assertThat(outcome(new CalibrationCell(Tail.EDGE, parameters, 200, bias), 60))
                .isIn(Check.Outcome.PASS, Check.Outcome.UNSETTLED);
    }

    /** The mutant: with the guard blind, a heavy tail makes nearly all rows without bias look biased. */
    @Test
    void heavyTailsNeedTheGuard() {
        CalibrationCell cell = new CalibrationCell(Tail.HEAVY, 20, 200, 0);
        CellResult guarded = result(cell, 2, UnaryOperator.identity());
        assertThat(Check.of(cell, guarded).outcome()).isEqualTo(Check.Outcome.GUARDED);
        assertThat(guarded.unseenVariance()).isGreaterThan(0.5);

        CellResult blind = result(cell, 60, FalseAlarmsTest::withoutAges);
        assertThat(Check.of(cell, blind).outcome()).isEqualTo(Check.Outcome.FAIL);
        assertThat(Check.of(cell, blind).problems()).contains("significant", "coverage");
        assertThat(blind.tail()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 200, 0", "20, 200, 1", "20, 2000, 0", "500, 200, 0", "500, 2000, 1"})
    @Tag("long")
    void nothingRefutesTheVerdictsOfManyRows(int parameters, int draws, double bias) {
        assertThat(outcome(new CalibrationCell(Tail.EDGE, parameters, draws, bias), 600))
                .isIn(Check.Outcome.PASS, Check.Outcome.UNSETTLED);
    }
}
