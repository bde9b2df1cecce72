package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.OptionalInt;
import org.bpttbench.core.catalog.Arguments;

/**
 * How a setting measures bias and variance.
 *
 * @param at time steps of training at which it does, ascending, 0 before the first update
 * @param length steps of a measured sequence
 * @param burnIn steps run before it
 * @param sequences measured at each checkpoint
 * @param exact whether moments are computed rather than sampled
 * @param draws of the estimator on each sequence; absent if exact
 * @param margin relative bias below which an estimator counts as unbiased
 */
public record BiasSpec(
        List<Long> at, int length, int burnIn, int sequences, boolean exact, OptionalInt draws, double margin) {

    public BiasSpec {
        at = List.copyOf(at);
    }

    static BiasSpec of(Arguments bias) {
        return new BiasSpec(
                bias.list("at").stream().map(Long.class::cast).toList(),
                bias.integer("length"),
                bias.integer("burn_in"),
                bias.integer("sequences"),
                bias.text("method").equals("exact"),
                bias.has("draws") ? OptionalInt.of(bias.integer("draws")) : OptionalInt.empty(),
                bias.real("margin"));
    }
}
