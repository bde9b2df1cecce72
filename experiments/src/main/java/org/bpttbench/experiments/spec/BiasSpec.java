package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.Optional;
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
 * @param along the estimator whose training the measured parameters come from, {@code type} naming it; absent if it is the
 *     setting's own
 */
public record BiasSpec(
        List<Long> at,
        int length,
        int burnIn,
        int sequences,
        boolean exact,
        Optional<DrawsSpec> draws,
        double margin,
        Optional<Arguments> along) {
    /** What {@code along} says of a setting that is measured where its own training leads. */
    static final String OWN = "own";

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
                bias.has("draws") ? Optional.of(DrawsSpec.of(bias)) : Optional.empty(),
                bias.real("margin"),
                Optional.of(bias.nested("along"))
                        .filter(along -> !along.text("type").equals(OWN)));
    }
}
