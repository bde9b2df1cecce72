package org.bpttbench.experiments.spec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory as a sweep file writes them: {@code 268435456}, {@code 256MiB}. */
final class Sizes {
    /** Each 1024 times the one before; the first is the byte. */
    private static final List<String> UNITS = List.of("", "KiB", "MiB", "GiB");

    private static final Pattern SIZE = Pattern.compile("(-?(?:0|[1-9][0-9]*))([KMG]iB)?");
    private static final Pattern MEANT = Pattern.compile("\\+?0*([0-9_]*\\.?[0-9]+)\\s*([kmgt]?)(?:i?b|ytes?)?");

    /** To look for what was meant by more takes the cube of its length. */
    private static final int LONGEST = 100;

    private Sizes() {}

    /** Bytes, of either sign; empty for what is no size or does not fit into 64 bits. */
    static Optional<Long> read(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        String unit = size.group(2) == null ? "" : size.group(2);
        BigInteger bytes = new BigInteger(size.group(1)).shiftLeft(10 * UNITS.indexOf(unit));
        return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValue()) : Optional.empty();
    }

    /** How to write what was probably meant, as an addition to a message; empty if there is no telling. */
    static String hint(String text) {
        if (SIZE.matcher(text).matches()) {
            return "; it must fit into 64 bits";
        }
        Matcher meant = MEANT.matcher(text.toLowerCase(Locale.ROOT));
        if (text.length() > LONGEST || !meant.matches()) {
            return "";
        }
        int unit = "kmgt".indexOf(meant.group(2)) + (meant.group(2).isEmpty() ? 0 : 1);
        BigDecimal bytes = new BigDecimal(meant.group(1).replace("_", ""))
                .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(10 * unit)))
                .stripTrailingZeros();
        boolean fits =
                bytes.signum() > 0 && bytes.scale() <= 0 && bytes.toBigInteger().bitLength() < Long.SIZE;
        return fits ? "; write " + written(bytes.toBigInteger()) : "";
    }

    /** What every size written with a unit matches, for readers of other kinds. */
    static String pattern() {
        return SIZE.pattern();
    }

    /** In the largest unit of which it is a whole number. */
    private static String written(BigInteger bytes) {
        int unit = Math.min(bytes.getLowestSetBit() / 10, UNITS.size() - 1);
        return bytes.shiftRight(10 * unit) + UNITS.get(unit);
    }
}
