package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    /** The last column is the shortest decimal as JDK 19 and Python's repr find it, in Java's notation. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-16, -16.0",
        "0.1, 0.1",
        "0.001, 0.001",
        "9.999e-4, 9.999E-4",
        "3e-4, 3.0E-4",
        "9999999, 9999999.0",
        "1e7, 1.0E7",
        "12345678, 1.2345678E7",
        "123456.789, 123456.789",
        "2e-3, 0.002",
        "1e23, 1.0E23",
        "8.41e21, 8.41E21",
        "2e23, 2.0E23",
        "2.2250738585072014e-308, 2.2250738585072014E-308",
        "4.9e-324, 4.9E-324",
        "1.7976931348623157e308, 1.7976931348623157E308",
        "9007199254740993, 9.007199254740992E15",
        "5.684341886080802e-14, 5.684341886080802E-14",
        "1.0e-5, 1.0E-5",
        "0.30000000000000004, 0.30000000000000004"
    })
    void shortestForms(double value, String expected) {
        assertThat(Decimals.shortest(value)).isEqualTo(expected);
    }

    @Test
    void everyFormReadsBackAndNoShorterOneWould() {
        SplittableRandom random = new SplittableRandom(20_170_508);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && value != 0) {
                check(value);
            }
        }
    }

    /** Powers of two, whose neighbours below are nearer than those above, are where rounding goes wrong. */
    @Test
    void powersOfTwo() {
        for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
            check(Math.scalb(1.0, exponent));
        }
    }

    private static void check(double value) {
        String text = Decimals.shortest(value);
        assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
        BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
        if (decimal.precision() > 2) {
            // its neighbours on the grid of decimals one digit shorter
            BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(1 - decimal.scale());
            BigDecimal below = decimal.subtract(decimal.remainder(step));
            BigDecimal beyond = below.add(step.multiply(BigDecimal.valueOf(decimal.signum())));
            assertThat(below.doubleValue()).as(text).isNotEqualTo(value);
            assertThat(beyond.doubleValue()).as(text).isNotEqualTo(value);
        }
    }
}
