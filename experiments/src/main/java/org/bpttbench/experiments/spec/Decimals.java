package org.bpttbench.experiments.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The shortest decimal that reads back as the same number, in the form of {@link Double#toString(double)}. That method
 * itself gives it from JDK 19 on; before, it sometimes has a digit too many ({@code 8.41E21} comes out as
 * {@code 8.409999999999999E21}), and an id must not depend on the JDK.
 */
final class Decimals {
    private Decimals() {}

    static String shortest(double value) {
        String usual = Double.toString(value);
        // no two decimals of up to 15 digits read as one number, unless it is subnormal
        boolean onlyOne = digitsOf(usual) <= 15 && Math.abs(value) >= Double.MIN_NORMAL;
        if (value == 0 || !Double.isFinite(value) || onlyOne) {
            return usual;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal best = null;
        // a decimal that fits can be padded with zeros, so the first size that none fits ends the search
        for (int digits = digitsOf(usual); digits >= 2; digits--) {
            BigDecimal shorter = closest(exact, digits, value);
            if (shorter == null) {
                break;
            }
            best = shorter;
        }
        return best == null ? usual : formed(best);
    }

    /** At least 2, as the form always has a digit behind the point. */
    private static int digitsOf(String number) {
        int end = number.indexOf('E') < 0 ? number.length() : number.indexOf('E');
        int first = 0;
        while (first < end && (number.charAt(first) < '1' || number.charAt(first) > '9')) {
            first++;
        }
        int digits = 0;
        for (int i = first; i < end; i++) {
            digits += number.charAt(i) == '.' ? 0 : 1;
        }
        return Math.max(2, digits);
    }

    /** Of the decimals with so many digits that read as {@code value}, the one nearest to it. */
    private static @Nullable BigDecimal closest(BigDecimal exact, int digits, double value) {
        BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
        BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
        boolean downFits = down.doubleValue() == value;
        boolean upFits = up.doubleValue() == value;
        if (downFits && upFits) {
            int nearer = exact.subtract(down).abs().compareTo(up.subtract(exact).abs());
            return nearer <= 0 ? down : up;
        }
        return downFits ? down : upFits ? up : null;
    }

    private static String formed(BigDecimal decimal) {
        BigDecimal plain = decimal.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (exponent >= -3 && exponent < 7) {
            return plain.setScale(Math.max(1, plain.scale()), RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        BigDecimal mantissa = plain.movePointLeft(exponent);
        return mantissa.setScale(Math.max(1, mantissa.scale()), RoundingMode.UNNECESSARY)
                        .toPlainString()
                + 'E'
                + exponent;
    }
}
