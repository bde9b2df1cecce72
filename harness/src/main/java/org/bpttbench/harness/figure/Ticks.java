package org.bpttbench.harness.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis, and how they are written. */
final class Ticks {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final int MOST = 7;
    private static final double[] STEPS = {1, 2, 5, 10};

    private Ticks() {}

    /** Multiples of 1, 2 or 5 times a power of ten between the two, about as many as wanted. */
    static List<Double> linear(double low, double high, int wanted) {
        double rough = (high - low) / Math.max(1, wanted);
        int power = exponent(rough);
        int factor = 0;
        while (scaled(STEPS[factor], power) < rough * (1 - 1e-9)) {
            factor++;
        }
        BigDecimal step = BigDecimal.valueOf((long) STEPS[factor]).scaleByPowerOfTen(power);
        List<Double> ticks = new ArrayList<>();
        long first = (long) Math.ceil(low / step.doubleValue() - 1e-9);
        long last = (long) Math.floor(high / step.doubleValue() + 1e-9);
        for (long i = first; i <= last; i++) {
            ticks.add(step.multiply(BigDecimal.valueOf(i)).doubleValue());
        }
        return ticks;
    }

    /** 1, 2, 5, 10 … where that is few, else powers of ten, every one or every so many. */
    static List<Double> logarithmic(double low, double high) {
        int from = exponent(low);
        int to = exponent(high) + 1;
        List<Double> all = new ArrayList<>();
        for (int power = from; power <= to; power++) {
            for (int factor = 0; factor < 3; factor++) {
                all.add(scaled(STEPS[factor], power));
            }
        }
        List<Double> fine = within(all, low, high);
        if (fine.size() <= MOST) {
            return fine;
        }
        int stride = 1;
        while ((to - from) / stride > MOST - 1) {
            stride++;
        }
        List<Double> coarse = new ArrayList<>();
        for (int power = from; power <= to; power++) {
            if (Math.floorMod(power, stride) == 0) {
                coarse.add(scaled(1, power));
            }
        }
        return within(coarse, low, high);
    }

    private static List<Double> within(List<Double> ticks, double low, double high) {
        return ticks.stream()
                .filter(tick -> tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                .toList();
    }

    private static int exponent(double positive) {
        return new BigDecimal(positive).round(new MathContext(12)).precision()
                - new BigDecimal(positive).round(new MathContext(12)).scale()
                - 1;
    }

    private static double scaled(double factor, int power) {
        return BigDecimal.valueOf((long) factor).scaleByPowerOfTen(power).doubleValue();
    }

    /** As in {@code 0.05}, {@code 20000}, {@code 1M}, {@code 10⁻⁶}. */
    static String text(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1e4 && size < 1e9 && value == Math.rint(value)) {
            return thousands(value);
        }
        if (size >= 1e-4 && size < 1e6) {
            return new BigDecimal(value)
                    .round(new MathContext(6))
                    .stripTrailingZeros()
                    .toPlainString()
                    .replace('-', '−');
        }
        int power = exponent(size);
        BigDecimal factor = new BigDecimal(value)
                .scaleByPowerOfTen(-power)
                .round(new MathContext(3))
                .stripTrailingZeros();
        String ten = "10" + superscript(power);
        return (factor.compareTo(BigDecimal.ONE) == 0 ? ten : factor.toPlainString() + "·" + ten).replace('-', '−');
    }

    /** A power of ten as such: one of them among others. */
    static String power(double value) {
        int power = exponent(value);
        return power == 0 ? "1" : power == 1 ? "10" : "10" + superscript(power);
    }

    /** 10000 is 10k, 1500000 is 1.5M; a number that would lose a digit stays as it is. */
    private static String thousands(double value) {
        boolean millions = Math.abs(value) >= 1e6;
        BigDecimal short_ =
                new BigDecimal(value).scaleByPowerOfTen(millions ? -6 : -3).stripTrailingZeros();
        String text = short_.precision() > 4 ? new BigDecimal(value).toPlainString() : short_.toPlainString();
        return (short_.precision() > 4 ? text : text + (millions ? "M" : "k")).replace('-', '−');
    }

    private static String superscript(int power) {
        StringBuilder text = new StringBuilder(power < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(power)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }
}
