package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a cell passes and where it fails. The limits of the counts are those of scipy.stats.beta.ppf. */
class CheckTest {
    private static final LineSubject SUBJECT = new LineSubject(Tail.LIGHT, 20);

    private static CalibrationCell cell(double bias) {
        return new CalibrationCell(SUBJECT, 200, bias);
    }

    /** A plan of so many cells. */
    private static CalibrationPlan plan(int repetitions, int cells) {
        return new CalibrationPlan(1, repetitions, Collections.nCopies(cells, cell(0)));
    }

    private static CellResult result(int repetitions, int biased, int equivalent, int alarms, int far, int covered) {
        return new CellResult(
                0.1,
                0,
                0.01,
                1000,
                repetitions,
                0,
                biased,
                equivalent,
                0,
                repetitions - biased - equivalent,
                alarms,
                far,
                covered);
    }

    @ParameterizedTest
    @CsvSource({
        // alarms: of 4000, 125 have a lower 99 % bound of 0.02519, 124 of 0.02497
        "1, 0, 0, 0, 124, 0, 3900, PASS, ''",
        "1, 0, 0, 0, 125, 0, 3900, FAIL, alarms",
        "1, 1, 0, 0, 125, 0, 3900, PASS, ''",
        // one of 160 cells at 1 − 0.01/160: 141 have a lower bound of 0.02511, 140 of 0.02490
        "160, 0, 0, 0, 140, 0, 3900, PASS, ''",
        "160, 0, 0, 0, 141, 0, 3900, FAIL, alarms",
        // far alarms: 0.8 % of 4000 is 32
        "1, 0, 0, 0, 100, 32, 3900, PASS, ''",
        "1, 0, 0, 0, 100, 33, 3900, FAIL, far_alarms",
        "1, 2, 0, 0, 4000, 4000, 3900, PASS, ''",
        // biased: 233 have a lower bound of 0.04995, 234 of 0.05018
        "1, 0, 233, 0, 0, 0, 3900, PASS, ''",
        "1, 0, 234, 0, 0, 0, 3900, FAIL, biased",
        // equivalent, only where the bias reaches the margin
        "1, 1, 0, 234, 0, 0, 3900, FAIL, equivalent",
        "1, 2, 0, 234, 0, 0, 3900, FAIL, equivalent",
        "1, 0.5, 0, 234, 0, 0, 3900, PASS, ''",
        "1, 0, 0, 4000, 0, 0, 3900, PASS, ''",
        // coverage: 3758 have a lower bound of 0.9302, 3757 of 0.9299, however many cells there are
        "160, 0.5, 0, 0, 0, 0, 3758, PASS, ''",
        "160, 0.5, 0, 0, 0, 0, 3757, FAIL, coverage",
        "1, 0, 234, 0, 125, 33, 3757, FAIL, biased+alarms+far_alarms+coverage",
    })
    void fullCount(
            int cells,
            double bias,
            int biased,
            int equivalent,
            int alarms,
            int far,
            int covered,
            Check.Outcome outcome,
            String problems) {
        Check check = Check.of(plan(4000, cells), cell(bias), result(4000, biased, equivalent, alarms, far, covered));
        assertThat(check.outcome()).isEqualTo(outcome);
        assertThat(String.join("+", check.problems())).isEqualTo(problems);
    }

    /** What is unpaid is shown, not held against a sequence of looks. */
    @Test
    void looksAreHeldToWhatTheyPay() {
        CalibrationCell looks = new CalibrationCell(SUBJECT, 25_600, 0, 8);
        CellResult unpaid = result(4000, 150, 0, 600, 100, 3900);
        assertThat(Check.of(plan(4000, 1), looks, unpaid).outcome()).isEqualTo(Check.Outcome.PASS);
        CellResult paid = result(4000, 234, 0, 600, 100, 3900);
        assertThat(Check.of(plan(4000, 1), looks, paid).problems()).containsExactly("biased");
    }

    /** Of 100, a coverage of .95 shows nothing; one of .85 refutes. */
    @ParameterizedTest
    @CsvSource({"95, 0, UNSETTLED", "100, 0, PASS", "85, 0, FAIL", "100, 1, PASS", "100, 5, FAIL"})
    void fewRepetitions(int covered, int far, Check.Outcome outcome) {
        assertThat(Check.of(plan(100, 1), cell(0), result(100, 5, 0, 5, far, covered))
                        .outcome())
                .isEqualTo(outcome);
    }

    /** Where the guard stops all rows nothing is promised of tests; what is said in spite of it must hold all the same. */
    @ParameterizedTest
    @CsvSource({"4000, 0, GUARDED", "4000, 233, GUARDED", "4000, 234, FAIL", "3999, 0, FAIL"})
    void guarded(int stopped, int biased, Check.Outcome outcome) {
        CellResult result = new CellResult(0.1, 0, 0.9, 20, 4000, stopped, biased, 0, 4000 - biased, 0, 900, 900, 2000);
        assertThat(Check.of(plan(4000, 1), cell(0), result).outcome()).isEqualTo(outcome);
    }

    /** Of 8000 rows together 18 have a lower 99 % bound of 0.00120, 19 of 0.00129. */
    @ParameterizedTest
    @CsvSource({"9, 9, true", "9, 10, false", "0, 0, true"})
    void allCellsTogether(int one, int other, boolean holds) {
        Map<CalibrationCell, CellResult> results = new LinkedHashMap<>();
        results.put(cell(0), result(4000, 0, 0, 0, one, 3900));
        results.put(new CalibrationCell(SUBJECT, 400, 0), result(4000, 0, 0, 0, other, 3900));
        results.put(cell(1), result(4000, 4000, 0, 4000, 4000, 3900));
        results.put(new CalibrationCell(SUBJECT, 800, 0, 2), result(4000, 0, 0, 0, 4000, 3900));
        results.put(
                new CalibrationCell(SUBJECT, 1000, 0),
                new CellResult(0.1, 0, 0.9, 20, 4000, 4000, 0, 0, 4000, 0, 4000, 4000, 0));
        Pooled pooled = Pooled.of(results);
        assertThat(pooled).isEqualTo(new Pooled(2, 8000, one + other));
        assertThat(pooled.holds()).isEqualTo(holds);
    }
}
