package org.bpttbench.core.init;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Independent uniform weights: in [low, high), in ±range, or where neither is given in ±√(3/max(fanIn, fanOut)), which
 * keeps the variance of whichever side is wider.
 *
 * <p><b>Reference.</b> The default: Aicher, Foti &amp; Fox 2019, experiments.
 *
 * @param low NaN for the default of each matrix's own shape
 * @param high above {@code low}
 */
record Uniform(double low, double high) implements Initializer {
    private static final String RANGE = "range";
    private static final String LOW = "low";
    private static final String HIGH = "high";

    static final Entry<Initializer> ENTRY = new Entry<>(
            "uniform",
            "uniform in ±range or from low to high; by default in ±√(3/larger of fan in and fan out)",
            "the default: Aicher, Foti & Fox 2019",
            List.of(
                    Parameter.real(RANGE, "the largest magnitude, instead of low and high")
                            .above(0)
                            .optional(),
                    Parameter.real(LOW, "the lowest weight").optional(),
                    Parameter.real(HIGH, "the highest weight").optional()),
            Uniform::of);

    private static Uniform of(Arguments arguments) {
        if (arguments.has(LOW) != arguments.has(HIGH) || (arguments.has(RANGE) && arguments.has(LOW))) {
            throw new IllegalArgumentException("uniform takes either range, or low and high, or none of them");
        }
        if (arguments.has(LOW)) {
            return between(arguments.real(LOW), arguments.real(HIGH));
        }
        double range = arguments.has(RANGE) ? arguments.real(RANGE) : Double.NaN;
        return new Uniform(-range, range);
    }

    private static Uniform between(double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException("low is " + low + ": must be below high, " + high);
        }
        return new Uniform(low, high);
    }

    @Override
    public void fill(double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) {
        double bound = Math.sqrt(3.0 / Math.max(fanIn, fanOut));
        double from = Double.isNaN(low) ? -bound : low;
        double width = Double.isNaN(low) ? 2 * bound : high - low;
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = from + width * random.nextDouble();
        }
    }
}
