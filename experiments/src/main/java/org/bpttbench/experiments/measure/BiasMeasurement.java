package org.bpttbench.experiments.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;

/**
 * The outcome of one measurement of bias, at one checkpoint of one run: as the journal keeps it, before any statistics.
 *
 * @param at step of training
 * @param exact whether the estimator's moments are known without sampling: then there is one batch of one draw
 * @param sequences measured at once, the lanes
 * @param draws N, a multiple of the number of batches
 * @param gradientNorm ‖g‖ of the exact gradient
 * @param termNorms Σ over steps of the norm of what each step contributes to g: the scale on which g can be zero
 * @param blocks by parameter block, in the order of θ
 * @param projections moments of ⟨ĝ,g⟩/‖g‖² over draws; of nothing where g is zero
 * @param forwardStepsPerStep lane-steps run forward by one draw, over T·B
 * @param backwardStepsPerStep lane-steps pulled back by one draw on average, over T·B
 * @param meanSegment steps between cuts
 * @param tapeSteps the most steps that a draw keeps on the tape
 * @param tapeBytes the bytes of that
 * @param maxWeight the largest |W[t,s]| drawn
 */
public record BiasMeasurement(
        long at,
        boolean exact,
        int sequences,
        int draws,
        double gradientNorm,
        double termNorms,
        List<BlockMoments> blocks,
        Moments projections,
        double forwardStepsPerStep,
        double backwardStepsPerStep,
        double meanSegment,
        long tapeSteps,
        long tapeBytes,
        double maxWeight) {

    /** Below this share of Σ‖terms‖ the gradient is rounding error. */
    private static final double ZERO = 1e-12;

    public BiasMeasurement {
        blocks = List.copyOf(blocks);
    }

    /** Whether the exact gradient is zero, so that nothing can be said relative to it. */
    public boolean zeroGradient() {
        return gradientNorm <= ZERO * termNorms;
    }

    /** For the journal. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", at);
        tree.put("exact", exact);
        tree.put("sequences", (long) sequences);
        tree.put("draws", (long) draws);
        tree.put("gradient_norm", gradientNorm);
        tree.put("term_norms", termNorms);
        tree.put("blocks", blocks.stream().map(BlockMoments::toTree).toList());
        tree.put("projections", projections.toTree());
        tree.put("forward_steps_per_step", forwardStepsPerStep);
        tree.put("backward_steps_per_step", backwardStepsPerStep);
        tree.put("mean_segment", meanSegment);
        tree.put("tape_steps", tapeSteps);
        tree.put("tape_bytes", tapeBytes);
        tree.put("max_weight", maxWeight);
        return tree;
    }

    /** What {@link #toTree} gave. */
    @SuppressWarnings("unchecked") // a journal's maps have text keys
    public static BiasMeasurement of(Arguments tree) {
        return new BiasMeasurement(
                tree.whole("at"),
                tree.flag("exact"),
                tree.integer("sequences"),
                tree.integer("draws"),
                tree.real("gradient_norm"),
                tree.real("term_norms"),
                tree.list("blocks").stream()
                        .map(block -> BlockMoments.of(new Arguments((Map<String, ?>) block)))
                        .toList(),
                Moments.of(tree.nested("projections")),
                tree.real("forward_steps_per_step"),
                tree.real("backward_steps_per_step"),
                tree.real("mean_segment"),
                tree.whole("tape_steps"),
                tree.whole("tape_bytes"),
                tree.real("max_weight"));
    }
}
