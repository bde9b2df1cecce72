package org.bpttbench.experiments.spec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bpttbench.core.catalog.Parameter;

/**
 * Numbers and truth values as a sweep file writes them: plain decimal, {@code true} and {@code false}. YAML's own rules
 * would make 8 of {@code 010} and true of {@code yes}; here they are errors that say what to write instead.
 */
final class Scalars {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,6})?");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");

    /** No double has so many digits that tell it from its neighbours. */
    private static final int LONGEST = 1100;

    private Scalars() {}

    static Optional<Long> whole(String text) {
        if (text.length() > LONGEST || !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigInteger exact = new BigInteger(text);
        return exact.bitLength() < Long.SIZE ? Optional.of(exact.longValue()) : Optional.empty();
    }

    /** Finite, and not a zero that stands for something too small. */
    static Optional<Double> real(String text) {
        if (text.length() > LONGEST || !NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        double value = Double.parseDouble(text);
        boolean lost = value == 0 && new BigDecimal(text).signum() != 0;
        return Double.isFinite(value) && !lost
                ? Optional.of(value + 0.0)
                : Optional.empty(); // + 0.0: there is one zero
    }

    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** What a plain scalar reads as where no schema says. */
    static Object guess(String text) {
        Optional<? extends Object> number = whole(text).isPresent() ? whole(text) : real(text);
        return number.isPresent()
                ? number.get()
                : flag(text).isPresent() ? flag(text).get() : text;
    }

    /** How to write what was probably meant, as an addition to a message; empty if there is no telling. */
    static String hint(Parameter.Type wanted, Node.Scalar scalar) {
        String text = scalar.text();
        if (text.length() > LONGEST) {
            return "";
        }
        if (scalar.quoted()) {
            return reads(wanted, text) ? "; write " + text + " without quotes" : "";
        }
        return switch (wanted) {
            case FLAG -> flagHint(text.toLowerCase(Locale.ROOT));
            case INTEGER, REAL -> numberHint(wanted, text);
            case SIZE -> Sizes.hint(text);
            default -> "";
        };
    }

    private static boolean reads(Parameter.Type wanted, String text) {
        return switch (wanted) {
            case FLAG -> flag(text).isPresent();
            case INTEGER -> whole(text).isPresent();
            case SIZE -> Sizes.read(text).isPresent();
            case REAL -> real(text).isPresent();
            default -> false;
        };
    }

    private static String flagHint(String text) {
        return switch (text) {
            case "true", "yes", "on", "y" -> "; write true";
            case "false", "no", "off", "n" -> "; write false";
            default -> "";
        };
    }

    private static String numberHint(Parameter.Type wanted, String text) {
        if (text.toLowerCase(Locale.ROOT).matches("[+-]?\\.?(nan|inf|infinity)")) {
            return "; it must be finite";
        }
        if (WHOLE.matcher(text).matches()) {
            return "; it must fit into 64 bits";
        }
        if (NUMBER.matcher(text).matches()) {
            return wanted == Parameter.Type.REAL ? "; it must fit into a double" : wholeHint(text);
        }
        String plain = HEXADECIMAL.matcher(text).matches()
                ? new BigInteger(text.substring(2), 16).toString()
                : withoutOddities(text);
        return reads(wanted, plain) ? "; write " + plain : wholeHint(plain);
    }

    /** For {@code 1e6} and {@code 2.0} where a whole number is wanted. */
    private static String wholeHint(String text) {
        if (!NUMBER.matcher(text).matches()
                || real(text).isEmpty()
                || Math.abs(real(text).get()) > Long.MAX_VALUE) {
            return "";
        }
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        return exact.scale() <= 0 ? "; write " + exact.toBigInteger() : "";
    }

    private static String withoutOddities(String text) {
        return text.replace("_", "")
                .replaceFirst("^\\+", "")
                .replaceFirst("^(-?)0+(?=[0-9])", "$1")
                .replaceFirst("^(-?)\\.", "$10.")
                .replaceFirst("\\.(?=$|[eE])", ".0");
    }
}
