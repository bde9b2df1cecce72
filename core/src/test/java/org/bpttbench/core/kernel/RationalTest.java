package org.bpttbench.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;

/** Against {@code StrictMath}, whose tanh is within 2.5 ulp of the true value. */
class RationalTest {
    private static final double ULPS = 8;
    private static final double SIGMOID_ERROR = 4e-16;

    /** A dense grid, every order of magnitude down to the subnormal numbers, arbitrary bits and the edges. */
    private static double[] arguments() {
        UniformRandomProvider random = Seeds.of(1).at("tanh").generator();
        DoubleStream grid = IntStream.rangeClosed(-250_000, 250_000).mapToDouble(i -> i * 1e-4);
        DoubleStream magnitudes = random.doubles(200_000).map(u -> Math.scalb(1 + u, -(int) (1074 * u)));
        DoubleStream anything = random.longs(500_000).mapToDouble(Double::longBitsToDouble);
        DoubleStream edges = DoubleStream.of(
                0,
                Double.MIN_VALUE,
                3 * Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Math.nextDown(Double.MIN_NORMAL),
                19.0615,
                20,
                Math.nextUp(20.0),
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
        return Stream.of(grid, magnitudes, anything, edges)
                .flatMapToDouble(part -> part)
                .filter(x -> !Double.isNaN(x))
                .toArray();
    }

    @Test
    void tanhIsWithinEightUnitsInTheLastPlace() {
        double worst = 0;
        double at = 0;
        for (double x : arguments()) {
            double exact = StrictMath.tanh(x);
            double error = Math.abs(Rational.tanh(x) - exact) / Math.ulp(exact);
            if (!(error <= worst)) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("worst, at %s", at).isLessThanOrEqualTo(ULPS);
    }

    @Test
    void tanhIsOddToTheBitAndNeverAboveOne() {
        for (double x : arguments()) {
            double y = Rational.tanh(x);
            if (Double.doubleToRawLongBits(Rational.tanh(-x)) != Double.doubleToRawLongBits(-y) || Math.abs(y) > 1) {
                assertThat(y)
                        .as("tanh(%s), and of the negative %s", x, Rational.tanh(-x))
                        .isNaN();
            }
        }
    }

    @Test
    void sigmoidErrsByLittleAbsolutely() {
        double worst = 0;
        double at = 0;
        for (double x : arguments()) {
            double y = Rational.sigmoid(x);
            double error = y < 0 || y > 1 ? Double.NaN : Math.abs(y - 1 / (1 + StrictMath.exp(-x)));
            if (!(error <= worst)) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("worst, at %s", at).isLessThanOrEqualTo(SIGMOID_ERROR);
    }

    @Test
    void limitsSignsAndNotANumber() {
        assertThat(Rational.tanh(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Rational.tanh(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(1 / Rational.tanh(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(1 / Rational.tanh(0.0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Rational.tanh(Double.NaN)).isNaN();
        assertThat(Rational.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Rational.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Rational.sigmoid(0)).isEqualTo(0.5);
        assertThat(Rational.sigmoid(Double.NaN)).isNaN();
    }

    @Test
    void loopsGiveTheBitsOfSingleValues() {
        double[] x = arguments();
        int count = 30_000; // long enough for the loops to run compiled
        double[] y = new double[count + 7];
        for (int start = 0; start + count < x.length; start += count) {
            PlainKernels.INSTANCE.tanh(x, start, y, 3, count);
            for (int i = 0; i < count; i++) {
                assertSame(y[3 + i], Rational.tanh(x[start + i]));
            }
            double[] inPlace = x.clone();
            PlainKernels.INSTANCE.sigmoid(inPlace, start, inPlace, start, count);
            for (int i = start; i < start + count; i++) {
                assertSame(inPlace[i], Rational.sigmoid(x[i]));
            }
            assertSame(inPlace[start + count], x[start + count]);
        }
        assertThat(y).startsWith(0, 0, 0).endsWith(0, 0, 0, 0);
    }

    private static void assertSame(double actual, double expected) {
        if (Double.doubleToLongBits(actual) != Double.doubleToLongBits(expected)) {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
