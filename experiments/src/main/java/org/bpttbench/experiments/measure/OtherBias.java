package org.bpttbench.experiments.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Finite;

/**
 * A bias that training adds to the truncation's own: what it makes of an estimate, on average, against what it makes of the
 * exact gradient. Never mixed with the bias of the estimate itself.
 *
 * @param kind whose doing it is
 * @param draws of the estimator; 1 if it has no chance
 * @param errors over all parameters, in the sense of {@link BlockMoments} with the compared value in the place of g
 * @param projections moments over draws of the projection on the compared value, in units of it; empty without chance
 * @param changed share of draws that clipping changed; empty for other kinds
 */
public record OtherBias(
        Kind kind, int draws, BlockMoments errors, Optional<Moments> projections, OptionalDouble changed) {

    /** Whose doing it is. */
    public enum Kind {
        /** E[clip(ĝ)] against clip(g), both of a whole measured sequence in the unit in which training clips. */
        CLIPPING,
        /** E[u(ĝ)] against u(g), u being the optimiser's step (clipping first) with its moments frozen at the checkpoint. */
        OPTIMIZER,
        /** (θ₀ − θ_T)/η, θ moving inside the sequence at constant rate, against g at θ₀. */
        STALENESS,
        /** The same draws with θ at rest, against g: the limit of the former as η → 0. */
        FROZEN;

        private static Kind of(String key) {
            return Arrays.stream(values())
                    .filter(kind -> kind.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no other bias '" + key + "'"));
        }

        /** As written in the journal. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind.key());
        tree.put("draws", (long) draws);
        tree.put("errors", errors.toTree());
        projections.ifPresent(present -> tree.put("projections", present.toTree()));
        changed.ifPresent(share -> Finite.put(tree, "changed", share));
        return tree;
    }

    static OtherBias of(Arguments tree) {
        return new OtherBias(
                Kind.of(tree.text("kind")),
                tree.integer("draws"),
                BlockMoments.of(tree.nested("errors")),
                tree.has("projections") ? Optional.of(Moments.of(tree.nested("projections"))) : Optional.empty(),
                tree.has("changed") ? OptionalDouble.of(tree.real("changed")) : OptionalDouble.empty());
    }
}
