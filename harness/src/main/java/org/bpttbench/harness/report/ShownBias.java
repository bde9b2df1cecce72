package org.bpttbench.harness.report;

import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.stats.BiasEstimate;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.Quantity;

/**
 * A relative bias as people are told it. Chance is taken off its square, so what is left of none at all lies below 0 as often
 * as above: tables for programs keep the sign, while a reader is told 0, or how large the bias may be.
 */
public final class ShownBias {
    private ShownBias() {}

    /** What is drawn and what tables are sorted by: never below 0; empty without figures. */
    public static OptionalDouble point(BiasResult result) {
        return result.estimate()
                .map(BiasEstimate::relativeBias)
                .map(bias -> OptionalDouble.of(Math.max(0, bias)))
                .orElse(OptionalDouble.empty());
    }

    /**
     * {@code 0.12} of a bias that was shown or is exact; {@code ≤ 0.14} where the interval goes down to 0; {@code 0} where
     * nothing rises above chance and there is no interval; {@value Digits#NONE} without figures.
     */
    public static String text(BiasResult result, int significant) {
        Optional<Interval> interval = interval(result).filter(limits -> limits.low() <= 0);
        return interval.isPresent()
                ? "≤ " + Digits.of(interval.get().high(), significant)
                : Digits.of(point(result), significant);
    }

    /** Of what was drawn, where one holds. */
    static Optional<Interval> interval(BiasResult result) {
        return result.sampled().map(sampled -> sampled.inference().relativeBias());
    }

    /** A value of a quantity that is compared: a squared bias below 0 is none. */
    public static OptionalDouble value(Quantity quantity, OptionalDouble value) {
        return quantity.kind() == Quantity.Kind.BIAS && value.isPresent()
                ? OptionalDouble.of(Math.max(0, value.getAsDouble()))
                : value;
    }
}
