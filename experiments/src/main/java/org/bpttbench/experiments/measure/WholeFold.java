package org.bpttbench.experiments.measure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.param.Role;

/** A {@link Fold} over all parameters as one block, which is what the journal keeps of biases that are not the truncation's. */
final class WholeFold {
    private final Fold fold;
    private final int draws;

    /** @param reference what draws are compared with, {@code [P]}; not modified, not to be modified */
    WholeFold(double[] reference, int batches, int batchSize) {
        ParamBlock whole = new ParamBlock("all", Role.BIAS, 1, reference.length, List.of("all"), 0);
        this.fold = new Fold(List.of(whole), reference, reference.length, batches, batchSize);
        this.draws = batches * batchSize;
    }

    /** @param estimates holds the draw from {@code offset}, not modified */
    void add(int draw, double[] estimates, int offset) {
        fold.add(draw, estimates, offset);
    }

    /** Whether all draws, and what is kept of them, are numbers. */
    boolean isFinite() {
        return fold.isFinite();
    }

    /**
     * When all draws are in. Empty if one, or what is kept of them, is not a number.
     *
     * @param changed share of the draws that clipping changed
     */
    Optional<OtherBias> bias(OtherBias.Kind kind, boolean random, OptionalDouble changed) {
        Optional<Moments> projections = random ? Optional.of(fold.projections()) : Optional.empty();
        return isFinite()
                ? Optional.of(new OtherBias(kind, draws, fold.blocks().get(0), projections, changed))
                : Optional.empty();
    }
}
