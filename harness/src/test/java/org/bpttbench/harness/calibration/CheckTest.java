package org.bpttbench.harness.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a cell passes and where it fails. The limits of the counts are those of scipy.stats.beta.ppf, at 99 %. */
class CheckTest {
    private static Check check(double bias, int repetitions, int biased, int equivalent, int covered, int projected) {
        return check(bias, repetitions, biased, equivalent, biased, covered, projected);
    }

    private static Check check(
            double bias, int repetitions, int biased, int equivalent, int significant, int covered, int projected) {
        CalibrationCell cell = new CalibrationCell(Tail.LIGHT, 20, 200, bias);
        int draws = repetitions - biased - equivalent;
        return Check.of(
                cell,
                new CellResult(0.1, 0.01, repetitions, biased, equivalent, 0, draws, significant, covered, projected));
    }

    @ParameterizedTest
    @CsvSource({
        // biased: 233 of 4000 has a lower bound of 0.04995, 234 of 0.05018
        "0, 233, 0, 3900, 3900, PASS, ''",
        "0, 234, 0, 3900, 3900, FAIL, biased+significant",
        "1, 234, 0, 3900, 3900, PASS, ''",
        // equivalent, only where the bias reaches the margin
        "1, 0, 234, 3900, 3900, FAIL, equivalent",
        "2, 0, 234, 3900, 3900, FAIL, equivalent",
        "0.5, 0, 234, 3900, 3900, PASS, ''",
        "0, 0, 4000, 3900, 3900, PASS, ''",
        // coverage: 3758 of 4000 has a lower bound of 0.9302, 3757 of 0.9299
        "0.5, 0, 0, 3758, 3900, PASS, ''",
        "0.5, 0, 0, 3757, 3900, FAIL, coverage",
        "0.5, 0, 0, 3900, 3757, FAIL, projection_coverage",
    })
    void fullCount(
            double bias,
            int biased,
            int equivalent,
            int covered,
            int projected,
            Check.Outcome outcome,
            String problem) {
        Check check = check(bias, 4000, biased, equivalent, covered, projected);
        assertThat(check.outcome()).isEqualTo(outcome);
        assertThat(String.join("+", check.problems())).isEqualTo(problem);
    }

    /** Equivalence, which is asked first, must not hide a test that rejects too often. */
    @ParameterizedTest
    @CsvSource({"0, 233, PASS", "0, 234, FAIL", "0.5, 234, PASS"})
    void significant(double bias, int significant, Check.Outcome outcome) {
        Check check = check(bias, 4000, 0, 3000, significant, 3900, 3900);
        assertThat(check.outcome()).isEqualTo(outcome);
        assertThat(check.problems()).isSubsetOf("significant");
    }

    /** Of 100, a coverage of .95 shows nothing; one of .85 refutes. */
    @ParameterizedTest
    @CsvSource({"95, UNSETTLED", "100, PASS", "85, FAIL"})
    void fewRepetitions(int covered, Check.Outcome outcome) {
        assertThat(check(0, 100, 5, 0, covered, 100).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"4000, GUARDED", "3999, FAIL"})
    void guarded(int stopped, Check.Outcome outcome) {
        CalibrationCell cell = new CalibrationCell(Tail.HEAVY, 20, 200, 0);
        CellResult result = new CellResult(0.1, 0.9, 4000, 0, 0, stopped, 4000 - stopped, 900, 2000, 2000);
        assertThat(Check.of(cell, result).outcome()).isEqualTo(outcome);
    }
}
