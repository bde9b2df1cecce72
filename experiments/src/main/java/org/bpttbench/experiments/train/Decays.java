package org.bpttbench.experiments.train;

import java.util.List;
import java.util.function.Function;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * The decays of a learning rate that a sweep file can name. All count time steps per lane, not updates, so that arms which
 * update more often do not decay sooner. Powers and cosines are StrictMath's: the others may differ between JVMs.
 */
public final class Decays {
    private static final Parameter HALF_LIFE = Parameter.real("half_life", "time steps after which the rate is halved")
            .above(0);
    private static final Parameter TOTAL = Parameter.integer(
                    "total", "time steps after which the lowest rate is reached, and kept")
            .atLeast(1);
    private static final Parameter FLOOR = Parameter.real("floor", "the lowest rate, as a share of η₀")
            .atLeast(0)
            .atMost(1)
            .orElse(0.0);
    private static final Parameter EVERY =
            Parameter.integer("every", "time steps between two drops").atLeast(1);
    private static final Parameter FACTOR = Parameter.real("factor", "what the rate is multiplied by at each drop")
            .above(0)
            .atMost(1);

    public static final Catalog<Decay> CATALOG = Catalog.of(
            "decay",
            entry("none", "the rate is η₀ throughout", "", List.of(), arguments -> (initial, step) -> initial),
            entry(
                    "inverse-sqrt",
                    "the rate is η₀/√(1+t) after t time steps",
                    "Tallec & Ollivier 2017, section 6.1",
                    List.of(),
                    arguments -> (initial, step) -> initial / Math.sqrt(1 + (double) step)),
            entry(
                    "exponential",
                    "the rate halves every half_life time steps, smoothly",
                    "",
                    List.of(HALF_LIFE),
                    Decays::exponential),
            entry(
                    "cosine",
                    "the rate falls along half a cosine to a floor",
                    "Loshchilov & Hutter 2017, equation 5, without restarts",
                    List.of(TOTAL, FLOOR),
                    Decays::cosine),
            entry(
                    "step",
                    "the rate is multiplied by a factor every so many time steps",
                    "",
                    List.of(EVERY, FACTOR),
                    Decays::stepwise));

    private Decays() {}

    private static Entry<Decay> entry(
            String name,
            String summary,
            String reference,
            List<Parameter> parameters,
            Function<Arguments, Decay> factory) {
        return new Entry<>(name, summary, reference, parameters, factory);
    }

    private static Decay exponential(Arguments arguments) {
        double halfLife = arguments.real(HALF_LIFE.name());
        return (initial, step) -> initial * StrictMath.pow(0.5, (double) step / halfLife);
    }

    private static Decay cosine(Arguments arguments) {
        long total = arguments.whole(TOTAL.name());
        double floor = arguments.real(FLOOR.name());
        return (initial, step) -> {
            double done = (double) Math.min(step, total) / (double) total;
            return initial * (floor + (1 - floor) * 0.5 * (1 + StrictMath.cos(Math.PI * done)));
        };
    }

    private static Decay stepwise(Arguments arguments) {
        long every = arguments.whole(EVERY.name());
        double factor = arguments.real(FACTOR.name());
        return (initial, step) -> {
            long drops = step / every;
            return initial * StrictMath.pow(factor, (double) drops);
        };
    }
}
