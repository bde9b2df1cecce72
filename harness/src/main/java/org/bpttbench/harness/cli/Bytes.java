package org.bpttbench.harness.cli;

import java.util.Locale;

/** Amounts of memory as one would say them: {@code 512 B}, {@code 3.1 MiB}, {@code 24 GiB}. */
final class Bytes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int UNIT = 1024;

    private Bytes() {}

    static String words(double bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= UNIT - 0.5 && unit < UNITS.length - 1) {
            amount /= UNIT;
            unit++;
        }
        String digits = unit > 0 && amount < 9.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits, amount) + ' ' + UNITS[unit];
    }
}
