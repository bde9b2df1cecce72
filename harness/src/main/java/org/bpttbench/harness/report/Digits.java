package org.bpttbench.harness.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.bpttbench.harness.inference.Interval;

/** Numbers for reading: a few significant digits. */
public final class Digits {
    static final String NONE = "-";

    private static final String INFINITE = "∞";

    /** Of relative figures. */
    public static final int FEW = 3;

    /** Of metrics, where the third digit is often where arms differ. */
    public static final int METRIC = 4;

    private static final double SMALLEST_PLAIN = 1e-3;
    private static final double LARGEST_PLAIN = 1e6;

    private Digits() {}

    public static String of(OptionalDouble value, int significant) {
        return value.isPresent() ? of(value.getAsDouble(), significant) : NONE;
    }

    /** {@code low to high}. */
    public static String interval(Interval interval, int significant) {
        return of(interval.low(), significant) + " to " + of(interval.high(), significant);
    }

    /** A limit that is infinite, as of an interval that takes in diverged runs, is told; no number at all is {@link #NONE}. */
    public static String of(double value, int significant) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? NONE : value > 0 ? INFINITE : '-' + INFINITE;
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
            return String.format(Locale.ROOT, "%." + (significant - 1) + "e", value)
                    .replaceFirst("e([+-])0*(?=[0-9])", "e$1")
                    .replace("e+", "e");
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(significant, RoundingMode.HALF_EVEN));
        int decimals = significant - rounded.precision() + rounded.scale();
        return new BigDecimal(value)
                .setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
