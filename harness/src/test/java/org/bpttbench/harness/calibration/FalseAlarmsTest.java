package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.experiments.measure.EventSizes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Verdicts where the truth is known: a small piece of {@code bptt calibrate}, and what it finds out about rules that are wrong. Seeds
 * are fixed; for an arbitrary seed, a cell whose rates are just at the limits would fail here in at most 3 % of cases.
 */
class FalseAlarmsTest {
    private static final LineSubject LATE = new LineSubject(Tail.LIGHT, Losses.LAST, Lanes.ONE, 20);
    private static final LineSubject RARE = new LineSubject(Tail.RAREST, Losses.LAST, Lanes.ONE, 20);

    private static CalibrationPlan plan(CalibrationCell cell, int repetitions) {
        return new CalibrationPlan(20170523, repetitions, List.of(cell));
    }

    private static CellResult result(CalibrationCell cell, int repetitions, UnaryOperator<BiasMeasurement> seen) {
        CalibrationPlan plan = plan(cell, repetitions);
        return new CellTrial(plan, cell, cell.subject().prepare(plan.seeds()), seen).run();
    }

    private static Check check(CalibrationCell cell, CellResult result) {
        return Check.of(plan(cell, result.repetitions()), cell, result);
    }

    private static Check.Outcome outcome(CalibrationCell cell, int repetitions) {
        return check(cell, result(cell, repetitions, UnaryOperator.identity())).outcome();
    }

    /** The measurement as it would be if its guard saw events of another kind; without any it asks the draws. */
    private static BiasMeasurement seeing(BiasMeasurement measured, Optional<EventSizes> events) {
        return new BiasMeasurement(
                measured.at(),
                measured.sequences(),
                measured.draws(),
                measured.gradientNorm(),
                measured.termNorms(),
                measured.blocks(),
                measured.sample()
                        .map(sample -> new BiasMeasurement.Sample(
                                sample.projections(), sample.quantiles(), measured.draws(), OptionalDouble.of(0))),
                events,
                measured.walk(),
                measured.others(),
                measured.dataVariance());
    }

    private static BiasMeasurement blind(BiasMeasurement measured) {
        return seeing(measured, Optional.empty());
    }

    /** Every flip counts as many chances as one that falls both ways alike. */
    private static BiasMeasurement blindToRareCuts(BiasMeasurement measured) {
        return seeing(measured, measured.events().map(events -> {
            double[] many = new double[events.flips().length];
            Arrays.fill(many, 1e9);
            return new EventSizes(events.lowest(), events.reached(), many, events.variance(), events.whole());
        }));
    }

    static List<Arguments> cells() {
        return List.of(
                Arguments.of(new LineSubject(Tail.EDGE, 1), 400, 1.0),
                Arguments.of(new LineSubject(Tail.MODERATE, 20), 200, 0.0),
                Arguments.of(new LineSubject(Tail.MODERATE, Losses.LAST_TENTH, Lanes.FOUR, 20), 400, 0.0),
                Arguments.of(LATE, 400, 0.0));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingRefutesTheVerdicts(Subject subject, int draws, double bias) {
        assertThat(outcome(new CalibrationCell(subject, draws, bias), 60))
                .isIn(Check.Outcome.PASS, Check.Outcome.UNSETTLED);
    }

    /** The first mutant: with the guard blind, a heavy tail makes nearly all rows without bias look biased. */
    @Test
    void heavyTailsNeedTheGuard() {
        CalibrationCell cell = new CalibrationCell(new LineSubject(Tail.HEAVY, 20), 200, 0);
        CellResult guarded = result(cell, 2, UnaryOperator.identity());
        assertThat(check(cell, guarded).outcome()).isEqualTo(Check.Outcome.GUARDED);
        assertThat(guarded.unseenVariance()).isGreaterThan(0.5);

        CellResult blind = result(cell, 400, FalseAlarmsTest::blind);
        assertThat(check(cell, blind).outcome()).isEqualTo(Check.Outcome.FAIL);
        assertThat(check(cell, blind).problems()).contains("alarms", "coverage");
        assertThat(blind.tail()).isZero();
    }

    /** The second: a guard that asks how many segments get to a link, and not how many are cut there. */
    @Test
    void rareCutsNeedTheGuard() {
        CalibrationCell cell = new CalibrationCell(RARE, 200, 0);
        CellResult guarded = result(cell, 2, UnaryOperator.identity());
        assertThat(check(cell, guarded).outcome()).isEqualTo(Check.Outcome.GUARDED);
        assertThat(guarded.unseenVariance()).isLessThan(0.2);

        CellResult blind = result(cell, 400, FalseAlarmsTest::blindToRareCuts);
        // Rows without a cut have no spread and no test; the guard holds none back.
        assertThat(blind.tail()).isZero();
        assertThat(check(cell, blind).problems()).contains("alarms", "far_alarms");
    }

    /** The third: a test by directions. With the loss at the end most rows without bias are significant to it. */
    @Test
    void aTestByDirectionsIsFoundOut() {
        CalibrationCell cell = new CalibrationCell(LATE, 400, 0);
        CalibrationPlan plan = plan(cell, 60);
        RowSource rows = LATE.prepare(plan.seeds()).open(cell.draws());
        int alarms = 0;
        for (int i = 0; i < plan.repetitions(); i++) {
            Seeds seeds = cell.repetitions(plan.seeds()).at(i);
            alarms += JointTest.pValue(rows.measure(0, seeds), seeds) < 0.05 ? 1 : 0;
        }
        CellResult sound = result(cell, plan.repetitions(), UnaryOperator.identity());
        CellResult mutant = new CellResult(
                sound.margin(),
                0,
                sound.unseenVariance(),
                sound.effectiveFlips(),
                sound.repetitions(),
                0,
                alarms,
                0,
                0,
                sound.repetitions() - alarms,
                alarms,
                0,
                sound.covered());
        assertThat(alarms).isGreaterThan(20);
        assertThat(check(cell, mutant).problems()).containsExactly("biased", "alarms");
        assertThat(check(cell, sound).problems()).doesNotContain("biased", "alarms");
    }

    /** At the first look of each row as without further ones: what is paid later does not make up for it. */
    @Test
    void looksArePaidFor() {
        LineSubject subject = new LineSubject(Tail.LIGHT, 1);
        CellResult once = result(new CalibrationCell(subject, 200, 0), 200, UnaryOperator.identity());
        CellResult often = result(new CalibrationCell(subject, 800, 0, 3), 200, UnaryOperator.identity());
        assertThat(often.guarded()).isZero();
        assertThat(often.biased()).isLessThanOrEqualTo(often.alarms());
        assertThat(often.alarms()).isGreaterThan(once.alarms());
        assertThat(often.equivalent()).isZero();
    }

    /** The looks of a row are nested: the batches of the first are the first draws of the second. */
    @Test
    void laterLooksSeeTheSameDrawsAndMore() {
        DrivenLine line = DrivenLine.of(LATE, Seeds.of(1));
        BlockMoments first =
                new SyntheticDraws(line, 200).measure(0, Seeds.of(5)).blocks().get(0);
        BlockMoments second =
                new SyntheticDraws(line, 400).measure(0, Seeds.of(5)).blocks().get(0);
        for (int m = 0; m < 100; m++) {
            double mean = (first.inner()[2 * m] + first.inner()[2 * m + 1]) / 2;
            assertThat(second.inner()[m]).isCloseTo(mean, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("many")
    @Tag("long")
    void nothingRefutesTheVerdictsOfManyRows(Subject subject, int draws, double bias) {
        assertThat(outcome(new CalibrationCell(subject, draws, bias), 600))
                .isIn(Check.Outcome.PASS, Check.Outcome.UNSETTLED);
    }

    static List<Arguments> many() {
        return List.of(
                Arguments.of(new LineSubject(Tail.EDGE, 1), 200, 0.0),
                Arguments.of(new LineSubject(Tail.EDGE, 20), 200, 1.0),
                Arguments.of(new LineSubject(Tail.EDGE, 500), 200, 0.0),
                Arguments.of(new LineSubject(Tail.EDGE, 500), 1000, 1.0),
                Arguments.of(new LineSubject(Tail.MODERATE, Losses.LAST, Lanes.ONE_OF_SIXTEEN, 20), 1000, 0.0),
                Arguments.of(LATE, 1000, 0.0));
    }
}
