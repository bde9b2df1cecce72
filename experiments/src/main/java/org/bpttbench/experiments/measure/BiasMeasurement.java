package org.bpttbench.experiments.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Finite;

/**
 * The outcome of one measurement of bias, at one checkpoint of one run: as the journal keeps it, before any statistics. A number
 * that was not finite comes back from the journal as NaN.
 *
 * @param at step of training
 * @param sequences measured at once, the lanes
 * @param draws N, a multiple of the number of batches; 1 if exact
 * @param gradientNorm ‖g‖ of the exact gradient of the cell's parameters
 * @param termNorms what rounding errors of g are relative to, see {@link #ZERO}
 * @param blocks by parameter block, in the order of θ; if exact, the one batch is the expectation. None where the gradient or a
 *     draw left the range of numbers
 * @param sample what only draws have; empty if exact: the moments were computed, or there is no chance
 * @param events the chance of the cell's gradient by size; empty unless the estimator is a renewal truncation
 * @param walk what a draw takes
 * @param others biases that are not the truncation's, each by its kind
 * @param dataVariance what the choice of sequences adds to g: the trace of the sample covariance of the sequences' own exact
 *     gradients, over their number and ‖g‖²; empty for a single one
 */
public record BiasMeasurement(
        long at,
        int sequences,
        int draws,
        double gradientNorm,
        double termNorms,
        List<BlockMoments> blocks,
        Optional<Sample> sample,
        Optional<EventSizes> events,
        Walk walk,
        List<OtherBias> others,
        OptionalDouble dataVariance) {

    /**
     * Below this share of the terms' norms the gradient is rounding error. The terms are those of losses whose derivatives are
     * as large as what they are the difference of: at an optimum the true ones vanish too.
     */
    static final double ZERO = 1e-12;

    /**
     * What only draws have.
     *
     * @param projections moments of ⟨ĝ,g⟩/‖g‖² over draws; of nothing where g is zero
     * @param quantiles of ⟨ĝ,g⟩/‖g‖² over draws at equal distances, the smallest and the largest among them, ascending
     * @param effectiveDraws (Σe)²/Σe² with e = ‖ĝ − Eĝ‖² of a draw: how many carry the variance
     * @param largestShare of the five largest e in Σe; empty in what was written before it was kept
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
    public record Sample(Moments projections, double[] quantiles, double effectiveDraws, OptionalDouble largestShare) {
        Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("projections", projections.toTree());
            tree.put("quantiles", Doubles.encode(quantiles));
            Finite.put(tree, "effective_draws", effectiveDraws);
            largestShare.ifPresent(share -> Finite.put(tree, "largest_share", share));
            return tree;
        }

        static Sample of(Arguments tree) {
            return new Sample(
                    Moments.of(tree.nested("projections")),
                    Doubles.decode(tree.text("quantiles")),
                    Finite.read(tree, "effective_draws"),
                    tree.has("largest_share") ? OptionalDouble.of(tree.real("largest_share")) : OptionalDouble.empty());
        }
    }

    /**
     * What a draw takes, and how it walks.
     *
     * @param forwardSteps lane-steps run forward, over T·B
     * @param backwardSteps lane-steps pulled back on average, over T·B
     * @param meanSegment steps between cuts
     * @param tapeSteps the most steps that a draw keeps on the tape; if computed, what one draw in twenty exceeds
     * @param tapeBytes the bytes of that
     * @param maxWeight the largest |W[t,s]| drawn; empty where nothing was drawn of something random
     */
    public record Walk(
            double forwardSteps,
            double backwardSteps,
            double meanSegment,
            long tapeSteps,
            long tapeBytes,
            OptionalDouble maxWeight) {
        Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            Finite.put(tree, "forward_steps", forwardSteps);
            Finite.put(tree, "backward_steps", backwardSteps);
            Finite.put(tree, "mean_segment", meanSegment);
            tree.put("tape_steps", tapeSteps);
            tree.put("tape_bytes", tapeBytes);
            maxWeight.ifPresent(weight -> Finite.put(tree, "max_weight", weight));
            return tree;
        }

        static Walk of(Arguments tree) {
            return new Walk(
                    Finite.read(tree, "forward_steps"),
                    Finite.read(tree, "backward_steps"),
                    Finite.read(tree, "mean_segment"),
                    tree.whole("tape_steps"),
                    tree.whole("tape_bytes"),
                    tree.has("max_weight") ? OptionalDouble.of(tree.real("max_weight")) : OptionalDouble.empty());
        }
    }

    public BiasMeasurement {
        blocks = List.copyOf(blocks);
        others = List.copyOf(others);
    }

    /** @throws IllegalArgumentException if the blocks are not moments of the same batches, or a count is none */
    private static BiasMeasurement checked(BiasMeasurement read, boolean overflow) {
        boolean alike =
                read.blocks.stream().map(BlockMoments::batches).distinct().count() == (overflow ? 0 : 1);
        boolean counts = read.at >= 0
                && read.sequences > 0
                && read.draws > 0
                && read.walk.tapeSteps >= 0
                && read.walk.tapeBytes >= 0;
        boolean named = read.blocks.stream().map(BlockMoments::name).distinct().count() == read.blocks.size();
        if (!alike || !counts || !named) {
            throw new IllegalArgumentException("a measurement of bias has counts that none can have");
        }
        return read;
    }

    /** Whether the figures are free of chance. */
    public boolean exact() {
        return sample.isEmpty();
    }

    /** Whether the exact gradient is zero, so that nothing can be said relative to it. */
    public boolean zeroGradient() {
        return !overflow() && isZero(gradientNorm, termNorms);
    }

    /** Whether a norm is rounding error of a sum of terms; one that is not finite is not known to be. */
    static boolean isZero(double norm, double termNorms) {
        return Double.isFinite(norm) && norm <= Math.max(Double.MIN_NORMAL, ZERO * termNorms);
    }

    /** Whether the gradient or a draw left the range of numbers, so that there are no figures. */
    public boolean overflow() {
        return blocks.isEmpty();
    }

    /** Whether there is something that figures can be relative to. */
    public boolean hasFigures() {
        return !overflow() && !zeroGradient();
    }

    /** The same without figures. */
    BiasMeasurement overflowed() {
        return new BiasMeasurement(
                at,
                sequences,
                draws,
                0,
                0,
                List.of(),
                sample,
                Optional.empty(),
                walk,
                List.of(),
                OptionalDouble.empty());
    }

    /** For the journal. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", at);
        tree.put("sequences", (long) sequences);
        tree.put("draws", (long) draws);
        Finite.put(tree, "gradient_norm", gradientNorm);
        Finite.put(tree, "term_norms", termNorms);
        tree.put("blocks", blocks.stream().map(BlockMoments::toTree).toList());
        if (overflow()) {
            tree.put("overflow", true);
        }
        sample.ifPresent(present -> tree.put("sample", present.toTree()));
        events.ifPresent(present -> tree.put("events", present.toTree()));
        tree.put("walk", walk.toTree());
        if (!others.isEmpty()) {
            tree.put("others", others.stream().map(OtherBias::toTree).toList());
        }
        dataVariance.ifPresent(present -> Finite.put(tree, "relative_data_variance", present));
        return tree;
    }

    /**
     * What {@link #toTree} gave.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static BiasMeasurement of(Arguments tree) {
        return checked(
                new BiasMeasurement(
                        tree.whole("at"),
                        tree.integer("sequences"),
                        tree.integer("draws"),
                        Finite.read(tree, "gradient_norm"),
                        Finite.read(tree, "term_norms"),
                        each(tree, "blocks").map(BlockMoments::of).toList(),
                        tree.has("sample") ? Optional.of(Sample.of(tree.nested("sample"))) : Optional.empty(),
                        tree.has("events") ? Optional.of(EventSizes.of(tree.nested("events"))) : Optional.empty(),
                        Walk.of(tree.nested("walk")),
                        tree.has("others")
                                ? each(tree, "others").map(OtherBias::of).toList()
                                : List.of(),
                        tree.has("relative_data_variance")
                                ? OptionalDouble.of(tree.real("relative_data_variance"))
                                : OptionalDouble.empty()),
                tree.has("overflow"));
    }

    private static Stream<Arguments> each(Arguments tree, String name) {
        return tree.maps(name).stream();
    }
}
